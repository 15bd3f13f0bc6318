// The sentence and the table of a field that decides between classes: how many points lie in the region of their class.

import type { ClassPoints } from "../data/field.ts";
import { cellOf, type Grid } from "../data/grid.ts";
import type { A11y } from "../scene/scene.ts";
import { formatCount } from "../text/format.ts";

/** Words and table of a field that decides between classes; `side` is the class of a cell. */
export function fieldA11y(
  title: string,
  what: string,
  names: readonly string[],
  grid: Grid,
  points: ClassPoints | undefined,
  side: (cell: number) => number,
): A11y {
  const cells = names.map(() => 0);
  for (let k = 0; k < grid.columns * grid.rows; k++) cells[side(k)]!++;
  const counts = names.map(() => 0);
  const right = names.map(() => 0);
  for (let i = 0; i < (points?.x1.length ?? 0); i++) {
    const label = points!.labels[i]!;
    counts[label]!++;
    if (side(cellOf(grid, points!.x1[i]!, points!.x2[i]!)) === label) right[label]!++;
  }
  const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
  const area = (k: number): number => Math.round((1000 * cells[k]!) / sum(cells)) / 10;
  const score =
    points === undefined
      ? ""
      : ` ${formatCount(sum(right))} of ${formatCount(sum(counts))} points lie on their own side, as read from the grid.`;
  return {
    title,
    caption: `${what}${score}`,
    series: names.map((name, k) => ({ name, count: counts[k]! })),
    table: {
      columns: ["Class", "Area %", "Points", "On their own side"],
      rows: names.map((name, k) => [name, area(k), counts[k]!, right[k]!]),
    },
  };
}
