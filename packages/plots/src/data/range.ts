// Ranges of data, and the free space that an axis adds to them.

/** The lowest and the highest number of a range. */
export type Range = readonly [low: number, high: number];

/**
 * Smallest and largest finite value of one or several lists; null when there is none.
 *
 * @example
 * ```ts
 * import { extentOf } from "@downhill/plots";
 *
 * extentOf([3, 1], [Number.NaN, 2]); // [1, 3]
 * ```
 */
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
 * The range, longer by `share` of its length at both ends. A range whose ends are equal, or nearly equal for float64,
 * becomes a range around them.
 */
export function padded([low, high]: Range, share: number): Range {
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (size > 1e-290 && high - low > size * 1e-13) return [low - (high - low) * share, high + (high - low) * share];
  const space = size > 1e-290 ? size * 0.1 : 1;
  return [low - space, high + space];
}

/** `padded` for a logarithmic axis: `share` is a share of the logarithms, and both ends stay positive and finite. */
export function paddedLog([low, high]: Range, share: number): Range {
  const single = high / low <= 1 + 1e-9;
  const space = single ? 0.3 : (Math.log10(high) - Math.log10(low)) * share;
  if (space === 0) return [low, high];
  return [10 ** Math.max(Math.log10(low) - space, -306), 10 ** Math.min(Math.log10(high) + space, 307)];
}
