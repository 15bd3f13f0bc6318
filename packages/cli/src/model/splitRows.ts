// The split of the rows into training rows and held-out rows.
import {
  groupSplit,
  type Label,
  type Pairs,
  type RatingSplit,
  type RatingTraining,
  type SplitRows,
  splitRatings,
  type TrainingTable,
  timeSplit,
  trainTestSplit,
} from "downhill";
import { DataError, isInputError, UsageError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { shellWord } from "../terminal/shellWord.ts";
import { countOf, type RatingRows, type Rows } from "./rows.ts";

/** The training rows and the held-out rows. */
export interface RowSplit {
  readonly train: Rows;
  readonly heldOut: Rows | null;
  /** With --time, the number of late ratings that are neither training ratings nor held out. */
  readonly leftOut?: number;
}

/** How rows are held out. */
export interface HoldOut {
  readonly share: number;
  readonly seed: number;
  /** A column whose equal values are not divided. */
  readonly group?: string | undefined;
  /** A column by which the last rows are held out. */
  readonly time?: string | undefined;
  /** The name of the target, for messages. */
  readonly target?: string;
}

/**
 * Chooses the rows that are held out, about the same share of each class; null for a share of 0. With a group, no group is
 * in both parts; with a time, the last rows are held out.
 *
 * @throws UsageError if one part would be empty; DataError if a class has no training rows
 */
export function heldOutRows(table: TrainingTable, isClasses: boolean, holdOut: HoldOut): SplitRows | null {
  return heldOutOf(table.y, isClasses, holdOut, () => splitByRole(table, holdOut));
}

/**
 * Chooses the rows that are held out of rows with these targets.
 *
 * @param byRole  divides the rows by a column; null: at random
 * @throws UsageError if one part would be empty; DataError if a class has no training rows
 */
export function heldOutOf(
  y: Float64Array | readonly Label[],
  isClasses: boolean,
  { share, seed, group, time, target }: HoldOut,
  byRole: () => SplitRows | null,
): SplitRows | null {
  if (share === 0) return null;
  requireParts(y.length, share);
  const split =
    byRole() ??
    (isClasses
      ? trainTestSplit(y, { testShare: share, seed, stratify: true })
      : trainTestSplit(y.length, { testShare: share, seed }));
  if (isClasses) {
    const known = new Set(Array.from(split.train, (row) => y[row]!));
    const lost = split.test.find((row) => !known.has(y[row]!));
    if (lost !== undefined && new Set(y).size === y.length) {
      const areWhole = Array.from(y, String).every((text) => /^[-+]?\d+$/.test(text));
      throw new DataError(
        `train: the target has a different value in each of the ${y.length} rows, such as ${show(y[0])}, so there are no classes ` +
          `to learn. Choose another --target${areWhole && target !== undefined ? `, or read it as numbers with --column ${shellWord(`${target}:number`)}` : ""}.`,
      );
    }
    if (lost !== undefined) {
      const other = group !== undefined ? ", leave out --group" : time !== undefined ? ", leave out --time" : "";
      throw heldOutClass(y[lost]!, other);
    }
  }
  return split;
}

/** @param other  further advice, which begins with a comma */
export const heldOutClass = (label: Label, other = ""): DataError =>
  new DataError(
    `train: all rows of the class ${show(label)} are held out, so the model cannot learn it. ` +
      `Add rows of this class${other}, or train with --hold-out 0.`,
  );

function splitByRole(table: TrainingTable, { share, seed, group, time }: HoldOut): SplitRows | null {
  if (group !== undefined) return groupSplit(rolesOf(table, "--group", group), { testShare: share, seed });
  if (time !== undefined) return timeSplit(timesOf(table, time), { testShare: share });
  return null;
}

/** The value of each row in a column that divides rows. */
function rolesOf({ typed, dialect }: TrainingTable, option: string, name: string): Label[] {
  const column = typed.columns.find((each) => each.name === name);
  if (column === undefined) {
    const note = typed.leftOut.find((each) => each.name === name)?.note.text;
    throw new UsageError(`train: ${option} ${show(name)} is not usable: ${note}. Choose another column.`);
  }
  return Array.from({ length: typed.rows }, (_, row) => {
    const value =
      "codes" in column ? column.texts[column.codes[row]!] : column.values[column.start + row * column.step]!;
    if (value !== undefined && !Number.isNaN(value)) return value;
    throw new DataError(
      `train: the column ${show(name)} of ${option} must have a value in every row, but the cell at ${dialect.locate(row)} is missing. ` +
        `Supply it, remove the row, or leave out ${option}.`,
    );
  });
}

/** The time of each row. */
export function timesOf(table: TrainingTable, name: string): number[] {
  const times = rolesOf(table, "--time", name);
  if (times.every((time) => typeof time === "number")) return times as number[];
  throw new UsageError(
    `train: --time ${show(name)} must be a column of dates, times or numbers, but it contains categories. ` +
      `Set its format with --column, such as ${name}:date:%d/%m/%Y, or choose another column.`,
  );
}

/** @throws UsageError for a share that leaves a part empty */
export function requireParts(rows: number, share: number): void {
  const size = Math.round(share * rows);
  if (rows >= 2 && size >= 1 && size < rows) return;
  throw new UsageError(
    `train: --hold-out ${share} of ${rows} ${rows === 1 ? "row" : "rows"} leaves no ${size < 1 ? "held-out" : "training"} rows. ` +
      "Choose another share, or 0 to hold out no rows.",
  );
}

/**
 * Holds out a share of the ratings; 0 holds out none. Every user and item keeps at least one training rating, so that fewer
 * ratings may be held out. With times, the last ratings are held out, except those that are no fair test; see `splitRatings`.
 *
 * @param rowsAt  the ratings at some positions, or all
 * @throws UsageError if one part would be empty; DataError if no rating can be held out
 */
export function splitRatingRows(
  { users, items, times }: Pick<RatingTraining, "users" | "items" | "times">,
  { share, seed }: HoldOut,
  rowsAt: (positions?: Uint32Array) => RatingRows,
): RowSplit {
  if (share === 0) return { train: rowsAt(), heldOut: null };
  requireParts(users.length, share);
  const { train, test, leftOut } = ratingSplit({ users, items, times }, share, seed);
  const heldOut = rowsAt(test);
  const parts = { train: { ...rowsAt(train), seen: { users: heldOut.users, items: heldOut.items } }, heldOut };
  return leftOut.length === 0 ? parts : { ...parts, leftOut: leftOut.length };
}

/** @throws DataError if no rating can be held out */
export function ratingSplit(
  { users, items, times }: Pairs & Pick<RatingTraining, "times">,
  testShare: number,
  seed: number,
): RatingSplit {
  try {
    return splitRatings({ users, items }, { testShare, seed, ...(times && { times }) });
  } catch (error) {
    if (!isInputError(error)) throw error;
    throw new DataError(
      times === null
        ? `train: none of the ${users.length} ratings can be held out, because each is the only one of its user or of its item. ` +
            "Train with --hold-out 0."
        : `train: the last ratings cannot be held out: ${error.message.replace(/^splitRatings: /, "").replace(/\. .*/s, "")}. ` +
            "Leave out --time, or train with --hold-out 0.",
    );
  }
}

/** The held-out share; for ratings it may be smaller than --hold-out. */
export function heldOutShare({ parts, holdOut }: { readonly parts: RowSplit; readonly holdOut: number }): number {
  const { train, heldOut } = parts;
  if (heldOut === null || train.task !== "ratings") return holdOut;
  return countOf(heldOut) / (countOf(train) + countOf(heldOut));
}
