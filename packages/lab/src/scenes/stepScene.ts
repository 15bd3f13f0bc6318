// One update as a picture: the loss along its direction, from the parameters before it to four times its length.

import { lineChart, type Spec } from "@downhill/plots";
import { formatNumber } from "@downhill/plots/format";
import type { Evaluator } from "../training/evaluator.ts";
import type { Update } from "../training/liveRun.ts";
import { isDrawable } from "./drawable.ts";

/** The loss along an update, in multiples of its length. */
export interface Slice {
  readonly at: Float64Array;
  readonly losses: Float64Array;
  /** The multiple with the lowest loss among `at`, between its neighbours by a parabola. */
  readonly lowest: number;
  readonly before: number;
  readonly after: number;
}

const POINTS = 41;
const FEW_POINTS = 9; // where many rows and parameters make each of them slow
const WORK = 4e7; // multiply-adds, over all points
const LENGTHS = 4;

/** Computes the loss along an update; null where it does not move, or its losses are too large to draw. */
export function sliceOf({ from, to }: Update, evaluator: Evaluator): Slice | null {
  if (from.every((value, i) => value === to[i])) return null;
  const points = evaluator.work * POINTS > WORK ? FEW_POINTS : POINTS;
  const at = Float64Array.from({ length: points }, (_, k) => (LENGTHS * k) / (points - 1));
  const params = new Float64Array(from.length);
  const lossAt = (multiple: number): number =>
    evaluator.at(params.map((_, i) => from[i]! + multiple * (to[i]! - from[i]!)));
  const losses = at.map(lossAt);
  if (!losses.every(isDrawable)) return null;
  const best = losses.indexOf(Math.min(...losses));
  let lowest = at[best]!;
  if (best > 0 && best < points - 1) {
    const [left, middle, right] = [losses[best - 1]!, losses[best]!, losses[best + 1]!];
    const bend = left - 2 * middle + right;
    if (bend > 0) lowest += ((left - right) / bend / 2) * (at[1]! - at[0]!);
  }
  return { at, losses, lowest, before: losses[0]!, after: lossAt(1) };
}

/** What the update does, in one sentence. */
export function stepText({ lowest, before, after }: Slice, { isDone, learningRate }: Update): string {
  const subject = isDone ? "The latest update" : "The next update";
  const verb = (done: string, next: string): string => (isDone ? done : next);
  const rate = `learning rate ${formatNumber(learningRate)}`;
  const [first, second] = [formatNumber(before), formatNumber(after)];
  if (after === before) return `${subject} (${rate}) ${verb("left", "will leave")} the loss at ${first}.`;
  const change =
    first === second ? `by ${formatNumber(Math.abs(after - before), 2)} to ${second}` : `from ${first} to ${second}`;
  if (after > before) {
    const why =
      lowest < 0.02 ? "The loss only rises in this direction." : "The lowest point is nearer than the update goes.";
    return `${subject} (${rate}) ${verb("raised", "will raise")} the loss ${change}. ${why}`;
  }
  if (lowest >= LENGTHS - 0.05) {
    return `${subject} (${rate}) ${verb("lowered", "will lower")} the loss ${change}. A step ${LENGTHS} times as long would go lower still.`;
  }
  const length = lowest < 0.995 || lowest > 1.005 ? `${formatNumber(lowest, 2)} times as far` : "just there";
  return `${subject} (${rate}) ${verb("lowered", "will lower")} the loss ${change}. The lowest point in this direction is ${length}.`;
}

/** The spec of the chart. */
export function stepSpec(slice: Slice): Spec {
  const { at, losses, lowest, before, after } = slice;
  const spacing = at[1]! - at[0]!;
  const low = Math.min(...losses);
  return lineChart({
    title: "This step",
    lines: [
      { name: "loss", x: at, y: losses },
      { name: "before the step", x: [0], y: [before] },
      { name: "after the step", x: [1], y: [after] },
      ...(lowest > spacing / 2 && lowest < LENGTHS - spacing / 2
        ? [{ name: "lowest loss", x: [lowest], y: [low] }]
        : []),
    ],
    xName: "Length, in multiples of this step",
    yName: "Loss",
  });
}
