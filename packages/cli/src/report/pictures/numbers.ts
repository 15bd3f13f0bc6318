// Charts that evaluate a model that predicts a number.
import { type PredictionScore, predictedVsActual, residualHistogram, scatterLine } from "@downhill/plots";
import { formatCount } from "@downhill/plots/format";
import { type FittedRegression, rootMeanSquaredError, rSquared, takeColumn } from "downhill";
import type { NumberOutcome } from "../../model/metrics.ts";
import type { NumberedRows } from "../../model/rows.ts";
import { sampleOf } from "../../model/sample.ts";
import type { Picture } from "../figure.ts";

const LINE_POINTS = 200;
const MAX_POINTS = 2000;

/** Predicted against actual values, and the residuals. */
export function numberPictures(outcome: NumberOutcome, name: string, where: string): Picture[] {
  const { prediction, target, remark, score } = drawable(outcome);
  const residual = target.map((value, i) => value - prediction[i]!);
  return [
    {
      spec: predictedVsActual({
        title: `Predicted and actual ${name}, ${where}`,
        actual: target,
        predicted: prediction,
        xName: `actual ${name}`,
        yName: `predicted ${name}`,
        score,
      }),
    },
    {
      spec: scatterLine({
        title: `Residuals, ${where}`,
        x: prediction,
        y: residual,
        line: zeroLine(prediction),
        lineName: "line at zero",
        pointsName: "rows",
        xName: `predicted ${name}`,
        yName: "actual − predicted",
      }),
      remark: [
        remark,
        "A residual is actual − predicted. A pattern in this picture is something that the model has not learnt.",
      ]
        .filter((part) => part !== "")
        .join(" "),
    },
    {
      spec: residualHistogram({
        title: `Distribution of the residuals, ${where}`,
        residuals: outcome.target.map((value, i) => value - outcome.prediction[i]!),
        xName: `actual − predicted ${name}`,
      }),
    },
  ];
}

/** The rows that a chart draws: all, or a random sample (then a remark states this). The score is computed from all rows. */
export function drawable({ prediction, target }: NumberOutcome) {
  const rows = sampleOf(prediction.length, MAX_POINTS);
  const score: PredictionScore = {
    count: prediction.length,
    rootMeanSquaredError: rootMeanSquaredError(prediction, target),
    rSquared: rSquared(prediction, target),
  };
  return {
    prediction: pick(prediction, rows),
    target: pick(target, rows),
    score,
    remark: sampleRemark(rows.length, prediction.length),
  };
}

const pick = (values: Float64Array, rows: Uint32Array): Float64Array => Float64Array.from(rows, (row) => values[row]!);

const sampleRemark = (drawn: number, rows: number): string =>
  drawn === rows ? "" : `The points are a random sample: ${formatCount(drawn)} of the ${formatCount(rows)} rows.`;

/** From the smallest to the largest prediction, at 0. */
function zeroLine(prediction: Float64Array): { x: readonly number[]; y: readonly number[] } {
  const [low, high] = rangeOf(prediction);
  return { x: [low, high], y: [0, 0] };
}

function rangeOf(values: ArrayLike<number>): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]!);
    high = Math.max(high, values[i]!);
  }
  return [low, high];
}

/** With one feature: the rows and the fitted line or curve through them. */
export function fitPicture(fitted: FittedRegression, rows: NumberedRows, name: string): Picture[] {
  const { X } = rows;
  if ("indptr" in X || X.columns !== 1) return [];
  const count = X.rows;
  const drawn = sampleOf(count, MAX_POINTS);
  const x = pick(takeColumn(X, 0), drawn);
  const [low, high] = rangeOf(x);
  if (low === high) return [];
  const along = Float64Array.from({ length: LINE_POINTS }, (_, i) => low + ((high - low) * i) / (LINE_POINTS - 1));
  const y = fitted.predict({ data: along, rows: LINE_POINTS, columns: 1 });
  const xName = X.names?.[0] ?? "x";
  const spec = scatterLine({
    title: `Fit: ${name} by ${xName}`,
    x,
    y: pick(rows.y, drawn),
    line: { x: along, y },
    xName,
    yName: name,
    pointsName: "training rows",
    lineName: "prediction",
  });
  const remark = sampleRemark(drawn.length, count);
  return [{ spec, full: true, ...(remark === "" ? {} : { remark }) }];
}
