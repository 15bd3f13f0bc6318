// Values as TypeScript code.

/** A number, text, list or object as code, in one line. */
export function codeOf(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof Float64Array) return `Float64Array.of(${Array.from(value, String).join(", ")})`;
  if (Array.isArray(value)) return `[${value.map(codeOf).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const members = Object.entries(value).map(([name, member]) => `${nameOf(name)}: ${codeOf(member)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

const nameOf = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

/** Code of a value that is written already, as a member of an object. */
export class Code {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** An object as code, one member per line. A member can be code. */
export function objectCode(members: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(members).map(
    ([name, value]) => `  ${nameOf(name)}: ${value instanceof Code ? value.text : codeOf(value)},`,
  );
  return lines.length === 0 ? "{}" : ["{", ...lines, "}"].join("\n");
}

/** The call of a function, without the options that have their defaults. */
export const callCode = (name: string, args: readonly string[], options: Readonly<Record<string, unknown>>): string =>
  `${name}(${[...args, ...(Object.keys(options).length > 0 ? [codeOf(options)] : [])].join(", ")})`;
