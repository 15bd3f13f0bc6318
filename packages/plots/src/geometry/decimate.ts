// A line of a million points is drawn with at most four per pixel column, and no spike is lost.

/**
 * Which points of a line to draw: of every stretch that stays in one pixel column the first, the lowest, the highest
 * and the last, in their order.
 *
 * @param columns  pixel position of each point, any order [px]
 * @param heights  height of each point, finite
 * @returns        indices into both, ascending; every index when there is nothing to save
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
