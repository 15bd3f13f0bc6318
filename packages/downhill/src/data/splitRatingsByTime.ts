// The split of ratings by their times: the later ratings are test ratings.
import { InputRangeError, requireLength, requireSize } from "../core/check.ts";
import { listAt, listsOf } from "../core/lists.ts";
import { timesOf } from "./times.ts";
import { testRowCount } from "./trainTestSplit.ts";

/** The times, and the rule that decides how many of the latest ratings are test ratings. */
export interface TimeRule {
  readonly times: ArrayLike<number | Date>;
  readonly testShare: number;
  readonly lastPerUser: number | undefined;
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
  requireLength(functionName, "times", times, "rating", n);
  const { times: time, order } = timesOf(functionName, times);
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
  const rows = listsOf(owner, n, order);
  for (let u = 0; u < n; u++) {
    const own = listAt(rows, u);
    if (own.length > lastPerUser) for (const row of own.subarray(own.length - lastPerUser)) latest[row] = 1;
  }
  if (latest.includes(1)) return { order, latest };
  throw new InputRangeError(
    `${functionName}: lastPerUser must be below the number of ratings of some user, got ${lastPerUser}. Set a smaller number.`,
  );
}
