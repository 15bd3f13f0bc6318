// The split of the rows into training rows and held-out rows.
import { type Label, type Matrix, splitRatings, trainTestSplit } from "downhill";
import { DataError, isInputError, UsageError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { countOf, type LabelledRows, type NumberedRows, type RatingRows, type Rows } from "./rows.ts";

/** The row numbers of both parts. */
type RowNumbers = ReturnType<typeof trainTestSplit>;

/** The training rows and the held-out rows. */
export interface RowSplit {
  readonly train: Rows;
  readonly heldOut: Rows | null;
}

/**
 * Holds out a share of the rows, about the same share of each class; 0 holds out none. Every user and item keeps at least one
 * training rating, so that fewer ratings may be held out. The features are reordered in their own memory, because a large
 * table may not fit into memory twice.
 *
 * @throws UsageError if one part would be empty; DataError if a class has no training rows, or no rating can be held out
 */
export function splitRows(all: Rows, heldOut: number, seed: number): RowSplit {
  const rows = countOf(all);
  if (heldOut === 0) return { train: all, heldOut: null };
  const size = Math.round(heldOut * rows);
  if (rows < 2 || size < 1 || size >= rows) {
    throw new UsageError(
      `train: --hold-out ${heldOut} of ${rows} ${rows === 1 ? "row" : "rows"} leaves no ${size < 1 ? "held-out" : "training"} rows. ` +
        "Choose another share, or 0 to hold out no rows.",
    );
  }
  const split = splitOf(all, heldOut, seed);
  const parts = divide(all, split);
  if (parts.train.task === "classification" && parts.heldOut.task === "classification") {
    const known = new Set(parts.train.y);
    const lost = parts.heldOut.y.find((label) => !known.has(label));
    if (lost !== undefined) {
      throw new DataError(
        `train: all rows of the class ${show(lost)} are held out, so the model cannot learn it. ` +
          "Add rows of this class, or train with --hold-out 0.",
      );
    }
  }
  return parts;
}

function splitOf(all: Rows, heldOut: number, seed: number): RowNumbers {
  if (all.task === "classification") return trainTestSplit(all.y, { testShare: heldOut, seed, stratify: true });
  if (all.task === "regression") return trainTestSplit(all.y.length, { testShare: heldOut, seed });
  try {
    const { users, items } = all;
    return splitRatings({ users, items }, { testShare: heldOut, seed });
  } catch (error) {
    if (!isInputError(error)) throw error;
    throw new DataError(
      `train: none of the ${all.ratings.length} ratings can be held out, because each is the only one of its user or of its item. ` +
        "Train with --hold-out 0.",
    );
  }
}

function divide(all: Rows, { train, test }: RowNumbers): { train: Rows; heldOut: Rows } {
  if (all.task === "ratings") {
    const ratingsOf = (rows: Uint32Array): RatingRows => ({
      task: all.task,
      users: taken(all.users, rows),
      items: taken(all.items, rows),
      ratings: takenNumbers(all.ratings, rows),
    });
    const heldOut = ratingsOf(test);
    return { train: { ...ratingsOf(train), seen: { users: heldOut.users, items: heldOut.items } }, heldOut };
  }
  const { X } = all;
  reorderRows(X, [train, test]);
  const cut = train.length * X.columns;
  const targets = (rows: Uint32Array, data: Float64Array): LabelledRows | NumberedRows => {
    const own = { ...X, data, rows: rows.length };
    return all.task === "classification"
      ? { task: all.task, X: own, y: taken(all.y, rows) }
      : { task: all.task, X: own, y: takenNumbers(all.y, rows) };
  };
  const data = X.data as Float64Array;
  return { train: targets(train, data.subarray(0, cut)), heldOut: targets(test, data.subarray(cut)) };
}

function taken(labels: readonly Label[], rows: Uint32Array): Label[] {
  const own = new Array<Label>(rows.length);
  for (let i = 0; i < rows.length; i++) own[i] = labels[rows[i]!]!;
  return own;
}

function takenNumbers(numbers: Float64Array, rows: Uint32Array): Float64Array {
  const own = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) own[i] = numbers[rows[i]!]!;
  return own;
}

/** Reorders the rows of a matrix in its own memory, along the cycles of the permutation. The permutation is a list of parts. */
function reorderRows({ data, rows, columns }: Matrix, parts: readonly Uint32Array[]): void {
  const order = new Uint32Array(rows);
  let filled = 0;
  for (const part of parts) {
    order.set(part, filled);
    filled += part.length;
  }
  const moved = new Uint8Array(rows);
  const held = new Float64Array(columns);
  for (let first = 0; first < rows; first++) {
    if (moved[first]) continue;
    held.set(data.subarray(first * columns, (first + 1) * columns));
    let to = first;
    for (let from = order[to]!; from !== first; to = from, from = order[to]!) {
      data.copyWithin(to * columns, from * columns, (from + 1) * columns);
      moved[to] = 1;
    }
    data.set(held, to * columns);
    moved[to] = 1;
  }
}

/** The held-out share; for ratings it may be smaller than --hold-out. */
export function heldOutShare({ parts, holdOut }: { readonly parts: RowSplit; readonly holdOut: number }): number {
  const { train, heldOut } = parts;
  if (heldOut === null || train.task !== "ratings") return holdOut;
  return countOf(heldOut) / (countOf(train) + countOf(heldOut));
}
