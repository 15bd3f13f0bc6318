import { formatCount } from "@downhill/plots/format";
import { isTableSpec, type Prepared } from "./prepared.ts";

const MAX_NAMES = 6;

const plurals = {
  number: "numbers",
  boolean: "booleans",
  category: "categories",
  ordinal: "ordinals",
  date: "dates",
  time: "times",
  words: "words",
} as const;

/**
 * The columns that the model uses, by kind, with their numbers of features: "numbers: age (2 features), fare", "categories: sex (2
 * features)". Ratings have none.
 */
export function columnPhrases({ spec, table }: Pick<Prepared, "spec" | "table">): string[] {
  if (!isTableSpec(spec)) return [];
  const used = table.kinds.filter(({ name }) => spec.features.includes(name));
  return Object.entries(plurals).flatMap(([kind, plural]) => {
    const names = used.filter((column) => column.kind === kind).map(({ name }) => name);
    if (names.length === 0) return [];
    const shown = names.slice(0, names.length > MAX_NAMES + 1 ? MAX_NAMES : names.length).map((name) => {
      const features = spec.numbersOf(name).length;
      const { buckets } = spec.preparation.features.find(({ columns }) => columns[0] === name) ?? {};
      if (buckets !== undefined) return `${name} (${formatCount(buckets)} buckets)`;
      return features === 1 ? name : `${name} (${formatCount(features)} features)`;
    });
    const others = names.length - shown.length;
    return [`${plural}: ${shown.join(", ")}${others > 0 ? ` and ${formatCount(others)} more` : ""}`];
  });
}
