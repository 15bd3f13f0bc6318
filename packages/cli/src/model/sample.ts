// The rows that a chart draws when there are too many to tell apart.
import { random } from "downhill";

/**
 * Positions of at most `most` of `rows` rows, ascending: every row where there are no more, else a random sample, the same
 * for the same two numbers. The first rows would not do: a table is often sorted. Nor would every n-th: it may alternate.
 */
export function sampleOf(rows: number, most: number): Uint32Array {
  if (rows <= most) return Uint32Array.from({ length: rows }, (_, i) => i);
  return random(rows).fork("picture").permutation(rows).slice(0, most).sort();
}
