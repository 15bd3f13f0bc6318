// What each chart of a frame shows, with a key that changes with it.

import type { Spec } from "@downhill/plots";
import { formatNumber } from "@downhill/plots/format";
import type { FittedClassifier, FittedFactorization, FittedRegression } from "downhill";
import { penaltyOf } from "../panels/margin.ts";
import type { Focus } from "../panels/modelPanel.ts";
import { coefficientSpec } from "../scenes/coefficientScene.ts";
import { metricName, metricOf, overTimeSpec, thresholdSpec } from "../scenes/curveScenes.ts";
import { errorSpec, residualSpec } from "../scenes/errorScene.ts";
import { layerSpec } from "../scenes/layerScene.ts";
import { axisEnd, lossSpec } from "../scenes/lossScene.ts";
import type { Cells, Picture } from "../scenes/modelScene.ts";
import { factorMapSpec } from "../scenes/ratingScene.ts";
import { simplexSpec } from "../scenes/simplexScene.ts";
import { sliceOf, stepSpec, stepText } from "../scenes/stepScene.ts";
import type { LabState } from "../state/labState.ts";
import { styleOf } from "../state/runLetters.ts";
import type { ShownRun } from "../training/shownRun.ts";
import type { Landscape } from "./landscape.ts";
import type { ChartName, ChartSizes } from "./protocol.ts";
import { titleOf } from "./runTitle.ts";
import { hasSamePenalty, type Kept } from "./shelf.ts";
import { forecastOf, lossesOf, noStepText, pictureSpec, pictureText } from "./shown.ts";
import type { valuesOverTime } from "./valuesOverTime.ts";

/** A run with its name and its loss surface. */
export interface NamedRun extends ShownRun {
  readonly letter: string;
  readonly landscape: Landscape;
}

/** What a frame shows. */
export interface FrameInput {
  readonly run: NamedRun;
  /** The kept runs that can be compared with it. */
  readonly shelf: readonly Kept[];
  /** The letter of a kept run; the charts draw the others faintly, or not at all. */
  readonly highlighted: string | null;
  readonly sizes: ChartSizes;
  readonly view: LabState["view"];
  readonly focus: Focus;
  readonly isRunning: boolean;
  /** The shown parameters, and the number of updates before them. */
  readonly params: Float64Array;
  readonly update: number;
  /** A start that the user tries; null for none. */
  readonly aimed: Float64Array | null;
  readonly picture: () => Picture | null;
  readonly sweep: { readonly spec: Spec; readonly number: number } | null;
}

/** A chart and the sentence under it. */
export interface Drawn {
  readonly spec: Spec | null;
  readonly text: string;
}

/** A chart that belongs to another model, before the page has changed its parts. */
const nothing: Drawn = { spec: null, text: "" };

/** A chart with a key that changes with what it shows. */
export interface Plan {
  readonly key: string;
  make(): Drawn;
}

