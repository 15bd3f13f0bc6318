// The zones of an axis, with ends that can be drawn.

/** A part of an axis. */
export interface Zone {
  readonly name: string;
  readonly from: number;
  /** Above `from`. */
  readonly to: number;
}

const MARGIN = 10; // the factor between the outermost known value and the end of the axis
const MAX_DECADES = 8;

/**
 * The zones of a logarithmic axis with ends that can be drawn: 0 and Infinity become a factor of ten beyond all other ends and
 * marks. The axis has at most eight decades, unless the marks need more.
 *
 * @example
 * ```ts
 * import { closedZones } from "@downhill/plots";
 *
 * const zones = [{ name: "slow", from: 0, to: 0.1 }, { name: "fast", from: 0.1, to: Infinity }];
 * closedZones(zones, []).map(({ from, to }) => [from, to]); // [[0.01, 0.1], [0.1, 1]]
 * ```
 */
export function closedZones(zones: readonly Zone[], marks: readonly { readonly at: number }[]): Zone[] {
  const ends = zones.flatMap(({ from, to }) => [from, to]).filter((end) => end > 0 && end < Number.POSITIVE_INFINITY);
  const marked = marks.map(({ at }) => at);
  const known = [...ends, ...marked];
  if (known.length === 0) return [];
  const isOpen = zones.some(({ from, to }) => from === 0 || to === Number.POSITIVE_INFINITY);
  const high = Math.max(...known) * (isOpen ? MARGIN : 1);
  const lowest = Math.min(...known) / (isOpen ? MARGIN : 1);
  const low = Math.min(isOpen ? Math.max(lowest, high / 10 ** MAX_DECADES) : lowest, ...marked);
  return zones
    .map((zone) => ({ ...zone, from: Math.max(zone.from, low), to: Math.min(zone.to, high) }))
    .filter(({ from, to }) => to > from);
}
