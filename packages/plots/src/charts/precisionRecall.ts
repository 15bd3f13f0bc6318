// Precision against recall over all thresholds, with the precision of random guessing and the average precision of each curve.

import { fail, requireShares, requireTexts } from "../data/check.ts";
import { finish, frameOf } from "../layout/frame.ts";
import { checkCurves, chosenPoint, curveItems, curveLine, pointSentence, referenceLine } from "../marks/curves.ts";
import type { LegendItem, Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, squareSize, textOf } from "../scene/spec.ts";
import { formatCount, formatNumber } from "../text/format.ts";

/** The curve of one classifier, by rising recall from 0 to 1, as `precisionRecallCurve` of `downhill` returns it. */
export interface PrecisionRecallLine {
  readonly name: string;
  /** Precision at each threshold, from 0 to 1. */
  readonly precision: ArrayLike<number>;
  /** Recall at each threshold, from 0 to 1, never falling, one for each threshold. */
  readonly recall: ArrayLike<number>;
}

/** The spec of `precisionRecall`. */
export interface PrecisionRecall extends Spec {
  readonly kind: "precisionRecall";
  /** The curves, at least one. */
  readonly curves: readonly PrecisionRecallLine[];
  /** Share of positive rows, from 0 to 1: the precision of random guessing, drawn as a line. Default: no line. */
  readonly positiveShare?: number;
  /** The point of the chosen threshold, as recall and precision from 0 to 1; it gets a ring. Default: none. */
  readonly point?: readonly [x: number, y: number];
  /** Name of the horizontal axis. Default: "Recall". */
  readonly xName: string;
  /** Name of the vertical axis. Default: "Precision". */
  readonly yName: string;
}

/**
 * Precision against recall of one or several classifiers. Between two thresholds the curve is a step with the precision of
 * the higher recall, so that the area under it is the average precision Σ (recallₖ − recallₖ₋₁) · precisionₖ.
 *
 * @throws RangeError when lengths differ, a number is not from 0 to 1, or the recall does not rise from 0 to 1
 *
 * @example
 * ```ts
 * import { draw, precisionRecall } from "@downhill/plots";
 *
 * const curves = [{ name: "test rows", recall: [0, 0.5, 1], precision: [1, 1, 0.6] }];
 * const svg = draw(precisionRecall({ title: "Precision and recall", curves, positiveShare: 0.4 }));
 * ```
 */
export function precisionRecall({
  xName = "Recall",
  yName = "Precision",
  ...rest
}: Input<PrecisionRecall, "xName" | "yName">): PrecisionRecall {
  const functionName = "precisionRecall";
  requireTexts(functionName, { xName, yName, ...textOf(rest) });
  const { curves, positiveShare } = rest;
  checkCurves(
    functionName,
    "curves",
    curves.map(({ name, recall, precision }) => ({ name, x: recall, y: precision })),
  );
  for (const [i, curve] of curves.entries()) {
    requireShares(functionName, { [`curves[${i}].recall`]: curve.recall });
    requireShares(functionName, { [`curves[${i}].precision`]: curve.precision });
    const { recall } = curve;
    const [first, last] = [recall[0]!, recall[recall.length - 1]!];
    if (first !== 0 || last !== 1 || Array.from(recall).some((value, k) => k > 0 && value < recall[k - 1]!)) {
      fail(
        functionName,
        `curves[${i}].recall must rise from 0 to 1, got ${first} to ${last}. Sort the points by falling threshold.`,
      );
    }
  }
  if (positiveShare !== undefined) {
    requireShares(functionName, { positiveShare }, "Divide the positive rows by all rows.");
  }
  if (rest.point !== undefined) requireShares(functionName, { point: rest.point });
  return { ...rest, xName, yName, kind: "precisionRecall", [drawing]: { defaultSize: squareSize, layout } };
}

/** Σ (recallₖ − recallₖ₋₁) · precisionₖ. */
function averagePrecision({ recall, precision }: PrecisionRecallLine): number {
  let sum = 0;
  for (let k = 1; k < recall.length; k++) sum += (recall[k]! - recall[k - 1]!) * precision[k]!;
  return sum;
}

/** The corners of the steps. */
function steps({ recall, precision }: PrecisionRecallLine): { x: number[]; y: number[] } {
  const corners = { x: [recall[0]!], y: [precision[Math.min(1, precision.length - 1)]!] };
  for (let k = 1; k < recall.length; k++) {
    corners.x.push(recall[k - 1]!, recall[k]!);
    corners.y.push(precision[k]!, precision[k]!);
  }
  return corners;
}

function layout(spec: PrecisionRecall, size: Size): Scene {
  const { curves, positiveShare } = spec;
  const averages = curves.map(averagePrecision);
  const guessing: LegendItem[] =
    positiveShare === undefined
      ? []
      : [{ name: `random guessing (${formatNumber(positiveShare)})`, key: { line: referenceLine } }];
  const names = curves.map(({ name }, i) => `${name} (average precision ${formatNumber(averages[i]!)})`);
  const frame = frameOf(
    {
      text: spec,
      x: { name: spec.xName, scale: "linear", domain: [0, 1] },
      y: { name: spec.yName, scale: "linear", domain: [0, 1] },
      legend: [...curveItems(names), ...guessing],
      square: true,
    },
    size,
  );
  const marks: Mark[] = [];
  if (positiveShare !== undefined) {
    const y = frame.y(positiveShare);
    marks.push({ kind: "rule", from: [frame.x(0), y], to: [frame.x(1), y], ...referenceLine });
  }
  for (const [i, curve] of curves.entries()) marks.push(...curveLine(steps(curve), i, frame));
  marks.push(...chosenPoint(spec.point, frame));
  const list = curves.map(({ name }, i) => `${name} ${formatNumber(averages[i]!)}`).join(", ");
  const share = positiveShare === undefined ? "" : ` Random guessing has ${formatNumber(positiveShare)}.`;
  return finish(frame, marks, {
    title: spec.title,
    caption: `Average precision: ${list}.${share}${pointSentence(spec)}`,
    series: curves.map(({ name, recall }) => ({ name, count: recall.length })),
    table: {
      columns: ["Curve", "Points", "Average precision"],
      rows: curves.map(({ name, recall }, i) => [name, formatCount(recall.length), averages[i]!]),
    },
  });
}
