import type { CalendarPart } from "../reading/calendar.ts";
import { featuresOfExpansion } from "./expansion.ts";
import type { DenseColumn, Expansion, Feature, Preparation, PreparedColumn } from "./preparation.ts";

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
    case "words":
      return [{ ...named(`${name}: ${encoding.buckets} words by hash`), buckets: encoding.buckets }];
  }
}

/** The columns that are no words. */
export const columnsWithoutWords = (columns: readonly PreparedColumn[]): DenseColumn[] =>
  columns.filter((column): column is DenseColumn => column.encoding.type !== "words");

/** The features of all columns, then those of an expansion, then the words. */
export function featuresOfAll(columns: readonly PreparedColumn[], expansion: Expansion | null): Feature[] {
  const features = columns.flatMap(featuresOfColumn);
  const base = features.filter(({ buckets }) => buckets === undefined);
  const words = features.filter(({ buckets }) => buckets !== undefined);
  return withDistinctNames([...base, ...featuresOfExpansion(expansion, base), ...words]);
}

/** The number of columns of the matrix of some features. */
export const widthOf = (features: readonly Feature[]): number =>
  features.reduce((sum, { buckets = 1 }) => sum + buckets, 0);

/** Whether some columns have words, so that the rows are sparse. */
export const hasWords = ({ columns }: Pick<Preparation, "columns">): boolean =>
  columns.some(({ encoding }) => encoding.type === "words");

const partNames: Readonly<Record<CalendarPart | "elapsed", string>> = {
  elapsed: "elapsed days",
  year: "year",
  month: "month",
  day: "day of month",
  weekday: "weekday",
  hour: "hour",
};

/** The features with distinct names: a name that occurs again gets a prime. Two columns can produce the same name, such as "a=b". */
function withDistinctNames(features: readonly Feature[]): Feature[] {
  const used = new Set<string>();
  return features.map((feature) => {
    let { name } = feature;
    while (used.has(name)) name += "′";
    used.add(name);
    return { ...feature, name };
  });
}
