import type { CalendarPart } from "../reading/calendar.ts";
import type { Feature, PreparedColumn } from "./preparation.ts";

/** The features of a column, in their order. */
export function featuresOfColumn({ name, encoding }: PreparedColumn): Feature[] {
  const named = (each: string): Feature => ({ name: each, columns: [name] });
  const missing = named(`${name} is missing`);
  switch (encoding.type) {
    case "number":
      return [named(name), ...(encoding.fill?.indicator ? [missing] : [])];
    case "date":
      return [
        ...encoding.parts.map((part) => named(`${name} ${partNames[part]}`)),
        ...encoding.levels.map(({ part, value }) => named(`${name} ${partNames[part]}=${value}`)),
        ...(encoding.fill?.indicator ? [missing] : []),
      ];
    case "oneHot":
      return [
        ...encoding.categories.map((category) => named(`${name}=${category}`)),
        ...(encoding.rare.length > 0 ? [named(`${name} is rare`)] : []),
        ...(encoding.missing === "feature" ? [missing] : []),
      ];
  }
}

const partNames: Readonly<Record<CalendarPart | "elapsed", string>> = {
  elapsed: "elapsed days",
  year: "year",
  month: "month",
  day: "day of month",
  weekday: "weekday",
  hour: "hour",
};

/** The features with distinct names: a name that occurs again gets a prime. Two columns can produce the same name, such as "a=b". */
export function withDistinctNames(features: readonly Feature[]): Feature[] {
  const used = new Set<string>();
  return features.map((feature) => {
    let { name } = feature;
    while (used.has(name)) name += "′";
    used.add(name);
    return { ...feature, name };
  });
}
