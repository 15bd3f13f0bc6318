// The probability of the second of two classes over two variables, in twenty bands, with the points over it.

import { ramps } from "../color/ramps.ts";
import { ink } from "../color/theme.ts";
import { fail, requireTexts } from "../data/check.ts";
import type { ClassPoints } from "../data/field.ts";
import { checkBinary, checkField, checkPoints, zeroOne } from "../data/field.ts";
import type { Grid } from "../data/grid.ts";
import { finish, frameOf } from "../layout/frame.ts";
import { bands, contourLines, crosses } from "../marks/field.ts";
import { fieldA11y } from "../marks/fieldA11y.ts";
import { classItems, classMarks } from "../marks/markers.ts";
import type { LegendItem, Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, standardSize, textOf } from "../scene/spec.ts";

export interface ProbabilityField extends Spec {
  readonly kind: "probabilityField";
  readonly grid: Grid;
  /** Probability of the second class at each cell of the grid, in [0, 1]. */
  readonly probabilities: ArrayLike<number>;
  /** Points over the field; labels 0 or 1, or −1 or +1. */
  readonly points?: ClassPoints;
  /** Names of the two classes. */
  readonly classes: readonly [string, string];
  readonly xName: string;
  readonly yName: string;
}

const levels = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);
const colors = Array.from({ length: 20 }, (_, i) => ramps.diverging((i + 0.5) / 20));

/**
 * A field of probabilities with its bold contour at one half.
 *
 * @throws RangeError when grid and probabilities disagree, a probability is outside [0, 1], or a point is off the grid
 */
export function probabilityField({
  classes = ["class 0", "class 1"],
  xName = "x1",
  yName = "x2",
  ...rest
}: Input<ProbabilityField, "classes" | "xName" | "yName">): ProbabilityField {
  requireTexts("probabilityField", { xName, yName, classes, ...textOf(rest) });
  const { grid, probabilities, points } = rest;
  checkField("probabilityField", "probabilities", grid, probabilities);
  for (let i = 0; i < probabilities.length; i++)
    if (probabilities[i]! < 0 || probabilities[i]! > 1)
      fail(
        "probabilityField",
        `probabilities[${i}]`,
        "be from 0 to 1",
        probabilities[i],
        "Hand over probabilities, not scores.",
      );
  if (points !== undefined) {
    checkPoints("probabilityField", grid, points);
    checkBinary("probabilityField", points.labels);
  }
  return { ...rest, classes, xName, yName, kind: "probabilityField", [drawing]: { defaultSize: standardSize, layout } };
}

function layout(spec: ProbabilityField, size: Size): Scene {
  const { grid, probabilities, classes } = spec;
  const points = spec.points === undefined ? undefined : { ...spec.points, labels: zeroOne(spec.points.labels) };
  const boundary: LegendItem = { name: "probability 0.5", key: { line: { stroke: ink, width: 2.25, dash: [] } } };
  const frame = frameOf(
    {
      words: spec,
      x: { name: spec.xName, scale: "linear", domain: grid.x1 },
      y: { name: spec.yName, scale: "linear", domain: grid.x2 },
      legend: [...classItems(classes, points, () => false), ...(crosses(probabilities, 0.5) ? [boundary] : [])],
      bar: { name: `Probability of ${classes[1]}`, scale: "linear", domain: [0, 1], stops: colors },
      field: true,
    },
    size,
  );
  const marks: Mark[] = bands(grid, probabilities, levels, colors, frame);
  const half = { values: probabilities, level: 0.5 };
  marks.push(...contourLines(grid, [half], frame, { stroke: ink, width: 2.25 }));
  if (points !== undefined) marks.push(...classMarks(points, 2, frame));
  const contour = crosses(probabilities, 0.5) ? "with the contour at 0.5" : "nowhere across 0.5";
  const what = `Probability of ${classes[1]} over ${spec.xName} and ${spec.yName}, ${contour}.`;
  const side = (cell: number): number => (probabilities[cell]! >= 0.5 ? 1 : 0);
  return finish(frame, marks, fieldA11y(spec.title, what, classes, grid, points, side));
}