/** The charts of a frame. */
export function plansOf(
  input: FrameInput,
  overTime: ReturnType<typeof valuesOverTime>,
): Partial<Record<ChartName, Plan>> {
  const { run, view, focus, isRunning, params, update, aimed, sweep } = input;
  const { live, lab, fitted } = run;
  const cells: Cells = isRunning || aimed !== null ? 40 : 64;
  const now = `${update} ${aimed}`;
  const model = () => fitted.model(params);
  const classesKey = `${now} ${view.threshold} ${isRunning}`;
  const curve = (kind: "roc" | "precision"): Plan => ({
    key: classesKey,
    make: () => {
      const spec =
        lab.holds === "classes" && run.state.model.name !== "svm"
          ? thresholdSpec(kind, lab, model() as FittedClassifier, view.threshold)
          : null;
      return { spec, text: spec === null ? "There is a curve only if the rows have both classes." : "" };
    },
  });
  return {
    model: {
      key: `${now} ${cells} ${view.featureX} ${view.featureY} ${view.errors} ${view.threshold} ${view.kinks} ${focus.thumbnail} ${focus.cell} ${focus.rating} ${focus.near} ${focus.order?.users} ${focus.order?.items}`,
      make: () => modelChart(input, cells),
    },
    loss: lossPlan(input),
    surface: surfacePlan(input, cells),
    step: stepPlan(input),
    errors: {
      key: `${update} ${isRunning}`,
      make: () => {
        if (lab.holds === "classes") return nothing;
        const spec = errorSpec(lab, model() as FittedRegression | FittedFactorization);
        return { spec, text: spec === null ? "The errors are too large to draw." : "" };
      },
    },
    residuals: {
      key: `${update} ${isRunning}`,
      make: () => {
        const spec = lab.holds === "numbers" ? residualSpec(lab, model() as FittedRegression) : null;
        return {
          spec,
          text:
            spec === null
              ? "The errors are too large to draw."
              : "A pattern in these points is something that the model does not describe.",
        };
      },
    },
    coefficients: {
      key: `${now} ${isRunning}`,
      make: () => {
        if (lab.holds !== "numbers" || run.state.model.name !== "linear") return nothing;
        const spec = coefficientSpec(lab.features, params, run.landscape.optimum(), fitted.scaling !== null);
        return { spec, text: conditionText(live.forecast.condition) };
      },
    },
    roc: curve("roc"),
    precision: curve("precision"),
    factors: {
      key: `${now} ${focus.rating}`,
      make: () => (lab.holds === "ratings" ? factorMapSpec(model() as FittedFactorization, focus.rating) : nothing),
    },
    simplex: {
      key: classesKey,
      make: () => {
        const spec = lab.holds === "classes" ? simplexSpec(lab, model() as FittedClassifier) : null;
        return { spec, text: "At a corner a class is certain. In the middle all three are equally probable." };
      },
    },
    layer: {
      key: `${now} ${isRunning} ${view.threshold} ${view.featureX} ${view.featureY}`,
      make: () => {
        const picture = input.picture();
        const spec = picture && layerSpec(fitted, params, { ...picture, ring: null }, 40);
        return { spec, text: "The last layer parts the rows with straight lines." };
      },
    },
    metric: {
      key: `${live.now.update} ${isRunning}`,
      make: () => {
        const name = metricName(lab);
        const values = overTime.of("metric", live, (each) => metricOf(lab, fitted.model(each)));
        const rows = `${lab.heldOut === null ? "training" : "held-out"} ${lab.holds === "ratings" ? "ratings" : "rows"}`;
        return overTimeSpec(`${name} of the ${rows}`, values.updates, [{ name, values: values.values }]);
      },
    },
    parts: {
      key: `${live.now.update} ${isRunning}`,
      make: () => {
        if (run.state.model.name !== "svm") return nothing;
        const total = overTime.of("objective", live, (each) => live.evaluator.at(each));
        const penalty = overTime.of("penalty", live, (each) => penaltyOf(fitted.model(each) as FittedClassifier, each));
        const hinge = total.values.map((value, i) => Math.max(0, value - penalty.values[i]!)); // its rounding error can be below 0
        const { spec, text } = overTimeSpec(
          "Hinge and penalty",
          total.updates,
          [
            { name: "penalty", values: penalty.values },
            { name: "hinge", values: hinge },
          ],
          true,
        );
        return { spec, text: `The upper edge is the loss. ${text}`.trim() };
      },
    },
    ...(sweep && {
      sweep: {
        key: `${sweep.number}`,
        make: () => ({ spec: sweep.spec, text: "Each point is a short run. Click a point to use its learning rate." }),
      },
    }),
  };
}

/** How much longer the valley of the loss is than it is wide, in terms of curvature. */
const conditionText = (condition: number | null): string =>
  condition === null
    ? ""
    : `The condition number is ${formatNumber(condition, 3)}: the loss curves so many times more in its steepest direction than in its flattest one.`;

function modelChart({ run, params, focus, picture }: FrameInput, cells: Cells): Drawn {
  const spec = pictureSpec(run, params, { picture: picture(), focus, cells });
  if (spec === null) return { spec, text: "The predictions are too large to draw." };
  const isOutside = spec.kind === "scatterLine" && !("line" in spec);
  return { spec, text: `${isOutside ? "The fitted line is outside of this picture. " : ""}${pictureText(run)}` };
}

