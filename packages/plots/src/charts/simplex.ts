// The probabilities of three classes as places in a triangle: each corner is the certainty of a class.

import { regionColor } from "../color/series.ts";
import { ink } from "../color/theme.ts";
import {
  fail,
  requireIndices,
  requireLength,
  requireOrder,
  requireShares,
  requireSome,
  requireTexts,
} from "../data/check.ts";
import { closedPath, openPath, type Point } from "../geometry/path.ts";
import { blocksAround } from "../layout/blocks.ts";
import { label, margin } from "../layout/label.ts";
import { classItems, classMarks } from "../marks/markers.ts";
import type { Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, squareSize, textOf } from "../scene/spec.ts";
import { firstRows } from "../scene/tableRows.ts";
import { counted, formatCount } from "../text/format.ts";

/** The spec of `simplex`. */
export interface Simplex extends Spec {
  readonly kind: "simplex";
  /** The probabilities of the three classes for each point, one point after the other; from 0 to 1, with the sum 1. */
  readonly shares: ArrayLike<number>;
  /** The true class of each point: 0, 1 or 2. */
  readonly labels: ArrayLike<number>;
  /** Whether the marker of each point is hollow, for rows that were held out. Default: none. */
  readonly hollow?: ArrayLike<boolean>;
  /** The names of the classes. */
  readonly classes: readonly [string, string, string];
  /** The numbers of the classes in the order of the legend. Default: 0, 1, 2. */
  readonly order?: readonly number[];
}

const ROUNDING = 1e-6; // of a sum of probabilities

/**
 * Points at their probabilities of three classes, in a triangle: at a corner one class is certain, in the middle all are equally
 * probable. Lines part the places at which each class is the most probable one.
 *
 * @throws RangeError when lengths disagree, when a probability is not from 0 to 1, or when the sum of three is not 1
 *
 * @example
 * ```ts
 * import { draw, simplex } from "@downhill/plots";
 *
 * const shares = [0.8, 0.1, 0.1, 0.2, 0.5, 0.3, 0.1, 0.1, 0.8];
 * const svg = draw(simplex({ title: "Probabilities", shares, labels: [0, 1, 2], classes: ["oak", "ash", "elm"] }));
 * ```
 */
export function simplex(rest: Input<Simplex>): Simplex {
  const { shares, labels, hollow, classes, order } = rest;
  requireTexts("simplex", { classes, ...textOf(rest) });
  requireSome("simplex", { labels });
  if (classes.length !== 3) fail("simplex", `classes must hold three names, got ${classes.length}. Use classRegions.`);
  requireIndices("simplex", { labels }, 3);
  if (order !== undefined) requireOrder("simplex", { order }, 3);
  requireLength("simplex", { shares }, { "three for each of labels": 3 * labels.length });
  if (hollow !== undefined) requireLength("simplex", { hollow }, { labels: labels.length });
  requireShares("simplex", { shares }, "Pass probabilities, not scores.");
  for (let i = 0; i < labels.length; i++) {
    const sum = shares[3 * i]! + shares[3 * i + 1]! + shares[3 * i + 2]!;
    if (Math.abs(sum - 1) > ROUNDING)
      fail("simplex", `the three shares of point ${i} must have the sum 1, got ${sum}. Divide them by their sum.`);
  }
  return { ...rest, kind: "simplex", [drawing]: { defaultSize: squareSize, layout } };
}

const nameHeight = 18;
const HEIGHT = Math.sqrt(3) / 2; // of a triangle with sides of length 1

function layout(spec: Simplex, size: Size): Scene {
  const { title, shares, labels, hollow, classes, order } = spec;
  const all = Array.from(labels);
  const points = { x1: all, x2: all, labels: all, ...(order && { order }) }; // the legend needs only the labels
  const legend = classItems(classes, points, () => false);
  const blocks = blocksAround({ text: spec, legend, size, axesHeight: 2 * nameHeight });
  const [top, bottom] = [blocks.top + nameHeight, blocks.bottom - nameHeight];
  const side = Math.min((bottom - top) / HEIGHT, size.width - 2 * margin);
  const height = side * HEIGHT;
  const left = (size.width - side) / 2;
  const low = top + (bottom - top + height) / 2;
  const corners: readonly [Point, Point, Point] = [
    [left, low],
    [left + side, low],
    [left + side / 2, low - height],
  ];
  const at = (i: number, k: 0 | 1): number =>
    corners.reduce((sum, corner, j) => sum + shares[3 * i + j]! * corner[k], 0);
  const box = { x: left, y: low - height, width: side, height };
  const inPixels = { x: (value: number) => value, y: (value: number) => value, box: outside(box) };
  const middle = mean(corners);
  const edges = corners.map((corner, j) => mean([corner, corners[(j + 1) % 3]!]));
  const marks: Mark[] = [
    ...corners.map((corner, j): Mark => {
      const region = [corner, edges[j]!, middle, edges[(j + 2) % 3]!];
      return { kind: "path", d: closedPath(region, 0), fill: regionColor(j) };
    }),
    { kind: "path", d: edges.map((edge) => openPath([middle, edge])).join(""), stroke: ink, width: 1, opacity: 0.6 },
    { kind: "path", d: closedPath(corners, 0), stroke: ink, width: 1 },
    ...classMarks(
      {
        x1: all.map((_, i) => at(i, 0)),
        x2: all.map((_, i) => at(i, 1)),
        labels: all,
        ...(hollow && { hollow }),
      },
      3,
      inPixels,
    ),
    label(classes[0], left, low + nameHeight - 2, { maxWidth: side / 2 - 8 }),
    label(classes[1], left + side, low + nameHeight - 2, { anchor: "end", maxWidth: side / 2 - 8 }),
    label(classes[2], left + side / 2, low - height - 8, { anchor: "middle", maxWidth: side }),
  ];
  const own = all.filter((k, i) => [0, 1, 2].every((j) => shares[3 * i + j]! <= shares[3 * i + k]!)).length;
  return {
    width: size.width,
    height: blocks.height,
    marks: [...blocks.marks, ...marks],
    axes: [],
    triangle: [
      { side: "bottom", name: "", scale: "linear", domain: [0, 1], pixels: [left, left + side], ticks: [] },
      { side: "left", name: "", scale: "linear", domain: [0, HEIGHT], pixels: [low, low - height], ticks: [] },
    ],
    legend: blocks.legend,
    a11y: {
      title,
      caption: `${counted(all.length, "point")} at their probabilities of ${classes.join(", ")}. For ${formatCount(own)} the true class is the most probable one.`,
      series: classes.map((name, k) => ({ name, count: all.filter((each) => each === k).length })),
      table: firstRows(["True class", ...classes.map((name) => `Probability of ${name}`)], all.length, (i) => [
        classes[all[i]!]!,
        ...[0, 1, 2].map((j) => shares[3 * i + j]!),
      ]),
    },
  };
}

const mean = (points: readonly Point[]): Point => [
  points.reduce((sum, [x]) => sum + x, 0) / points.length,
  points.reduce((sum, [, y]) => sum + y, 0) / points.length,
];

/** A box with space for the markers at its edge. */
const outside = ({ x, y, width, height }: { x: number; y: number; width: number; height: number }) => ({
  ...{ x: x - 6, y: y - 6 },
  ...{ width: width + 12, height: height + 12 },
});
