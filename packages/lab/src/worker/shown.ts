// What the charts of the page show of a run, and the sentences under them.

import type { Spec } from "@downhill/plots";
import { formatNumber, formatPercent } from "@downhill/plots/format";
import type { FittedClassifier } from "downhill";
import type { RunLosses } from "../scenes/lossScene.ts";
import { type Cells, modelSpec, type Picture } from "../scenes/modelScene.ts";
import { ratingSpec } from "../scenes/ratingScene.ts";
import type { Update } from "../scenes/stepScene.ts";
import type { LabRun } from "../state/labRun.ts";
import type { LabState } from "../state/labState.ts";
import { targetOf } from "../state/tableColumns.ts";
import type { FittedAt } from "../training/fittedAt.ts";
import type { LiveRun } from "../training/liveRun.ts";
import type { LossPoints } from "../training/lossTrace.ts";

/** The run whose charts are made. */
export interface Shown {
  readonly state: LabState;
  readonly lab: LabRun;
  readonly live: LiveRun;
  readonly fitted: FittedAt;
}

/** The picture of the model with these parameters. */
export function pictureSpec({ lab, state, fitted }: Shown, params: Float64Array, cells: Cells): Spec {
  const model = fitted.model(params);
  if (lab.holds === "ratings") return ratingSpec(model as never, lab.train);
  const { features, train, heldOut } = lab;
  const { featureX, featureY } = state.view;
  const at = (name: string, other: number): number => (features.includes(name) ? features.indexOf(name) : other);
  const picture: Picture = {
    rows: train,
    heldOut,
    features,
    target: targetOf(state.data),
    shown: [at(featureX, 0), at(featureY, Math.min(1, features.length - 1))],
    isCurve: state.data.kind === "generated" && state.data.generator.name === "curve",
  };
  return modelSpec(model as never, picture, cells);
}

/** What the picture of the model leaves out. */
export function pictureText({ lab, state }: Shown): string {
  if (lab.holds === "ratings") return "Cells without a rating are hatched.";
  const held = lab.heldOut === null ? "" : " Hollow points are held out.";
  const isPlane = lab.features.length > 2 && lab.holds === "classes";
  const isCurve = state.data.kind === "generated" && state.data.generator.name === "curve";
  if (lab.holds === "numbers" && lab.features.length > 1 && !isCurve)
    return "A point on the dashed line is predicted without an error.";
  if (isPlane) return `All features that are not on the axes have their mean.${held}`;
  return state.model.name === "svm"
    ? `Points with a ring are inside the margin, or on the wrong side.${held}`
    : held.trim();
}

/** What a classifier predicts at a point. */
export function pointText(run: Shown, point: readonly [number, number] | null): string | null {
  const { lab, fitted, live } = run;
  if (point === null || lab.holds !== "classes" || lab.features.length !== 2 || run.state.model.name === "svm")
    return null;
  const model = fitted.model(live.now.params) as FittedClassifier;
  const { data } = model.probabilities([[...point]]);
  const shares = model.classes.map((label, k) => `${label} ${formatPercent(data[k]!)}`);
  return `At ${lab.features[0]} ${formatNumber(point[0], 3)}, ${lab.features[1]} ${formatNumber(point[1], 3)}: ${shares.join(", ")}.`;
}

/** Why an update has no chart. */
export const noStepText = ({ from, to }: Update): string =>
  from.every((value, i) => value === to[i])
    ? "This step does not move the parameters, so there is nothing to draw."
    : "This step cannot be drawn, because its losses are too large.";

/** The losses of a run as they are now. */
export const lossesOf = (name: string, { objectives, heldOut, batchLosses }: LiveRun): RunLosses => ({
  name: `Run ${name}`,
  objectives: objectives.points(),
  heldOut: heldOut.points(),
  batchLosses: batchLosses.points(),
});

const FORECAST_EPOCHS = 50;

/** The forecast of the losses of a run that has not begun. */
export function forecastOf({ forecast, now, updatesPerEpoch }: LiveRun): { forecast?: LossPoints } {
  const { objectiveAfter } = forecast;
  if (now.update > 0 || objectiveAfter === undefined) return {};
  const epochs = Array.from({ length: FORECAST_EPOCHS + 1 }, (_, epoch) => epoch);
  const losses = Float64Array.from(epochs, objectiveAfter);
  return { forecast: { updates: Float64Array.from(epochs, (epoch) => epoch * updatesPerEpoch), losses } };
}