/** A key that changes with what the charts show of the kept runs. */
const shelfKey = (shelf: readonly Kept[], highlighted: string | null): string =>
  `${shelf.map(({ letter, name, updates, ended }) => [letter, name, updates, ended])} ${highlighted}`;

function lossPlan({ run, shelf, view, highlighted }: FrameInput): Plan {
  const { live, letter, state, landscape } = run;
  const { now, ended, epochs, changes, problem } = live;
  const isDistance = view.lossValue === "distance";
  const kept = isDistance ? shelf.filter((each) => hasSamePenalty(each.state, state)) : shelf;
  const { lossScale, lossAxis, smooth } = view;
  return {
    key: JSON.stringify([now.update, ended, shelfKey(kept, highlighted), lossScale, lossAxis, isDistance, smooth]),
    make: () => {
      const end = ended === null ? axisEnd(now, epochs, live.options.epochs ?? 1) : now.update;
      const best = isDistance ? landscape.optimum() : null;
      const runs = [lossesOf(live), ...kept.map(({ losses }) => losses)];
      const values = runs.flatMap(({ objectives }) => Array.from(objectives.losses)).filter(Number.isFinite);
      const lowest = best === null ? Math.min(...values) : live.evaluator.at(best);
      const source = best === null ? "the lowest loss of all runs" : "the lowest possible loss";
      const spec = lossSpec(
        { ...runs[0]!, name: `Run ${letter}`, style: styleOf(letter), ...forecastOf(live) },
        kept.map((each) => ({
          ...each.losses,
          name: titleOf(each),
          style: styleOf(each.letter),
          isFaint: highlighted !== null && each.letter !== highlighted,
        })),
        { ...view, updatesPerEpoch: epochs.updatesPerEpoch, rows: problem.examples, end, lowest, changes },
      );
      const distance = `Each value is the loss minus ${source}. A straight line on the logarithmic axis is linear convergence. `;
      const log =
        lossScale === "linear" && isSpread(runs[0]!.objectives.losses) ? "The logarithmic axis shows more here. " : "";
      return { spec, text: `${isDistance ? distance : ""}${log}${changesText(changes)}` };
    },
  };
}

const SPREAD = 20; // times: beside a loss that is so many times as large, the small ones cannot be told apart on a linear axis

/** Whether losses have fallen or risen so far that a linear axis does not show how. */
function isSpread(losses: Float64Array): boolean {
  const [first, last] = [losses[0]!, losses.at(-1)!];
  return Math.min(first, last) > 0 && Math.max(first, last) > SPREAD * Math.min(first, last);
}

/** The changes of settings during the run. */
const changesText = (changes: FrameInput["run"]["live"]["changes"]): string =>
  changes.map(({ update, text }) => `Update ${update}: ${text}.`).join(" ");

function surfacePlan({ run, shelf, view, update, aimed, highlighted }: FrameInput, cells: Cells): Plan {
  const { plane: kind, planeX, planeY, arrows, directions } = view;
  const shown = shelf.filter(({ letter }) => highlighted === null || letter === highlighted);
  return {
    key: `${update} ${aimed} ${cells} ${shelfKey(shown, highlighted)} ${kind} ${planeX} ${planeY} ${arrows} ${directions}`,
    make: () =>
      run.landscape.draw({
        ...{ name: run.letter, style: styleOf(run.letter), update, cells, arrows, directions, aimed },
        others: shown.map((each) => ({ name: titleOf(each), style: styleOf(each.letter), params: each.path })),
        choice: { kind, parameters: [planeX, planeY] },
      }),
  };
}

function stepPlan({ run: { live } }: FrameInput): Plan {
  return {
    key: `${live.now.update} ${live.latestUpdate.isDone} ${live.latestUpdate.learningRate}`,
    make: () => {
      const latest = live.latestUpdate;
      const slice = sliceOf(latest, live.evaluator);
      if (slice === null) return { spec: null, text: noStepText(latest) };
      return { spec: stepSpec(slice), text: stepText(slice, latest) };
    },
  };
}
