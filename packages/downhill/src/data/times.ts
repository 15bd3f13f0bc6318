import { InputRangeError, InputTypeError, show } from "../core/check.ts";

/** The times of rows as numbers, and the rows from the earliest to the latest; rows of equal time keep their order. */
export interface Times {
  readonly times: Float64Array;
  readonly order: Uint32Array;
}

/** @throws TypeError for a time that is neither a number nor a Date; RangeError for one that is not finite */
export function timesOf(functionName: string, rows: ArrayLike<number | Date>): Times {
  const times = Float64Array.from({ length: rows.length }, (_, row) => {
    const time = rows[row]!;
    if (typeof time !== "number" && !(time instanceof Date)) {
      throw new InputTypeError(
        `${functionName}: times must hold numbers or Dates, got ${show(time)} in row ${row}. Convert all times to numbers.`,
      );
    }
    if (Number.isFinite(Number(time))) return Number(time);
    throw new InputRangeError(
      `${functionName}: times must hold finite numbers or valid Dates, got ${show(time)} in row ${row}. Leave out this row.`,
    );
  });
  return { times, order: Uint32Array.from(times.keys()).sort((a, b) => times[a]! - times[b]! || a - b) };
}
