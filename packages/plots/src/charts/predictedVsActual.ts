// Predictions of a regression against the truth: a perfect model puts every point on the line y = x.

import { requireFinite, requireLength } from "../base/check.ts";
import { extentOf, padded, say } from "../base/numbers.ts";
import { ink, paper, seriesColor } from "../base/palette.ts";
import { openPath, type Point } from "../base/path.ts";
import { finish, frameOf } from "../scene/frame.ts";
import { positions, radiusFor } from "../scene/markers.ts";
import type { Input, LegendItem, Mark, Scene, Size, Words } from "../scene/scene.ts";

export interface PredictedVsActual extends Words {
  readonly kind: "predictedVsActual";
  readonly actual: ArrayLike<number>;
  readonly predicted: ArrayLike<number>;
  /** Whether a stick joins each point to the line: its residual. */
  readonly residuals: boolean;
  readonly xName: string;
  readonly yName: string;
}

/**
 * Predicted against actual values.
 *
 * @throws RangeError when lengths differ or a value is not finite
 */
export function predictedVsActual({
  residuals = false,
  xName = "actual",
  yName = "predicted",
  ...rest
}: Input<PredictedVsActual, "residuals" | "xName" | "yName">): PredictedVsActual {
  requireFinite("predictedVsActual", "actual", rest.actual);
  requireFinite("predictedVsActual", "predicted", rest.predicted);
  requireLength("predictedVsActual", "predicted", rest.predicted, rest.actual.length, "actual");
  return { kind: "predictedVsActual", residuals, xName, yName, ...rest };
}

export function layoutPredictedVsActual(spec: PredictedVsActual, size: Size): Scene {
  const { actual, predicted } = spec;
  const domain = padded(extentOf(actual, predicted)!, 0.04);
  const axis = (name: string) => ({ name, scale: "linear", domain }) as const;
  const legend: LegendItem[] = [
    { name: "examples", key: { marker: { shape: "circle", fill: seriesColor(0) } } },
    { name: "predicted = actual", key: { line: { stroke: ink, width: 1.5, dash: [6, 3] } } },
  ];
  if (spec.residuals) legend.push({ name: "residual", key: { line: { stroke: seriesColor(1), width: 1, dash: [] } } });
  const frame = frameOf({ words: spec, x: axis(spec.xName), y: axis(spec.yName), legend, square: true }, size);
  const marks: Mark[] = [];
  if (spec.residuals) {
    const at = positions(actual, predicted, frame);
    const flat = positions(actual, actual, frame);
    const sticks = spec.residuals && actual.length <= 2000 ? at.xs : [];
    const d = sticks
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
    caption: `${say(actual.length)} predictions; ${score(actual, predicted)}.`,
    series: [{ name: "examples", count: actual.length }],
    table: {
      columns: [spec.xName, spec.yName, "residual"],
      rows: Array.from({ length: shown }, (_, i) => [actual[i]!, predicted[i]!, actual[i]! - predicted[i]!]),
      ...(shown < actual.length ? { note: `The first ${shown} of ${say(actual.length)} examples.` } : {}),
    },
  });
}

/** Root mean squared error and R², in words. */
function score(actual: ArrayLike<number>, predicted: ArrayLike<number>): string {
  const n = actual.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += actual[i]! / n;
  let [errors, spread] = [0, 0];
  for (let i = 0; i < n; i++) {
    errors += (actual[i]! - predicted[i]!) ** 2;
    spread += (actual[i]! - mean) ** 2;
  }
  const share = spread > 0 ? `, R² ${say(1 - errors / spread, 3)}` : "";
  return `root mean squared error ${say(Math.sqrt(errors / n), 3)}${share}`;
}
