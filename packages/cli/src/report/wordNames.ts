// The names of the buckets of words in the report: the words of the training rows that each of them counts.
import { formatCount } from "@downhill/plots/format";
import { type CategoryValues, wordsOfColumns } from "downhill";
import { isTableSpec, type Prepared } from "../training/prepared.ts";
import { MAX_TABLE, type Weights } from "./pictures/weights.ts";

const MAX_WORDS = 3; // of a bucket

/** The weights with words in the names of the buckets that the report shows. Words that share a bucket are all named, or counted. */
export function withWords(weights: readonly Weights[], { spec, evaluable }: Prepared): readonly Weights[] {
  const table = evaluable?.table;
  if (!table || !isTableSpec(spec) || weights.length === 0) return weights;
  const names = [...weights[0]!.names];
  const shown = new Set(weights.flatMap(largest));
  const { typed } = table.train;
  let start = 0;
  for (const { columns, buckets } of spec.preparation.features) {
    if (buckets !== undefined) {
      const first = start;
      const [name] = columns as readonly [string];
      const { codes, texts } = typed.columns.find((column) => column.name === name) as CategoryValues;
      const { encoding } = spec.preparation.columns.find((column) => column.name === name)!;
      const options = { columns: buckets, seed: encoding.type === "words" ? encoding.seed : 0 };
      const present = Array.from(codes, (code) => texts[code] ?? "");
      const own = [...shown].filter((j) => j >= first && j < first + buckets).map((j) => j - first);
      for (const [bucket, words] of wordsOfColumns(present, own, options)) {
        if (words.length > 0) names[first + bucket] = `${name}: ${wordList(words)} (bucket ${bucket})`;
      }
    }
    start += buckets ?? 1;
  }
  return weights.map((each) => ({ ...each, names }));
}

/** The columns with the largest coefficients, as many as the table has. */
function largest({ perDeviation }: Weights): number[] {
  const size = (j: number): number => Math.abs(perDeviation[j]!);
  const used = Array.from(perDeviation.keys()).filter((j) => size(j) > 0);
  return used.sort((a, b) => size(b) - size(a) || a - b).slice(0, MAX_TABLE);
}

function wordList(words: readonly string[]): string {
  const shown = words.slice(0, MAX_WORDS).map((word) => (word.length > 40 ? `${word.slice(0, 39)}…` : word));
  const others = words.length - shown.length;
  return shown.join(", ") + (others > 0 ? ` and ${formatCount(others)} more` : "");
}
