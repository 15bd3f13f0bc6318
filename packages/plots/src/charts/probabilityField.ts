// The probability of the second of two classes over two variables, in twenty colours, with the points over it.

import { ramps } from "../color/ramps.ts";
import { ink } from "../color/theme.ts";
import { requireShares, requireTexts } from "../data/check.ts";
import { type ClassPoints, checkBinary, checkField, checkPoints, zeroOne } from "../data/field.ts";
import type { Grid } from "../data/grid.ts";
import { finish, frameOf } from "../layout/frame.ts";
import { contourLines, crosses, filledAreas, outlinesIn } from "../marks/field.ts";
import { fieldA11y } from "../marks/fieldA11y.ts";
import {
  checkGuides,
  checkScore,
  type Guides,
  guideItems,
  guideMarks,
  type LinearScore,
  weightArrow,
  weightItem,
} from "../marks/guides.ts";
import { classItems, classMarks } from "../marks/markers.ts";
import type { LegendItem, Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, standardSize, textOf } from "../scene/spec.ts";
import { formatNumber } from "../text/format.ts";

/** The spec of `probabilityField`. */
export interface ProbabilityField extends Spec {
  readonly kind: "probabilityField";
  /** The cells over both variables. Make it with `gridOver`. */
  readonly grid: Grid;
  /** Probability of the second class at each cell of the grid, from 0 to 1. */
  readonly probabilities: ArrayLike<number>;
  /** Points over the field, within the grid; labels 0 or 1, or −1 or +1. Default: none. */
  readonly points?: ClassPoints;
  /** The probability from which the second class is predicted; a bold line shows it. Default: 0.5. */
  readonly threshold: number;
  /** Further probabilities, each with a thin line. Default: none. */
  readonly lines: readonly number[];
  /** Lines over the field, such as those at which hidden units bend. Default: none. */
  readonly guides?: Guides;
  /**
   * The score whose logistic function is the probability, where it is linear in both variables. An arrow then shows the direction of the
   * weights: from the line of the threshold, at a right angle to it, towards higher probabilities. Default: not drawn.
   */
  readonly score?: LinearScore;
  /** Names of the two classes. Default: "class 0" and "class 1". */
  readonly classes: readonly [string, string];
  /** Name of the horizontal axis. Default: "x1". */
  readonly xName: string;
  /** Name of the vertical axis. Default: "x2". */
  readonly yName: string;
}

/**
 * The probability of a class over two variables, with a bold line where it is the threshold.
 *
 * @throws RangeError when grid and probabilities disagree, when a probability or the threshold is not from 0 to 1, or when a point lies
 *   outside of the grid
 *
 * @example
 * ```ts
 * import { draw, gridOver, gridRows, probabilityField } from "@downhill/plots";
 *
 * const points = { x1: [-1, 0, 1, 2], x2: [0, 1, 0, 1], labels: [0, 0, 1, 1] };
 * const grid = gridOver(points.x1, points.x2);
 * const probabilities = gridRows(grid).map(([a = 0, b = 0]) => 1 / (1 + Math.exp(1 - 2 * a - b)));
 * const svg = draw(probabilityField({ title: "Probability", grid, probabilities, points }));
 * ```
 */
export function probabilityField({
  classes = ["class 0", "class 1"],
  threshold = 0.5,
  lines = [],
  xName = "x1",
  yName = "x2",
  ...rest
}: Input<ProbabilityField, "classes" | "threshold" | "lines" | "xName" | "yName">): ProbabilityField {
  requireTexts("probabilityField", { xName, yName, classes, ...textOf(rest) });
  const { grid, probabilities, points } = rest;
  checkField("probabilityField", grid, { probabilities });
  requireShares("probabilityField", { probabilities }, "Pass probabilities, not scores.");
  requireShares("probabilityField", { lines, threshold: [threshold] });
  checkGuides("probabilityField", rest.guides);
  checkScore("probabilityField", rest.score);
  if (points !== undefined) {
    checkPoints("probabilityField", grid, points, 2);
    checkBinary("probabilityField", points.labels);
  }
  return {
    ...rest,
    classes,
    threshold,
    lines,
    xName,
    yName,
    kind: "probabilityField",
    [drawing]: { defaultSize: standardSize, layout },
  };
}

/** Probabilities between which the colour changes, and the colours: one for every 5 %. */
const levels = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);
const colors = Array.from({ length: 20 }, (_, i) => ramps.diverging((i + 0.5) / 20));

const bold = { stroke: ink, width: 2.25 } as const;
const thin = { stroke: ink, width: 0.9, dash: [4, 3] } as const;

function layout(spec: ProbabilityField, size: Size): Scene {
  const { grid, probabilities, classes, threshold, guides, score } = spec;
  const points = spec.points === undefined ? undefined : { ...spec.points, labels: zeroOne(spec.points.labels) };
  const hasLine = crosses(probabilities, threshold);
  const at = formatNumber(threshold);
  const boundary: LegendItem = { name: `probability ${at}`, key: { line: { ...bold, dash: [] } } };
  const others = spec.lines.filter((level) => crosses(probabilities, level));
  const thinLines: LegendItem[] =
    others.length === 0 ? [] : [{ name: others.map((level) => formatNumber(level)).join(", "), key: { line: thin } }];
  const frame = frameOf(
    {
      text: spec,
      x: { name: spec.xName, scale: "linear", domain: grid.x1 },
      y: { name: spec.yName, scale: "linear", domain: grid.x2 },
      legend: [
        ...classItems(classes, points, () => false),
        ...(hasLine ? [boundary] : []),
        ...thinLines,
        ...(hasLine && score ? [weightItem(2)] : []),
        ...guideItems(guides, 3),
      ],
      colorBar: { name: `Probability of ${classes[1]}`, scale: "linear", domain: [0, 1], stops: colors },
      lines: "border",
    },
    size,
  );
  const field = { grid, values: probabilities };
  const outlines = outlinesIn(field, frame);
  const marks: Mark[] = [
    ...filledAreas(field, outlines, levels, colors, frame),
    ...contourLines(others.map(outlines), frame, thin),
    ...contourLines([outlines(threshold)], frame, bold),
    ...guideMarks(guides, frame, 3),
    ...(points === undefined ? [] : classMarks(points, 2, frame)),
    ...(hasLine && score ? weightArrow(score, Math.log(threshold / (1 - threshold)), frame, 2) : []),
  ];
  const contour = hasLine ? `The line shows where it is ${at}.` : `It crosses ${at} nowhere.`;
  const a11y = fieldA11y({
    title: spec.title,
    sentence: `Probability of ${classes[1]} over ${spec.xName} and ${spec.yName}. ${contour}`,
    classes,
    grid,
    points,
    classOf: (cell) => (probabilities[cell]! >= threshold ? 1 : 0),
  });
  return finish(frame, marks, a11y);
}
