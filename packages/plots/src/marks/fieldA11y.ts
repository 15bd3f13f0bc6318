// The description and the table of a field that decides between classes: how large the regions are, and how many points lie
// in the region of their class.

import type { ClassPoints } from "../data/field.ts";
import { cellOf, type Grid } from "../data/grid.ts";
import type { A11y } from "../scene/scene.ts";
import { formatCount } from "../text/format.ts";

export interface ClassifiedField {
  readonly title: string;
  /** A sentence on the field. */
  readonly sentence: string;
  readonly classes: readonly string[];
  readonly grid: Grid;
  /** Labels from 0. */
  readonly points: ClassPoints | undefined;
  /** The class of a cell. */
  readonly classOf: (cell: number) => number;
}

export function fieldA11y({ title, sentence, classes, grid, points, classOf }: ClassifiedField): A11y {
  const cells = classes.map(() => 0);
  const total = grid.columns * grid.rows;
  for (let k = 0; k < total; k++) cells[classOf(k)]!++;
  const counts = classes.map(() => 0);
  const correct = classes.map(() => 0);
  for (let i = 0; i < (points?.x1.length ?? 0); i++) {
    const label = points!.labels[i]!;
    counts[label]!++;
    if (classOf(cellOf(grid, points!.x1[i]!, points!.x2[i]!)) === label) correct[label]!++;
  }
  const sum = (list: readonly number[]): string => formatCount(list.reduce((a, b) => a + b, 0));
  const percent = (k: number): number => Math.round((1000 * cells[k]!) / total) / 10;
  const score =
    points === undefined
      ? ""
      : ` ${sum(correct)} of the ${sum(counts)} points in this picture lie in the region of their own class.`;
  return {
    title,
    caption: `${sentence}${score}`,
    series: classes.map((name, k) => ({ name, count: counts[k]! })),
    table: {
      columns: ["Class", "Area %", "Points", "Points in the region of their class"],
      rows: classes.map((name, k) => [name, percent(k), counts[k]!, correct[k]!]),
    },
  };
}
