// The split of ratings by their times: the later ratings are test ratings.
import { InputRangeError, InputTypeError, requireLength, requireSize, show } from "../core/check.ts";
import { listAt, listsOf } from "../core/lists.ts";
import { testRowCount } from "./trainTestSplit.ts";

/** The times, and the rule that decides how many of the latest ratings are test ratings. */
export interface TimeRule {
  readonly times: ArrayLike<number | Date>;
  readonly testShare: number;
  readonly lastPerUser: number | undefined;
}

/** @throws TypeError for a time that is not a number or a Date; RangeError for one that is not finite */
function checkedTimes(functionName: string, times: ArrayLike<number | Date>, count: number): Float64Array {
  requireLength(functionName, "times", times, "rating", count);
  return Float64Array.from({ length: count }, (_, row) => {
    const time = times[row]!;
    if (typeof time !== "number" && !(time instanceof Date)) {
      throw new InputTypeError(
        `${functionName}: times must hold numbers or Dates, got ${show(time)} in row ${row}. Convert all times to numbers.`,
      );
    }
    if (Number.isFinite(Number(time))) return Number(time);
    throw new InputRangeError(
      `${functionName}: times must hold finite numbers or valid Dates, got ${show(time)} in row ${row}. Leave out this rating.`,
    );
  });
}

/**
 * The rows in the order of their times, and for each row whether it is one of the latest.
 *
 * With a share, the latest are the last round(share · n) rows; rows with the same time are never divided, so there can be fewer.
 * With `lastPerUser`, they are the last rows of each user that has more rows.
 *
 * @param user  the user of each row, as an integer below the number of rows
 * @throws RangeError if no row, or each row, would be one of the latest
 */
export function latestRatings(
  functionName: string,
  user: Uint32Array,
  { times, testShare, lastPerUser }: TimeRule,
): { order: Uint32Array; latest: Uint8Array } {
  const n = user.length;
  const time = checkedTimes(functionName, times, n);
  const order = Uint32Array.from(user.keys()).sort((a, b) => time[a]! - time[b]! || a - b);
  const latest = new Uint8Array(n);
  if (lastPerUser === undefined) {
    const cut = time[order[n - testRowCount(functionName, testShare, n) - 1]!]!;
    for (const row of order) if (time[row]! > cut) latest[row] = 1;
    if (!latest.includes(1)) {
      throw new InputRangeError(
        `${functionName}: times must differ, so that the last ratings can be test ratings, but the last ${testShare} of the ` +
          "ratings have the same time as earlier ones. Set a larger testShare, or leave out times.",
      );
    }
    return { order, latest };
  }
  requireSize(functionName, "lastPerUser", lastPerUser);
  const owner = Uint32Array.from(order, (row) => user[row]!);
  const rows = listsOf(owner, order, n);
  for (let u = 0; u < n; u++) {
    const own = listAt(rows, u);
    if (own.length > lastPerUser) for (const row of own.subarray(own.length - lastPerUser)) latest[row] = 1;
  }
  if (latest.includes(1)) return { order, latest };
  throw new InputRangeError(
    `${functionName}: lastPerUser must be below the number of ratings of some user, got ${lastPerUser}. Set a smaller number.`,
  );
}
