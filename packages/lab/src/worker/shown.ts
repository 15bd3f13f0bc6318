// What the charts of the page show of a run, and the sentences under them.

import type { Spec } from "@downhill/plots";
import { formatNumber } from "@downhill/plots/format";
import type { FittedClassifier, FittedFactorization, FittedRegression } from "downhill";
import { rowsOfCell, wrongRows } from "../panels/confusion.ts";
import { type Focus, noFocus } from "../panels/modelPanel.ts";
import { stripFields } from "../panels/strip.ts";
import type { RunLosses } from "../scenes/lossScene.ts";
import { type Cells, modelSpec, type Picture } from "../scenes/modelScene.ts";
import { leftOutRows, meansOf } from "../scenes/pictureRows.ts";
import { leftOut, ratingSpec } from "../scenes/ratingScene.ts";
import { isCurve } from "../state/holdsOf.ts";
import type { TableRun } from "../state/labRun.ts";
import { targetOf } from "../state/tableColumns.ts";
import { kinksOf } from "../training/kinks.ts";
import type { LiveRun, Update } from "../training/liveRun.ts";
import type { LossPoints } from "../training/lossTrace.ts";
import type { ShownRun } from "../training/shownRun.ts";
import { type Reading, scoresText, sharesOf, sharesText } from "./rowReading.ts";

/** What the picture of a table shows; null for ratings. @param best  the parameters with the lowest loss, where they are known */
export function pictureOf(
  { lab, state, fitted }: ShownRun,
  params: Float64Array,
  focus: Focus,
  best: Float64Array | null,
): Picture | null {
  if (lab.holds === "ratings") return null;
  const { features, train, heldOut } = lab;
  const { featureX, featureY, errors, threshold } = state.view;
  const at = (name: string, other: number): number => (features.includes(name) ? features.indexOf(name) : other);
  const shown = [at(featureX, 0), at(featureY, Math.min(1, features.length - 1))] as const;
  const model = fitted.model(params);
  const isClasses = "classes" in model;
  const fields = focus.thumbnail === "" ? [] : stripFields(model as FittedClassifier | FittedRegression, train);
  return {
    rows: train,
    ...{ heldOut, features, errors, threshold },
    target: targetOf(state.data),
    shown,
    isCurve: isCurve(state.data),
    best: best && !isClasses ? (fitted.model(best) as FittedRegression) : null,
    ring: isClasses ? ringOf(lab, model as FittedClassifier, threshold, focus.cell) : null,
    kinks: state.view.kinks && isClasses ? kinksOf(state, fitted, params, meansOf(train.X), shown) : [],
    bentGrid: null,
    field: fields.find(({ id }) => id === focus.thumbnail) ?? null,
  };
}

/**
 * The rows of the chosen cell of the confusion; if no cell is chosen, those with a wrong class. In the picture of a support vector machine
 * these have rings and lines already.
 */
function ringOf(lab: TableRun, model: FittedClassifier, threshold: number, cell: Focus["cell"]): Picture["ring"] {
  if (cell !== null) return { name: "chosen cell", has: rowsOfCell(lab, model, threshold, cell) };
  return model.kind === "svm" ? null : { name: "wrong class", has: wrongRows(lab, model, threshold) };
}

/** The picture of the model with these parameters; null where its numbers are too large to draw. */
export function pictureSpec(
  { lab, fitted }: ShownRun,
  params: Float64Array,
  { picture, focus, cells }: { readonly picture: Picture | null; readonly focus: Focus; readonly cells: Cells },
): Spec | null {
  const model = fitted.model(params);
  if (lab.holds === "ratings") {
    const { rating, near, order } = focus;
    return ratingSpec(model as FittedFactorization, lab.train, { focus: rating, near, order });
  }
  return modelSpec(model as FittedRegression | FittedClassifier, picture!, cells);
}

