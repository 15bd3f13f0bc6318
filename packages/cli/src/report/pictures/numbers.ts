// Pictures of a model that predicts a number.
import { predictedVsActual, scatterLine } from "@downhill/plots";
import type { FittedRegression } from "downhill";
import type { NumberedRows } from "../../model/part.ts";
import type { NumberOutcome } from "../../model/scores.ts";
import { grouped } from "../../say.ts";
import type { Picture } from "../figure.ts";

const LINE_POINTS = 200;
const MOST_POINTS = 2000;

/** Predicted against actual values, and what is left of them. */
export function numberPictures(outcome: NumberOutcome, name: string, where: string): Picture[] {
  const { prediction, target, remark } = drawable(outcome);
  const residual = target.map((value, i) => value - prediction[i]!);
  return [
    {
      spec: predictedVsActual({
        title: `Predicted and actual ${name}, ${where}`,
        actual: target,
        predicted: prediction,
        xName: `actual ${name}`,
        yName: `predicted ${name}`,
      }),
      ...(remark === "" ? {} : { remark }),
    },
    {
      spec: scatterLine({
        title: `What is left: residuals, ${where}`,
        x: prediction,
        y: residual,
        line: zeroLine(prediction),
        lineName: "line at zero",
        pointsName: "rows",
        xName: `predicted ${name}`,
        yName: "actual − predicted",
      }),
      remark: "A pattern here is something the model has missed.",
    },
  ];
}

/** As many rows as can be told apart; the remark says how many when that is not all. */
export function drawable({ prediction, target }: NumberOutcome) {
  const rows = prediction.length;
  if (rows <= MOST_POINTS) return { prediction, target, remark: "" };
  return {
    prediction: prediction.subarray(0, MOST_POINTS),
    target: target.subarray(0, MOST_POINTS),
    remark: `Drawn and counted here: ${grouped(MOST_POINTS)} of ${grouped(rows)} rows.`,
  };
}

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
  if (rows.X.columns !== 1) return [];
  const { data, rows: count } = rows.X;
  const x = data.subarray(0, MOST_POINTS);
  const [low, high] = rangeOf(x);
  if (low === high) return [];
  const along = Float64Array.from({ length: LINE_POINTS }, (_, i) => low + ((high - low) * i) / (LINE_POINTS - 1));
  const y = fitted.predict({ data: along, rows: LINE_POINTS, columns: 1 });
  const xName = rows.X.names?.[0] ?? "x";
  const spec = scatterLine({
    title: `The fit: ${name} by ${xName}`,
    x,
    y: rows.y.subarray(0, MOST_POINTS),
    line: { x: along, y },
    xName,
    yName: name,
    pointsName: "training rows",
    lineName: "prediction",
  });
  const remark =
    count > MOST_POINTS ? { remark: `Drawn here: ${grouped(MOST_POINTS)} of ${grouped(count)} rows.` } : {};
  return [{ spec, full: true, ...remark }];
}
