// Rows of a table that are in a file. A sample of them is in memory.
import type { Label, Matrix } from "downhill";

/** All rows, of which the `X` and `y` of `Rows` are a sample. */
export interface StoredTable {
  /** The number of rows. */
  readonly rows: number;
  /** The rows of each class, in the order of first appearance; null for numbers. */
  readonly counts: ReadonlyMap<Label, number> | null;
  /** The class of each code of the targets; null for numbers. */
  readonly classes: readonly Label[] | null;
  /** The most frequent class, or the mean, median or quantile of the targets of these rows. */
  readonly answer: Label;
  /** All rows in blocks. A block is valid until the next one is requested. */
  blocks(): Iterable<StoredBlock>;
  /** For training rows: the file, and what the training needs to know of it. */
  readonly training: StoredTraining | null;
}

/** Some rows of a file: their features, and their targets or the codes of their classes. */
export interface StoredBlock {
  readonly X: Matrix;
  readonly y: Float64Array;
}

/** How rows are written to a file: each with its features, its target or the code of its class, and its weight. JSON. */
export interface RowsLayout {
  readonly names: readonly string[];
  /** For each feature, whether it is not scaled. */
  readonly unscaled: readonly boolean[];
  readonly weighted: boolean;
  readonly rowsPerChunk: number;
  /** The class of each code of the targets; null for numbers. */
  readonly classes: readonly Label[] | null;
}

/** The training rows of a file. */
export interface StoredTraining extends RowsLayout {
  /** The number of training rows, and where they begin. */
  readonly training: StoredRange;
  readonly validation: StoredRange | null;
  /** Overwrites `into` by bytes of the file; returns their number. */
  read(position: number, into: Uint8Array): number;
}

/** Consecutive rows of a file. */
export interface StoredRange {
  readonly position: number;
  readonly rows: number;
}
