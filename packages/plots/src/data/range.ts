// Ranges of data, and the room that an axis adds to them.

/** The lowest and the highest number of a range. */
export type Range = readonly [low: number, high: number];

/** Smallest and largest finite value of some lists; null when there is none. */
export function extentOf(...lists: readonly ArrayLike<number>[]): Range | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const list of lists)
    for (let i = 0; i < list.length; i++) {
      const value = list[i]!;
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  return low <= high ? [low, high] : null;
}

/**
 * The range widened by `share` of its span on both sides. A range without a span that a double can divide
 * (all values equal) becomes one around the value.
 */
export function padded([low, high]: Range, share: number): Range {
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (size > 1e-290 && high - low > size * 1e-13) return [low - (high - low) * share, high + (high - low) * share];
  const room = size > 1e-290 ? size * 0.1 : 1;
  return [low - room, high + room];
}

/** A padded range for a logarithmic axis; both ends stay positive numbers. */
export function paddedLog([low, high]: Range, share: number): Range {
  const single = high / low <= 1 + 1e-9;
  const room = single ? 0.3 : (Math.log10(high) - Math.log10(low)) * share;
  if (room === 0) return [low, high];
  return [10 ** Math.max(Math.log10(low) - room, -306), 10 ** Math.min(Math.log10(high) + room, 307)];
}
