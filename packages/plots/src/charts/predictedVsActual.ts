// Predictions of a regression against the true values: a perfect model puts every point on the line y = x.

import { seriesColor } from "../color/series.ts";
import { ink } from "../color/theme.ts";
import { fail, requireFinite, requireLength, requireTexts } from "../data/check.ts";
import { extentOf, padded } from "../data/range.ts";
import { openPath } from "../geometry/path.ts";
import { finish, frameOf } from "../layout/frame.ts";
import { circles, positions } from "../marks/markers.ts";
import type { LegendItem, Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, squareSize, textOf, withRemark } from "../scene/spec.ts";
import { counted, formatCount, formatNumber } from "../text/format.ts";

/** How good a regression is on all rows, where the points of the chart are a sample of them. */
export interface PredictionScore {
  /** Number of all rows, at least the number of points. */
  readonly count: number;
  /** Root mean squared error, in units of the target. */
  readonly rootMeanSquaredError: number;
  /** R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)²; NaN where all targets are equal. */
  readonly rSquared: number;
}

/** The spec of `predictedVsActual`. */
export interface PredictedVsActual extends Spec {
  readonly kind: "predictedVsActual";
  /** True values, finite; at least one. */
  readonly actual: ArrayLike<number>;
  /** Predicted values, finite, one for each actual value. */
  readonly predicted: ArrayLike<number>;
  /**
   * Whether a vertical line joins each point to the line y = x: its error. Above 2,000 points none is drawn, and a
   * remark states this. Default: false.
   */
  readonly residuals: boolean;
  /** The score of all rows, where the points are a sample of them. Default: the score of the points. */
  readonly score?: PredictionScore;
  /** Name of the horizontal axis. Default: "actual". */
  readonly xName: string;
  /** Name of the vertical axis. Default: "predicted". */
  readonly yName: string;
}

/**
 * Predicted against actual values, with root mean squared error and R².
 *
 * @throws RangeError when there is no value, when lengths differ, when a value is not finite, or when `score` counts fewer
 *   rows than there are points
 *
 * @example
 * ```ts
 * import { draw, predictedVsActual } from "@downhill/plots";
 *
 * const svg = draw(
 *   predictedVsActual({ title: "Prices", actual: [1, 2, 3], predicted: [1.1, 1.8, 3.2], residuals: true }),
 * );
 * ```
 */
export function predictedVsActual({
  residuals = false,
  xName = "actual",
  yName = "predicted",
  ...rest
}: Input<PredictedVsActual, "residuals" | "xName" | "yName">): PredictedVsActual {
  requireTexts("predictedVsActual", { xName, yName, ...textOf(rest) });
  requireFinite("predictedVsActual", { actual: rest.actual, predicted: rest.predicted });
  requireLength("predictedVsActual", { predicted: rest.predicted }, { actual: rest.actual.length });
  if (rest.score !== undefined) checkScore(rest.score, rest.actual.length);
  return {
    ...rest,
    residuals,
    xName,
    yName,
    kind: "predictedVsActual",
    [drawing]: { defaultSize: squareSize, layout },
  };
}

function checkScore({ count, rootMeanSquaredError, rSquared }: PredictionScore, points: number): void {
  const advice = "Pass the score of all rows, or leave it out.";
  if (!Number.isInteger(count) || count < points)
    fail(
      "predictedVsActual",
      `score.count must be a whole number and at least the number of points (${points}), got ${count}. ${advice}`,
    );
  if (!(rootMeanSquaredError >= 0))
    fail("predictedVsActual", `score.rootMeanSquaredError must be at least 0, got ${rootMeanSquaredError}. ${advice}`);
  if (!(rSquared <= 1 || Number.isNaN(rSquared)))
    fail("predictedVsActual", `score.rSquared must be at most 1, or NaN, got ${rSquared}. ${advice}`);
}

