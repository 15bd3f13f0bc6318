import type { NumberCells, TextCells, TimeCells } from "../cells/cellColumn.ts";

/** A column of texts without spaces around them; each text is in at least one cell. */
export interface CleanTexts extends TextCells {
  /** The number of cells of each text. */
  readonly counts: Uint32Array;
  /** A text of the source with spaces around it, if there is one. */
  readonly untrimmed: string | undefined;
}

/** The cells of a column that can have values. */
export type CleanCells = NumberCells | TimeCells | CleanTexts;

/** Different texts without spaces around them. */
export interface CleanList extends Omit<CleanTexts, "type" | "codes"> {
  /** The new code of each text, or −1 for a missing cell; null if all texts keep their codes. */
  readonly codeOf: Int32Array | null;
}

/** Removes the spaces around texts. A text of spaces is a missing cell. Texts that become equal become one. */
export function cleanTexts({ codes, texts }: TextCells): CleanTexts {
  const counts = new Uint32Array(texts.length);
  for (let row = 0; row < codes.length; row++) if (codes[row]! >= 0) counts[codes[row]!]!++;
  const { codeOf, ...clean } = cleanList(texts, counts);
  const own = codeOf === null ? codes : codes.map((code) => (code < 0 ? -1 : codeOf[code]!));
  return { type: "text", codes: own, ...clean };
}

/** The same for the different texts of a column and the number of cells of each. */
export function cleanList(texts: readonly string[], counts: Uint32Array): CleanList {
  let clean = true;
  let untrimmed: string | undefined;
  const trimmed = texts.map((text, code) => {
    const short = text.trim();
    if (short !== text && counts[code]! > 0 && short !== "") untrimmed ??= text;
    if (short !== text || short === "" || counts[code] === 0) clean = false;
    return short;
  });
  if (clean) return { codeOf: null, texts, counts, untrimmed };
  const known = new Map<string, number>();
  const codeOf = Int32Array.from(trimmed, (text, code) => {
    if (text === "" || counts[code] === 0) return -1;
    if (!known.has(text)) known.set(text, known.size);
    return known.get(text)!;
  });
  const sums = new Uint32Array(known.size);
  for (const [code, to] of codeOf.entries()) if (to >= 0) sums[to]! += counts[code]!;
  return { codeOf, texts: [...known.keys()], counts: sums, untrimmed };
}

/** The texts that are missing cells in columns of numbers, booleans, dates and times. */
export const usualMarks: readonly string[] = ["na", "n/a", "null", "none", "nan", "-", "?", "."];

/** A test whether a text is one of these marks. */
export function markTest(marks: readonly string[]): (text: string) => boolean {
  const all = new Set(marks);
  const longest = Math.max(0, ...marks.map((mark) => mark.length));
  return (text) => text.length <= longest && all.has(text.toLowerCase());
}
