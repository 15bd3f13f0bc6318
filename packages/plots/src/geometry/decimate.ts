// Fewer points of a long line: at most four in each column of pixels, and every spike stays.

/**
 * The points of a line that must be drawn: of all neighbours in one column of pixels the first, the lowest, the highest
 * and the last, in their order.
 *
 * @param columns  horizontal position of each point, in any order [px]
 * @param heights  height of each point, finite
 * @returns        ascending indices of points; all indices when no point can be left out
 *
 * Source: M4 aggregation: Jugel, Jerzak, Hackenbroich and Markl, “M4: a visualization-oriented time series data
 * aggregation”, Proceedings of the VLDB Endowment, 2014. Its line has the same pixels as the line through all points.
 */
export function decimate(columns: ArrayLike<number>, heights: ArrayLike<number>): number[] {
  const kept: number[] = [];
  let from = 0;
  while (from < columns.length) {
    const column = Math.floor(columns[from]!);
    let low = from;
    let high = from;
    let to = from + 1;
    while (to < columns.length && Math.floor(columns[to]!) === column) {
      if (heights[to]! < heights[low]!) low = to;
      if (heights[to]! > heights[high]!) high = to;
      to++;
    }
    const stretch = [from, Math.min(low, high), Math.max(low, high), to - 1];
    for (const index of stretch) if (kept.length === 0 || kept.at(-1)! < index) kept.push(index);
    from = to;
  }
  return kept;
}
