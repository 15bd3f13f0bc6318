// What is drawn over a field to explain it: lines, and the direction of the weights of a linear score.

import { ink, paper } from "../color/theme.ts";
import { requireFinite, requireTexts } from "../data/check.ts";
import type { ClassPoints } from "../data/field.ts";
import { clipLine, closedPath, openPath, type Point } from "../geometry/path.ts";
import type { Plot } from "../layout/frame.ts";
import type { LegendItem, Mark } from "../scene/scene.ts";

/** Lines over a field, such as those at which hidden units bend. */
export interface Guides {
  /** Name in the legend. */
  readonly name: string;
  /** The points of each line, finite; nothing is drawn outside of the plot. */
  readonly lines: readonly (readonly (readonly [number, number])[])[];
}

/** Throws unless the guides have a name and finite points. */
export function checkGuides(functionName: string, guides: Guides | undefined): void {
  if (guides === undefined) return;
  requireTexts(functionName, { "guides.name": guides.name ?? null });
  for (const [i, line] of guides.lines.entries()) requireFinite(functionName, { [`guides.lines[${i}]`]: line.flat() });
}

const style = { stroke: ink, width: 1, dash: [2, 3] } as const;

/** The lines as one mark; none without guides. */
export function guideMarks(guides: Guides | undefined, { x, y, box }: Plot, series: number): Mark[] {
  if (guides === undefined) return [];
  const d = guides.lines.map((line) => openPath(line.map(([a, b]): Point => [x(a), y(b)]))).join("");
  return [
    { kind: "path", d, stroke: paper, width: 3, opacity: 0.5, clip: box, series },
    { kind: "path", d, ...style, clip: box, series },
  ];
}

/** The entry of the guides; none without lines. */
export const guideItems = (guides: Guides | undefined, series: number): LegendItem[] =>
  guides === undefined || guides.lines.length === 0 ? [] : [{ name: guides.name, key: { line: style }, series }];

/** A linear score of both variables: weights₁ · x₁ + weights₂ · x₂ + intercept. */
export interface LinearScore {
  readonly weights: readonly [number, number];
  readonly intercept: number;
}

/** Throws unless the numbers of the score are finite. */
export function checkScore(functionName: string, score: LinearScore | undefined): void {
  if (score !== undefined)
    requireFinite(functionName, { "score.weights": score.weights, "score.intercept": [score.intercept] });
}

/** The slope of a score over pixels: it is a linear function of them too, whose slope is at a right angle to its lines as they are drawn. */
function slopeOver({ weights }: LinearScore, plot: Plot): Point {
  const unit = (scale: (value: number) => number): number => 1 / (scale(1) - scale(0));
  return [weights[0] * unit(plot.x), weights[1] * unit(plot.y)];
}

/** How far a point is on the wrong side of the margin of its class, as a part of its score: 1 − y f, where y is −1 or 1. */
export function slackOf({ weights, intercept }: LinearScore, { x1, x2, labels }: ClassPoints, i: number): number {
  return 1 - (labels[i]! > 0 ? 1 : -1) * (weights[0] * x1[i]! + weights[1] * x2[i]! + intercept);
}

/** A line from each point that is on the wrong side of the margin of its class to this margin, as path data. */
export function slackLines(score: LinearScore, points: ClassPoints, plot: Plot): string {
  const [across, up] = slopeOver(score, plot);
  const square = across * across + up * up;
  return Array.from(points.labels, (label, i) => {
    const share = ((label > 0 ? 1 : -1) * slackOf(score, points, i)) / square;
    const [x, y] = [plot.x(points.x1[i]!), plot.y(points.x2[i]!)];
    const to: Point = [x + share * across, y + share * up];
    return slackOf(score, points, i) > 0 && to.every((at) => Math.abs(at) < FAR) ? openPath([[x, y], to]) : "";
  }).join("");
}

const FAR = 1e6; // a margin that is so far away is not drawn [px]
const LENGTH = 44; // of the arrow [px]
const HEAD = 9;

/**
 * An arrow from the line on which a linear score has a value, at a right angle to it, towards higher scores. It begins in the middle of
 * the part of the line that is in the plot; none where there is no such part.
 */
export function weightArrow(score: LinearScore, at: number, plot: Plot, series: number): Mark[] {
  const { box } = plot;
  const [across, up] = slopeOver(score, plot);
  const length = Math.hypot(across, up);
  const [ux, uy] = [across / length, up / length];
  const [cx, cy] = [box.x + box.width / 2, box.y + box.height / 2];
  const middle = score.intercept + across * (cx - plot.x(0)) + up * (cy - plot.y(0));
  const distance = (at - middle) / length;
  const far = box.width + box.height;
  if (!(Math.abs(distance) < far)) return []; // also without weights
  const onLine = (along: number): Point => [cx + distance * ux - along * uy, cy + distance * uy + along * ux];
  const [part] = clipLine([onLine(-far), onLine(far)], [box.x, box.y], [box.x + box.width, box.y + box.height]);
  if (part === undefined) return [];
  const [[x0, y0], [x1, y1]] = [part[0]!, part.at(-1)!];
  const [fromX, fromY] = [(x0 + x1) / 2, (y0 + y1) / 2];
  const place = (forward: number, side: number): Point => [
    fromX + forward * ux - side * uy,
    fromY + forward * uy + side * ux,
  ];
  const shaft = openPath([place(0, 0), place(LENGTH - HEAD, 0)]);
  const head = closedPath([place(LENGTH, 0), place(LENGTH - HEAD, HEAD / 2), place(LENGTH - HEAD, -HEAD / 2)], 0);
  return [
    { kind: "path", d: shaft, stroke: paper, width: 5, opacity: 0.7, clip: box, series },
    { kind: "path", d: shaft, stroke: ink, width: 2.25, clip: box, series },
    { kind: "path", d: head, fill: ink, stroke: paper, width: 0.8, clip: box, series },
  ];
}

/** The entry of the arrow. */
export const weightItem = (series: number): LegendItem => ({
  name: "weights",
  key: { line: { stroke: ink, width: 2.25, dash: [] }, marker: { shape: "triangle", fill: ink } },
  series,
});
