// The importance of columns, from the scores with shuffled columns.
import { random } from "../core/random.ts";
import { higherIsBetter, type MetricName } from "./scores.ts";

/** How important a column is. */
export interface ColumnImportance {
  /** The name of the column; its number, as text, if the columns have no names. */
  readonly column: string;
  /** Mean over the repeats: by how much the score becomes worse when the column is shuffled. About 0: the model does not need it. */
  readonly mean: number;
  /** Standard deviation over the repeats, with n. */
  readonly deviation: number;
}

/** How important the columns are for a fitted model. */
export interface Importance {
  /** The name of the score. */
  readonly metric: MetricName;
  /** The score without shuffling. */
  readonly score: number;
  /** The columns, the most important first. */
  readonly columns: readonly ColumnImportance[];
}

/** A model with the rows to score it on. */
export interface Shuffled {
  /** The number of rows. */
  readonly rows: number;
  /** The names of the columns. */
  readonly columns: readonly string[];
  /** The score without shuffling. */
  readonly score: number;
  /** The score if row i has the cell of row order[i] in one column. */
  shuffledScore(column: number, order: Uint32Array): number;
}

/**
 * The importances of all columns. The permutations of the repeats are the same for all columns, so the order of the columns has no
 * effect.
 */
export function importanceOf(
  metric: MetricName,
  { rows, columns, score, shuffledScore }: Shuffled,
  { repeats, seed }: { repeats: number; seed: number },
): Importance {
  const stream = random(seed).fork("permutationImportance");
  const orders = Array.from({ length: repeats }, () => stream.permutation(rows));
  const sign = higherIsBetter[metric] ? 1 : -1;
  const importances = columns.map((column, j): ColumnImportance => {
    const losses = orders.map((order) => sign * (score - shuffledScore(j, order)));
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / repeats;
    const square = losses.reduce((sum, loss) => sum + (loss - mean) * (loss - mean), 0) / repeats;
    return { column, mean, deviation: Math.sqrt(square) };
  });
  return { metric, score, columns: importances.sort((a, b) => b.mean - a.mean || (a.column < b.column ? -1 : 1)) };
}
