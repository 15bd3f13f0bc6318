// Predictions of a regression against the truth: a perfect model puts every point on the line y = x.

import { seriesColor } from "../color/series.ts";
import { ink, paper } from "../color/theme.ts";
import { fail, requireFinite, requireLength, requireTexts } from "../data/check.ts";
import { extentOf, padded } from "../data/range.ts";
import { openPath, type Point } from "../geometry/path.ts";
import { finish, frameOf } from "../layout/frame.ts";
import { positions, radiusFor } from "../marks/markers.ts";
import type { LegendItem, Mark, Scene, Size } from "../scene/scene.ts";
import { type ChartText, drawing, type Input, type Spec, squareSize, textOf } from "../scene/spec.ts";
import { formatCount, formatNumber } from "../text/format.ts";

/** How well a regression does, over more examples than a chart can show. */
export interface PredictionScore {
  /** Number of examples, at least as many as the points of the chart. */
  readonly count: number;
  /** Root mean squared error, in units of the target. */
  readonly rootMeanSquaredError: number;
  /** R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)²; NaN where the targets are all equal. */
  readonly rSquared: number;
}

export interface PredictedVsActual extends Spec {
  readonly kind: "predictedVsActual";
  readonly actual: ArrayLike<number>;
  readonly predicted: ArrayLike<number>;
  /** Whether a stick joins each point to the line: its residual. Above 2,000 points none is drawn, and the caption says so. */
  readonly residuals: boolean;
  /** Score of all examples, where the points are a sample of them. Left out: the score of the points, which are all. */
  readonly score?: PredictionScore;
  readonly xName: string;
  readonly yName: string;
}

/**
 * Predicted against actual values.
 *
 * @throws RangeError when lengths differ, a value is not finite, or `score` is of fewer examples than there are points
 */
export function predictedVsActual({
  residuals = false,
  xName = "actual",
  yName = "predicted",
  ...rest
}: Input<PredictedVsActual, "residuals" | "xName" | "yName">): PredictedVsActual {
  requireTexts("predictedVsActual", { xName, yName, ...textOf(rest) });
  requireFinite("predictedVsActual", "actual", rest.actual);
  requireFinite("predictedVsActual", "predicted", rest.predicted);
  requireLength("predictedVsActual", "predicted", rest.predicted, rest.actual.length, "actual");
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
  const advice = "Pass the score of all examples, or leave it out.";
  if (!Number.isInteger(count) || count < points)
    fail("predictedVsActual", "score.count", `be a whole number from ${points}, the number of points`, count, advice);
  if (!(rootMeanSquaredError >= 0))
    fail("predictedVsActual", "score.rootMeanSquaredError", "be 0 or larger", rootMeanSquaredError, advice);
  if (!(rSquared <= 1 || Number.isNaN(rSquared)))
    fail("predictedVsActual", "score.rSquared", "be 1 at most, or NaN", rSquared, advice);
}

const maxResiduals = 2000;

function layout(spec: PredictedVsActual, size: Size): Scene {
  const { actual, predicted } = spec;
  const sticks = spec.residuals && actual.length <= maxResiduals;
  const tooMany =
    spec.residuals && !sticks ? `Residuals are not drawn for more than ${formatCount(maxResiduals)} points.` : "";
  const domain = padded(extentOf(actual, predicted)!, 0.04);
  const axis = (name: string) => ({ name, scale: "linear", domain }) as const;
  const legend: LegendItem[] = [
    { name: "examples", key: { marker: { shape: "circle", fill: seriesColor(0) } } },
    { name: "predicted = actual", key: { line: { stroke: ink, width: 1.5, dash: [6, 3] } } },
  ];
  if (sticks) legend.push({ name: "residual", key: { line: { stroke: seriesColor(1), width: 1, dash: [] } } });
  const frame = frameOf(
    { words: withRemark(spec, tooMany), x: axis(spec.xName), y: axis(spec.yName), legend, square: true },
    size,
  );
  const marks: Mark[] = [];
  if (sticks) {
    const at = positions(actual, predicted, frame);
    const flat = positions(actual, actual, frame);
    const d = at.xs
      .map((x, i) =>
        openPath([
          [x, at.ys[i]!],
          [x, flat.ys[i]!],
        ]),
      )
      .join("");
    marks.push({ kind: "path", d, stroke: seriesColor(1), width: 1, opacity: 0.7, series: 1 });
  }
  const corner = (at: number): Point => [frame.x(at), frame.y(at)];
  marks.push({ kind: "rule", from: corner(domain[0]), to: corner(domain[1]), stroke: ink, width: 1.5, dash: [6, 3] });
  marks.push({
    kind: "points",
    shape: "circle",
    ...positions(actual, predicted, frame),
    radius: radiusFor(actual.length),
    fill: seriesColor(0),
    stroke: paper,
    width: 0.8,
    opacity: 0.8,
    series: 0,
  });
  const shown = Math.min(200, actual.length);
  return finish(frame, marks, {
    title: spec.title,
    caption: [sentence(spec), tooMany].filter((part) => part !== "").join(" "),
    series: [{ name: "examples", count: actual.length }],
    table: {
      columns: [spec.xName, spec.yName, "residual"],
      rows: Array.from({ length: shown }, (_, i) => [actual[i]!, predicted[i]!, actual[i]! - predicted[i]!]),
      ...(shown < actual.length ? { note: `The first ${shown} of ${formatCount(actual.length)} examples.` } : {}),
    },
  });
}

/** The words, with a remark before the caption. */
function withRemark(spec: PredictedVsActual, remark: string): ChartText {
  if (remark === "") return spec;
  return { ...spec, caption: spec.caption === undefined ? remark : `${remark} ${spec.caption}` };
}

/** How many predictions there are, and how good they are. */
function sentence({ actual, predicted, score = scoreOf(actual, predicted) }: PredictedVsActual): string {
  const { count, rootMeanSquaredError, rSquared } = score;
  const share = Number.isNaN(rSquared) ? "" : `, R² ${formatNumber(rSquared)}`;
  const drawn = count === actual.length ? "" : `, of which ${formatCount(actual.length)} are drawn`;
  return `${formatCount(count)} predictions${drawn}; root mean squared error ${formatNumber(rootMeanSquaredError)}${share}.`;
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
