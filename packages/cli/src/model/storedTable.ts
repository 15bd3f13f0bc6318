// Rows of a table that are in a file. A sample of them is in memory.
import type { Label } from "downhill";

/** All rows, of which the `X` and `y` of `Rows` are a sample. */
export interface StoredTable {
  /** The number of rows. */
  readonly rows: number;
  /** The rows of each class, in the order of first appearance; null for numbers. */
  readonly counts: ReadonlyMap<Label, number> | null;
  /** For training rows: the file, and what the training needs to know of it. */
  readonly training: StoredTraining | null;
}

/** Rows of a file, each with its features, its target or the code of its class, and its weight. */
export interface StoredTraining {
  readonly names: readonly string[];
  readonly unscaled: readonly boolean[];
  readonly weighted: boolean;
  readonly rowsPerChunk: number;
  /** The class of each code; null for numbers. */
  readonly classes: readonly Label[] | null;
  /** The number of training rows, and where they begin. */
  readonly training: StoredRange;
  readonly validation: StoredRange | null;
  /** The most frequent class, or the mean, median or quantile of the targets. */
  readonly answer: Label;
  /** Overwrites `into` by bytes of the file; returns their number. */
  read(position: number, into: Uint8Array): number;
}

/** Consecutive rows of a file. */
export interface StoredRange {
  readonly position: number;
  readonly rows: number;
}
