// The division of a table among the ranks of a run: each reads consecutive rows.

/** Rows of a file: from `from` to `to` − 1. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Divides consecutive units, such as files, into as many groups of about equal size as there are ranks. A group may be empty.
 *
 * @param sizes  the size of each unit
 * @returns  the index of the first unit of each rank and, at the end, the number of units
 */
export function dividedUnits(sizes: readonly number[], ranks: number): number[] {
  const ends = [0];
  for (const size of sizes) ends.push(ends.at(-1)! + size);
  const total = ends.at(-1)!;
  let unit = 0;
  return Array.from({ length: ranks + 1 }, (_, rank) => {
    if (rank === ranks) return sizes.length;
    const start = (total * rank) / ranks;
    while (unit < sizes.length && ends[unit + 1]! - start < start - ends[unit]!) unit += 1;
    return unit;
  });
}

/**
 * The rows of each file that a rank reads; null for a file of other ranks.
 *
 * @param groups  for each file the rows of the groups that are not divided
 */
export function ownRows(
  groups: readonly (readonly number[])[],
  { rank, size }: { readonly rank: number; readonly size: number },
): (RowRange | null)[] {
  const bounds = dividedUnits(groups.flat(), size);
  let unit = 0;
  return groups.map((rows) => {
    let [from, to, first] = [Infinity, 0, 0];
    for (const count of rows) {
      if (unit >= bounds[rank]! && unit < bounds[rank + 1]!) [from, to] = [Math.min(from, first), first + count];
      first += count;
      unit += 1;
    }
    return from < to ? { from, to } : null;
  });
}
