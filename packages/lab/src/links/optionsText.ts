// A name with options, such as "moons,n:300,noise:0.2". Options with their initial values are left out.
import type { Fields } from "../state/field.ts";

/** The text of a name with its options. */
export function optionsText(name: string, fields: Fields, values: Readonly<Record<string, unknown>>): string {
  const texts = Object.entries(fields).flatMap(([option, field]) => {
    const text = field.write(values[option]);
    return text === field.write(field.initial) ? [] : [`${option}:${text}`];
  });
  return [name, ...texts].join(",");
}

/**
 * The values of the options in a text.
 *
 * @param report  receives a sentence about each option that is not used
 */
export function readOptions(fields: Fields, texts: readonly string[], report: (text: string) => void) {
  const values = Object.fromEntries(Object.entries(fields).map(([name, { initial }]) => [name, initial]));
  const seen = new Set<string>();
  for (const text of texts) {
    const [name = "", ...rest] = text.split(":");
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined || rest.length !== 1 || seen.has(name)) {
      report(`${text} is not ${seen.has(name) ? "used, because an earlier option sets it" : "an option"}.`);
      continue;
    }
    seen.add(name);
    const value = field.read(rest[0]!);
    if (value !== undefined && field.allows(value)) values[name] = value;
    else
      report(
        `${text} is not used, because ${name} must be ${field.rule}. It is ${field.write(field.initial) || "empty"} instead.`,
      );
  }
  return values;
}
