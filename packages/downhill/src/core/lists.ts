/** Lists of integers, stored one after the other: list k is entries[starts[k]] … entries[starts[k + 1] − 1]. */
export interface Lists {
  /** The start of each list, and the end of the last one. */
  readonly starts: Uint32Array;
  readonly entries: Uint32Array;
}

/** The entries of a list. */
export const listAt = ({ starts, entries }: Lists, list: number): Uint32Array =>
  entries.subarray(starts[list], starts[list + 1]);

/**
 * Puts entry i into list `owner[i]`, in the order of i.
 *
 * @param count  the number of lists
 * @param entries  [entry i is i]
 */
export function listsOf(owner: Uint32Array, count: number, entries?: Uint32Array): Lists {
  const starts = new Uint32Array(count + 1);
  for (const list of owner) starts[list + 1]! += 1;
  for (let list = 0; list < count; list++) starts[list + 1]! += starts[list]!;
  const next = starts.slice();
  const own = new Uint32Array(owner.length);
  owner.forEach((list, row) => {
    own[next[list]!] = entries ? entries[row]! : row;
    next[list]! += 1;
  });
  return { starts, entries: own };
}

/** The lists, each sorted in ascending order and without repeats. */
export function withoutRepeats(lists: Lists): Lists {
  const { starts, entries } = lists;
  const kept = new Uint32Array(entries.length);
  const keptStarts = new Uint32Array(starts.length);
  let count = 0;
  for (let list = 0; list + 1 < starts.length; list++) {
    const own = listAt(lists, list).slice().sort();
    own.forEach((entry, at) => {
      if (at === 0 || entry !== own[at - 1]) kept[count++] = entry;
    });
    keptStarts[list + 1] = count;
  }
  return { starts: keptStarts, entries: kept.slice(0, count) };
}

/** The integers 0 … n − 1. An iterator such as `keys()` would first become a list of JavaScript numbers. */
export function integersBelow(n: number): Uint32Array {
  const integers = new Uint32Array(n);
  for (let i = 0; i < n; i++) integers[i] = i;
  return integers;
}
