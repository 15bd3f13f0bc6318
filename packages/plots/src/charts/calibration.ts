// The calibration of predicted probabilities: in each bin, the share of positive rows against the mean probability.

import { fail, requireLength, requireShares, requireTexts } from "../data/check.ts";
import type { Point } from "../geometry/path.ts";
import { finish, frameOf } from "../layout/frame.ts";
import { checkCurves, curveItems, curveMarks, referenceLine } from "../marks/curves.ts";
import type { LegendItem, Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, squareSize, textOf } from "../scene/spec.ts";
import { firstRows } from "../scene/tableRows.ts";
import { formatNumber } from "../text/format.ts";

/** The bins of one classifier, as `calibrationCurve` of `downhill` returns them. */
export interface CalibrationLine {
  readonly name: string;
  /** Mean predicted probability of each bin, from 0 to 1. */
  readonly predicted: ArrayLike<number>;
  /** Share of the rows of each bin that are positive, from 0 to 1. */
  readonly observed: ArrayLike<number>;
  /** Number of rows in each bin, for the table and for the mean distance. Default: the same for all bins. */
  readonly counts?: ArrayLike<number>;
}

/** The spec of `calibration`. */
export interface Calibration extends Spec {
  readonly kind: "calibration";
  /** The curves, at least one. */
  readonly curves: readonly CalibrationLine[];
  /** Name of the horizontal axis. Default: "Predicted probability". */
  readonly xName: string;
  /** Name of the vertical axis. Default: "Observed share". */
  readonly yName: string;
}

/**
 * Observed share against predicted probability. The points of a calibrated classifier are on the diagonal. Points below it
 * mean that the probabilities are too high, points above it that they are too low.
 *
 * @throws RangeError when there is no curve, lengths differ, a probability or share is not from 0 to 1, or a count is below 0
 *
 * @example
 * ```ts
 * import { calibration, draw } from "@downhill/plots";
 *
 * const curves = [{ name: "test rows", predicted: [0.1, 0.5, 0.9], observed: [0.05, 0.55, 0.95] }];
 * const svg = draw(calibration({ title: "Calibration", curves }));
 * ```
 */
export function calibration({
  xName = "Predicted probability",
  yName = "Observed share",
  ...rest
}: Input<Calibration, "xName" | "yName">): Calibration {
  const functionName = "calibration";
  requireTexts(functionName, { xName, yName, ...textOf(rest) });
  const { curves } = rest;
  checkCurves(
    functionName,
    "curves",
    curves.map(({ name, predicted, observed }) => ({ name, x: predicted, y: observed })),
  );
  for (const [i, curve] of curves.entries()) {
    requireShares(functionName, { [`curves[${i}].predicted`]: curve.predicted }, "Pass probabilities.");
    requireShares(functionName, { [`curves[${i}].observed`]: curve.observed }, "Divide the positive rows by the rows.");
    if (curve.counts === undefined) continue;
    requireLength(
      functionName,
      { [`curves[${i}].counts`]: curve.counts },
      { [`curves[${i}].predicted`]: curve.predicted.length },
    );
    const wrong = Array.from(curve.counts).find((count) => !(count >= 0 && count < Infinity));
    if (wrong !== undefined)
      fail(functionName, `curves[${i}].counts must be at least 0, got ${wrong}. Pass numbers of rows.`);
  }
  return { ...rest, xName, yName, kind: "calibration", [drawing]: { defaultSize: squareSize, layout } };
}

/** Mean distance between the observed share and the predicted probability, over the rows. */
function meanDeviation({ predicted, observed, counts }: CalibrationLine): number {
  let [sum, total] = [0, 0];
  for (let i = 0; i < predicted.length; i++) {
    const weight = counts?.[i] ?? 1;
    sum += weight * Math.abs(observed[i]! - predicted[i]!);
    total += weight;
  }
  return total === 0 ? Number.NaN : sum / total;
}

function layout(spec: Calibration, size: Size): Scene {
  const { curves, xName, yName } = spec;
  const perfect: LegendItem = { name: "perfectly calibrated", key: { line: referenceLine } };
  const frame = frameOf(
    {
      text: spec,
      x: { name: xName, scale: "linear", domain: [0, 1] },
      y: { name: yName, scale: "linear", domain: [0, 1] },
      legend: [...curveItems(curves.map(({ name }) => name)), perfect],
      square: true,
    },
    size,
  );
  const corner = (at: number): Point => [frame.x(at), frame.y(at)];
  const diagonal: Mark = { kind: "rule", from: corner(0), to: corner(1), ...referenceLine };
  const marks = curves.flatMap(({ predicted, observed }, i) => curveMarks({ x: predicted, y: observed }, i, frame));
  const list = curves.map((curve) => `${curve.name} ${formatNumber(meanDeviation(curve))}`).join(", ");
  const bins = curves.flatMap(({ name, predicted, observed, counts }) =>
    Array.from(predicted, (p, i) => [name, p, observed[i]!, counts?.[i] ?? "–"] as const),
  );
  return finish(frame, [diagonal, ...marks], {
    title: spec.title,
    caption: `Mean distance between the observed share and the predicted probability: ${list}.`,
    series: curves.map(({ name, predicted }) => ({ name, count: predicted.length })),
    table: firstRows(["Curve", xName, yName, "Rows"], bins.length, (i) => bins[i]!),
  });
}
