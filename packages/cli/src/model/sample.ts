// A sample of rows for a chart or an error, if a table has too many rows.
import { random } from "downhill";

/**
 * The numbers of at most `max` of `rows` rows, ascending: all rows, or a random sample that depends only on these two numbers.
 * The first rows are no good sample because tables are often sorted, and every n-th row is not because values may alternate.
 */
export function sampleOf(rows: number, max: number): Uint32Array {
  if (rows <= max) return Uint32Array.from({ length: rows }, (_, i) => i);
  return random(rows).fork("picture").permutation(rows).slice(0, max).sort();
}
