// The two sides of a separating line or curve, its margins at scores −1 and +1, and the support vectors.

import { regionColor } from "../color/series.ts";
import { ink } from "../color/theme.ts";
import { fail, requireTexts } from "../data/check.ts";
import type { ClassPoints } from "../data/field.ts";
import { checkBinary, checkField, checkPoints, zeroOne } from "../data/field.ts";
import type { Grid } from "../data/grid.ts";
import { extentOf } from "../data/range.ts";
import { finish, frameOf } from "../layout/frame.ts";
import { bands, contourLines, crosses } from "../marks/field.ts";
import { fieldA11y } from "../marks/fieldA11y.ts";
import { classItems, classMarks, positions, radiusFor } from "../marks/markers.ts";
import type { LegendItem, Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, standardSize, textOf } from "../scene/spec.ts";

export interface MarginRegions extends Spec {
  readonly kind: "marginRegions";
  readonly grid: Grid;
  /** Score at each cell of the grid; its sign is the class. */
  readonly scores: ArrayLike<number>;
  /** Points over the regions; labels −1 or +1, or 0 or 1. */
  readonly points?: ClassPoints;
  /** Numbers of the points to ring. */
  readonly support?: ArrayLike<number>;
  /** Names of the negative and of the positive class. */
  readonly classes: readonly [string, string];
  readonly xName: string;
  readonly yName: string;
}

/**
 * Two regions by the sign of a score, with the lines where it is −1, 0 and +1.
 *
 * @throws RangeError when grid and scores disagree, a point is off the grid, or `support` names no point
 */
export function marginRegions({
  classes = ["class −1", "class +1"],
  xName = "x1",
  yName = "x2",
  ...rest
}: Input<MarginRegions, "classes" | "xName" | "yName">): MarginRegions {
  requireTexts("marginRegions", { xName, yName, classes, ...textOf(rest) });
  const { grid, scores, points, support } = rest;
  checkField("marginRegions", "scores", grid, scores);
  if (points !== undefined) {
    checkPoints("marginRegions", grid, points);
    checkBinary("marginRegions", points.labels);
  }
  const count = points?.x1.length ?? 0;
  for (let i = 0; i < (support?.length ?? 0); i++) {
    const at = support![i]!;
    if (!Number.isInteger(at) || at < 0 || at >= count)
      fail("marginRegions", `support[${i}]`, `be the number of a point, below ${count}`, at, "Count points from 0.");
  }
  return { ...rest, classes, xName, yName, kind: "marginRegions", [drawing]: { defaultSize: standardSize, layout } };
}

function layout(spec: MarginRegions, size: Size): Scene {
  const { grid, scores, classes, support } = spec;
  const points = spec.points === undefined ? undefined : { ...spec.points, labels: zeroOne(spec.points.labels) };
  const line = (name: string, width: number, dash: readonly number[]): LegendItem => ({
    name,
    key: { line: { stroke: ink, width, dash } },
  });
  const ring: LegendItem = { name: "support vector", key: { marker: { shape: "circle", stroke: ink } } };
  const [low, high] = extentOf(scores)!;
  const frame = frameOf(
    {
      words: spec,
      x: { name: spec.xName, scale: "linear", domain: grid.x1 },
      y: { name: spec.yName, scale: "linear", domain: grid.x2 },
      legend: [
        ...classItems(classes, points, (k) => (k === 0 ? low < 0 : high >= 0)),
        ...(crosses(scores, 0) ? [line("boundary", 2.25, [])] : []),
        ...(crosses(scores, -1) || crosses(scores, 1) ? [line("margin ±1", 1.25, [6, 3])] : []),
        ...(support === undefined || support.length === 0 ? [] : [ring]),
      ],
      field: true,
    },
    size,
  );
  const marks: Mark[] = bands(grid, scores, [0], [regionColor(0), regionColor(1)], frame);
  const at = (...levels: readonly number[]) => levels.map((level) => ({ values: scores, level }));
  marks.push(...contourLines(grid, at(-1, 1), frame, { stroke: ink, width: 1.25, dash: [6, 3] }));
  marks.push(...contourLines(grid, at(0), frame, { stroke: ink, width: 2.25 }));
  if (points !== undefined) {
    marks.push(...classMarks(points, 2, frame));
    const chosen = Array.from(support ?? []);
    const pick = (values: ArrayLike<number>): number[] => chosen.map((i) => values[i]!);
    if (chosen.length > 0)
      marks.push({
        kind: "points",
        shape: "circle",
        ...positions(pick(points.x1), pick(points.x2), frame),
        radius: radiusFor(points.x1.length) + 2.6,
        stroke: ink,
        width: 1.1,
        clip: frame.box,
      });
  }
  const rings = support === undefined ? "" : ` ${support.length} support vectors are ringed.`;
  const what = `${classes[0]} and ${classes[1]} over ${spec.xName} and ${spec.yName}, with margins at scores −1 and +1.${rings}`;
  return finish(
    frame,
    marks,
    fieldA11y(spec.title, what, classes, grid, points, (cell) => (scores[cell]! >= 0 ? 1 : 0)),
  );
}
