import { show } from "../../core/check.ts";
import { byCodePoints } from "../../core/codePoints.ts";
import type { TextHead } from "../reading/typedParts.ts";
import type { CategoryValues } from "../reading/typedTable.ts";
import type { ColumnFacts, LearnedEncoding } from "./learnEncoding.ts";
import type { OneHotEncoding } from "./preparation.ts";

const LOWEST_COUNT = 2;

/** How often each text of a column occurs, and the number of missing cells. */
export interface CategoryCounts {
  /** By the code of the text. */
  readonly counts: Uint32Array;
  readonly missing: number;
}

/** The counts of the categories of a column, whose rows may come in parts. */
export function countCategories(texts: readonly string[], parts: Iterable<CategoryValues>): CategoryCounts {
  const counts = new Uint32Array(texts.length);
  let missing = 0;
  for (const { codes } of parts) {
    for (const code of codes) {
      if (code < 0) missing += 1;
      else counts[code]! += 1;
    }
  }
  return { counts, missing };
}

/**
 * The encoding of categories: the most frequent have features of their own, and those with fewer than two training rows are rare.
 * Of categories with the same count, the first by code points counts as more frequent.
 */
export function categoryEncoding(
  { name, texts }: TextHead,
  { counts, missing }: CategoryCounts,
  { rows, rule, maxCategories }: ColumnFacts & { readonly maxCategories: number },
): LearnedEncoding<OneHotEncoding> {
  const totals = new Map<string, number>();
  for (const [code, text] of texts.entries()) if (counts[code]! > 0) totals.set(text, counts[code]!);
  const byCount = (a: string, b: string): number => totals.get(b)! - totals.get(a)! || byCodePoints(a, b);
  const cells = missingCells();
  if (cells !== null && typeof cells === "object" && missing > 0) {
    totals.set(cells.category, (totals.get(cells.category) ?? 0) + missing);
  }
  const ordered = [...totals.keys()].sort(byCount);
  const categories = ordered.slice(0, maxCategories).filter((text) => totals.get(text)! >= LOWEST_COUNT);
  const rare = ordered.slice(categories.length).sort(byCodePoints);
  return {
    encoding: { type: "oneHot", categories: categories.sort(byCodePoints), rare, missing: cells },
    note: noteOf(),
  };

  function missingCells(): OneHotEncoding["missing"] {
    if (rule === "leaveOut" || rule === "error") return null;
    if (typeof rule === "object") return { category: String(rule.constant) };
    if (rule === "mostFrequent") return { category: [...totals.keys()].sort(byCount)[0]! };
    return missing > 0 ? "feature" : "zeros";
  }

  function noteOf(): string | null {
    const why = categories.length < maxCategories ? "in only 1 row" : `rarer than the ${categories.length} others`;
    const ofRare =
      rare.length === 1
        ? `the category ${show(rare[0]!)} of ${show(name)} is read as "other", because it is ${why}`
        : `${rare.length} categories of ${show(name)} share the column "other", because each is ${why}`;
    const result = typeof cells === "object" ? `are read as ${show(cells?.category)}` : "are a category of their own";
    const ofMissing = `${missing} of ${rows} cells of ${show(name)} are missing: they ${result}`;
    const sentences = [...(rare.length > 0 ? [ofRare] : []), ...(missing > 0 && cells !== null ? [ofMissing] : [])];
    return sentences.length > 0 ? sentences.join("; ") : null;
  }
}
