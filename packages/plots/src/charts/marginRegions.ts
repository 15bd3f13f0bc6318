// The two regions of a linear or curved separator, its margins at the scores −1 and +1, and the support vectors.

import { type Color, mixColor } from "../color/color.ts";
import { regionColor } from "../color/series.ts";
import { ink, paper } from "../color/theme.ts";
import { fail, requireTexts } from "../data/check.ts";
import { type ClassPoints, checkBinary, checkField, checkPoints, zeroOne } from "../data/field.ts";
import type { Grid } from "../data/grid.ts";
import { extentOf } from "../data/range.ts";
import { finish, frameOf } from "../layout/frame.ts";
import { contourLines, crosses, filledAreas, outlinesIn } from "../marks/field.ts";
import { fieldA11y } from "../marks/fieldA11y.ts";
import { checkScore, type LinearScore, slackLines, slackOf } from "../marks/guides.ts";
import { classItems, classMarks, ringMark } from "../marks/markers.ts";
import type { LegendItem, Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, standardSize, textOf } from "../scene/spec.ts";
import { counted } from "../text/format.ts";

/** The spec of `marginRegions`. */
export interface MarginRegions extends Spec {
  readonly kind: "marginRegions";
  /** The cells over both variables. Make it with `gridOver`. */
  readonly grid: Grid;
  /** Score at each cell of the grid, finite; its sign is the class. */
  readonly scores: ArrayLike<number>;
  /** Points over the regions, within the grid; labels −1 or +1, or 0 or 1. Default: none. */
  readonly points?: ClassPoints;
  /** Indices of the points that get a ring, from 0. Default: none. */
  readonly support?: ArrayLike<number>;
  /**
   * The score, where it is linear in both variables. Each point whose class has a score below 1 (for the negative class: above −1) then
   * has a line to the margin of its class, which is as long as the point is far on the wrong side of it. Default: not drawn.
   */
  readonly score?: LinearScore;
  /** Names of the negative and of the positive class. Default: "class −1" and "class +1". */
  readonly classes: readonly [string, string];
  /** Name of the horizontal axis. Default: "x1". */
  readonly xName: string;
  /** Name of the vertical axis. Default: "x2". */
  readonly yName: string;
}

/**
 * Two regions by the sign of a score, with lines where the score is −1, 0 and +1. Between the margins the regions are paler.
 *
 * @throws RangeError when grid and scores disagree, when a point lies outside of the grid, or when `support` holds a number
 *   that is not the index of a point
 *
 * @example
 * ```ts
 * import { draw, gridOver, gridRows, marginRegions } from "@downhill/plots";
 *
 * const points = { x1: [-2, -1, 1, 2], x2: [0, 1, 0, 1], labels: [-1, -1, 1, 1] };
 * const grid = gridOver(points.x1, points.x2);
 * const scores = gridRows(grid).map(([a = 0]) => a);
 * const svg = draw(marginRegions({ title: "Margins", grid, scores, points, support: [1, 2] }));
 * ```
 */
export function marginRegions({
  classes = ["class −1", "class +1"],
  xName = "x1",
  yName = "x2",
  ...rest
}: Input<MarginRegions, "classes" | "xName" | "yName">): MarginRegions {
  requireTexts("marginRegions", { xName, yName, classes, ...textOf(rest) });
  const { grid, scores, points, support } = rest;
  checkField("marginRegions", grid, { scores });
  checkScore("marginRegions", rest.score);
  if (points !== undefined) {
    checkPoints("marginRegions", grid, points, 2);
    checkBinary("marginRegions", points.labels);
  }
  const count = points?.x1.length ?? 0;
  for (let i = 0; i < (support?.length ?? 0); i++) {
    const at = support![i]!;
    if (!Number.isInteger(at) || at < 0 || at >= count)
      fail(
        "marginRegions",
        `support[${i}] must be the index of a point, a whole number below ${count}, got ${at}. Count the points from 0.`,
      );
  }
  return {
    ...rest,
    classes,
    xName,
    yName,
    kind: "marginRegions",
    [drawing]: { defaultSize: standardSize, layout },
  };
}

const boundary = { stroke: ink, width: 2.25, dash: [] } as const;
const margin = { stroke: ink, width: 1.25, dash: [6, 3] } as const;
const slack = { stroke: ink, width: 1, opacity: 0.6 } as const;
const SLACK_SERIES = 2;
/** The colour of a region between the margins. */
const paleColor = (k: number): Color => mixColor(regionColor(k), paper, 0.55);

function layout(spec: MarginRegions, size: Size): Scene {
  const { grid, scores, classes, support = [] } = spec;
  const points = spec.points === undefined ? undefined : { ...spec.points, labels: zeroOne(spec.points.labels) };
  const [low, high] = extentOf(scores)!;
  const score = spec.score?.weights.some((weight) => weight !== 0) ? spec.score : undefined; // without weights there are no margins
  const hasSlack = points && score && Array.from(points.labels.keys()).some((i) => slackOf(score, points, i) > 0);
  const ring: LegendItem = { name: "support vector", key: { marker: { shape: "circle", stroke: ink } } };
  const frame = frameOf(
    {
      text: spec,
      x: { name: spec.xName, scale: "linear", domain: grid.x1 },
      y: { name: spec.yName, scale: "linear", domain: grid.x2 },
      legend: [
        ...classItems(classes, points, (k) => (k === 0 ? low < 0 : high >= 0)),
        ...(crosses(scores, 0) ? [{ name: "boundary", key: { line: boundary } }] : []),
        ...(crosses(scores, -1) || crosses(scores, 1) ? [{ name: "margin ±1", key: { line: margin } }] : []),
        ...(support.length === 0 ? [] : [ring]),
        ...(!hasSlack ? [] : [{ name: "slack", key: { line: { ...slack, dash: [] } }, series: SLACK_SERIES }]),
      ],
      lines: "border",
    },
    size,
  );
  const field = { grid, values: scores };
  const outlines = outlinesIn(field, frame);
  const marks: Mark[] = [
    ...filledAreas(field, outlines, [-1, 0, 1], [regionColor(0), paleColor(0), paleColor(1), regionColor(1)], frame),
    ...contourLines([outlines(-1), outlines(1)], frame, margin),
    ...contourLines([outlines(0)], frame, boundary),
  ];
  if (hasSlack)
    marks.push({ kind: "path", d: slackLines(score, points, frame), ...slack, clip: frame.box, series: SLACK_SERIES });
  if (points !== undefined) {
    marks.push(...classMarks(points, 2, frame, 7.8));
    const supported = new Set(Array.from(support));
    const rings = (gap: number) => ringMark({ xs: points.x1, ys: points.x2 }, frame, (i) => supported.has(i), gap);
    if (support.length > 0) marks.push(rings(2.6), rings(5));
  }
  const rings =
    spec.support === undefined
      ? ""
      : ` ${counted(support.length, "support vector has", "support vectors have")} a double ring.`;
  const regions = `Regions of ${classes[0]} and ${classes[1]} over ${spec.xName} and ${spec.yName}`;
  const a11y = fieldA11y({
    title: spec.title,
    sentence: `${regions}, with margins at the scores −1 and +1.${rings}`,
    classes,
    grid,
    points,
    classOf: (cell) => (scores[cell]! >= 0 ? 1 : 0),
  });
  return finish(frame, marks, a11y);
}