/** The errors of more points would cover the plot. */
const maxResiduals = 2000;
/** Free space around the points as a share of each axis. */
const padding = 0.04;
/** The table has this number of rows at most. */
const maxRows = 200;
const diagonal = { stroke: ink, width: 1.5, dash: [6, 3] } as const;

function layout(spec: PredictedVsActual, size: Size): Scene {
  const { actual, predicted } = spec;
  const hasResiduals = spec.residuals && actual.length <= maxResiduals;
  const remark =
    spec.residuals && !hasResiduals
      ? `The chart shows no errors because there are more than ${formatCount(maxResiduals)} points.`
      : "";
  const domain = padded(extentOf(actual, predicted)!, padding);
  const axis = (name: string) => ({ name, scale: "linear", domain }) as const;
  const legend: LegendItem[] = [
    { name: "rows", key: { marker: { shape: "circle", fill: seriesColor(0) } }, series: 0 },
    { name: "predicted = actual", key: { line: diagonal } },
  ];
  if (hasResiduals)
    legend.push({ name: "errors", key: { line: { stroke: seriesColor(1), width: 1, dash: [] } }, series: 1 });
  const frame = frameOf(
    { text: withRemark(spec, remark), x: axis(spec.xName), y: axis(spec.yName), legend, square: true },
    size,
  );
  const points = { xs: actual, ys: predicted };
  const marks: Mark[] = [];
  if (hasResiduals) {
    const { xs, ys } = positions(points, frame);
    const ends = positions({ xs: actual, ys: actual }, frame).ys;
    const lines = xs.map((x, i) =>
      openPath([
        [x, ys[i]!],
        [x, ends[i]!],
      ]),
    );
    marks.push({ kind: "path", d: lines.join(""), stroke: seriesColor(1), width: 1, opacity: 0.7, series: 1 });
  }
  const [low, high] = domain;
  marks.push({ kind: "rule", from: [frame.x(low), frame.y(low)], to: [frame.x(high), frame.y(high)], ...diagonal });
  marks.push(circles(points, frame, { color: seriesColor(0), series: 0, opacity: 0.8 }));
  const rows = Math.min(maxRows, actual.length);
  return finish(frame, marks, {
    title: spec.title,
    caption: [sentence(spec), remark].filter((part) => part !== "").join(" "),
    series: [{ name: "rows", count: actual.length }],
    table: {
      columns: [spec.xName, spec.yName, "error"],
      rows: Array.from({ length: rows }, (_, i) => [actual[i]!, predicted[i]!, actual[i]! - predicted[i]!]),
      ...(rows < actual.length ? { note: `The first ${rows} of ${formatCount(actual.length)} rows.` } : {}),
    },
  });
}

/** The score in words; the words state whether the points are a sample. */
function sentence({ actual, predicted, score = scoreOf(actual, predicted) }: PredictedVsActual): string {
  const { count, rootMeanSquaredError, rSquared } = score;
  const share = Number.isNaN(rSquared) ? "" : `, R² ${formatNumber(rSquared)}`;
  const errors = `root mean squared error ${formatNumber(rootMeanSquaredError)}${share}`;
  return count === actual.length
    ? `${counted(count, "prediction")}: ${errors}.`
    : `The picture shows ${formatCount(actual.length)} of ${counted(count, "prediction")}. All predictions: ${errors}.`;
}

function scoreOf(actual: ArrayLike<number>, predicted: ArrayLike<number>): PredictionScore {
  const count = actual.length;
  let mean = 0;
  for (let i = 0; i < count; i++) mean += actual[i]! / count;
  let [errors, spread] = [0, 0];
  for (let i = 0; i < count; i++) {
    errors += (actual[i]! - predicted[i]!) ** 2;
    spread += (actual[i]! - mean) ** 2;
  }
  const rSquared = spread > 0 ? 1 - errors / spread : Number.NaN;
  return { count, rootMeanSquaredError: Math.sqrt(errors / count), rSquared };
}