/** What the picture of the model leaves out. */
export function pictureText({ lab, state, fitted, live }: ShownRun): string {
  if (lab.holds === "ratings") {
    const left = leftOut(fitted.model(live.now.params) as FittedFactorization);
    return `Cells without a rating are hatched. Choose a cell to see its product of factors.${left}`;
  }
  const left = leftOutRows(lab.train.X.rows, lab.heldOut?.X.rows ?? 0);
  const held = `${lab.heldOut === null ? "" : " Hollow points are held out."}${left && ` ${left}`}`;
  const isPlane = lab.features.length > 2 && lab.holds === "classes";
  if (lab.holds === "numbers" && lab.features.length > 1 && !isCurve(state.data))
    return `A point on the dashed line is predicted without an error.${left && ` ${left}`}`;
  const { name } = state.model;
  const model = fitted.model(live.now.params);
  const classes = "classes" in model ? model.classes.length : 0;
  const pale =
    classes > 2 && name !== "svm" && lab.features.length > 1
      ? " A region has less colour where its class is less probable."
      : "";
  if (isPlane) return `All features that are not on the axes have their mean.${pale}${held}`;
  const own =
    lab.holds === "classes" && lab.features.length === 1
      ? "Each point is a little above or below its class, so that points do not cover each other."
      : name === "svm"
        ? "Points with a double ring are inside the margin, or on the wrong side."
        : "";
  return `${own}${pale}${held}`.trim();
}

/** What a model predicts at a point of its picture; null where the picture has no such points. */
export function pointReading(
  run: ShownRun,
  params: Float64Array,
  point: readonly [number, number] | null,
): Reading | null {
  const { lab, fitted, state } = run;
  if (point === null || lab.holds === "ratings") return null;
  const { features, train } = lab;
  const picture = pictureOf(run, params, noFocus, null)!;
  const [i, j] = picture.shown;
  const row = Array.from(meansOf(train.X));
  const at = (name: string, value: number): string => `${name} ${formatNumber(value, 3)}`;
  const model = fitted.model(params) as FittedRegression | FittedClassifier;
  if (!("classes" in model)) {
    if (features.length > 1 && !picture.isCurve) return null;
    const powers = features.map((_, k) => point[0] ** (k + 1));
    const predicted = formatNumber(model.predict([powers])[0]!, 4);
    return { text: `At ${at(features[0]!, point[0])}: predicted ${predicted}.`, shares: null };
  }
  row[i] = point[0];
  if (j !== i) row[j] = point[1];
  const where = [at(features[i]!, point[0]), ...(j === i ? [] : [at(features[j]!, point[1])])].join(", ");
  if (state.model.name === "svm") {
    const scores = scoresText(model.classes, model.scores([row]).data);
    return { text: `At ${where}: class ${model.predict([row])[0]}, ${scores}.`, shares: null };
  }
  const shares = sharesOf(model.classes, model.probabilities([row]).data);
  return { text: `At ${where}: ${sharesText(shares)}.`, shares };
}

/** The mean of each feature on the axes of the picture; null for ratings. */
export function meanPoint(run: ShownRun): readonly [number, number] | null {
  if (run.lab.holds === "ratings") return null;
  const means = meansOf(run.lab.train.X);
  const [i, j] = pictureOf(run, run.live.now.params, noFocus, null)!.shown;
  return [means[i]!, means[j]!];
}

/** Why an update has no chart. */
export const noStepText = ({ from, to }: Update): string =>
  from.every((value, i) => value === to[i])
    ? "This step does not move the parameters, so there is nothing to draw."
    : "This step cannot be drawn, because its losses are too large.";

/** The losses of a run as they are now. */
export const lossesOf = ({ objectives, heldOut, batchLosses, seconds, epochs }: LiveRun): RunLosses => ({
  objectives: objectives.points(),
  heldOut: heldOut.points(),
  batchLosses: batchLosses.points(),
  batchMeans: batchLosses.means(),
  epochsAt: epochs.reader(),
  secondsAt: seconds.reader(),
});

/** The losses that a run will have, before it has begun. */
export function forecastOf({ ahead, evaluator, now }: LiveRun): { forecast?: LossPoints } {
  if (now.update > 0) return {};
  const losses = Float64Array.from([evaluator.start, ...ahead], evaluator.at);
  return { forecast: { updates: losses.map((_, update) => update), losses } };
}
