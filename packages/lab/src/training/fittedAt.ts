// The fitted model of a run at any parameters, and its loss on held-out rows.

import {
  type FittedClassifier,
  type FittedData,
  type FittedFactorization,
  type FittedRegression,
  type Label,
  logLossOfScores,
  meanSquaredError,
  type TableData,
} from "downhill";
import { type LabRun, type LabStep, labRun, type TableRows } from "../state/labRun.ts";
import type { LabState } from "../state/labState.ts";

/** A fitted model of any kind. */
export type AnyFitted = FittedRegression | FittedClassifier | FittedFactorization;

/** Makes models, and evaluates them. */
export interface FittedAt {
  /** The fitted model with these parameters. */
  model(params: Float64Array): AnyFitted;
  /** The same as plain data. */
  data(params: Float64Array): FittedData;
  /** How the columns are standardized; null where they are not. */
  readonly scaling: { readonly shift: ArrayLike<number>; readonly scale: ArrayLike<number> } | null;
  /** The mean loss of rows of a table, without penalties; null for ratings, and for losses that are computed in training only. */
  readonly meanLoss: ((params: Float64Array, rows: TableRows) => number) | null;
  /** The mean loss of the held-out rows, without penalties; null without such rows. */
  readonly heldOutLoss: ((params: Float64Array) => number) | null;
}

/** The data of a step as plain data. */
interface Template {
  readonly scaling?: FittedAt["scaling"];
  readonly targetScaling?: { readonly scale: ArrayLike<number> } | null;
  readonly settings: { readonly deviation?: number };
}

const STILL = { name: "plain", options: {} } as const;
const CONSTANT = { name: "constant", options: {} } as const;

/** Prepares models of a run. One update with a tiny learning rate makes the parts that do not depend on the parameters. */
export function fittedAt(state: LabState, table: TableData, run: LabRun): FittedAt {
  const { descent } = state;
  const still = { ...descent, optimizer: STILL, schedule: CONSTANT, warmUp: 0, learningRate: 1e-12, epochs: 1 };
  const first = labRun({ ...state, descent: { ...still, batchSize: "full", l1: 0, patience: "off" } }, table);
  const step = first.prepare({ every: 1 }).steps().next().value as LabStep & { fittedData(): Template };
  const template = step.fittedData();
  const { fitted: make } = run.estimator as unknown as { fitted(data: unknown): AnyFitted };
  const history = { updates: [], learningRate: [], batchLoss: [] };
  const data = (params: Float64Array): FittedData => ({ ...template, params, history }) as unknown as FittedData;
  const model = (params: Float64Array): AnyFitted => make(data(params));
  const meanLoss = meanLossOf(run, state, model, template);
  const heldOutLoss = heldOutLossOf(run, model, template, meanLoss);
  return { model, data, scaling: template.scaling ?? null, meanLoss, heldOutLoss };
}

/** The mean loss of rows of a table as the run's loss defines it; null for ratings, and for losses that are no metric. */
function meanLossOf(
  run: LabRun,
  state: LabState,
  model: (params: Float64Array) => AnyFitted,
  { targetScaling }: Template,
): FittedAt["meanLoss"] {
  if (run.holds === "ratings") return null;
  if (run.holds === "numbers") {
    if (state.model.name === "linear" && state.model.options.loss !== "squared") return null;
    const scale = targetScaling?.scale[0] ?? 1;
    return (params, { X, y }) => {
      const predicted = (model(params) as FittedRegression).predict(X);
      return meanSquaredError(predicted, y as Float64Array) / 2 / (scale * scale);
    };
  }
  if (state.model.name !== "svm") {
    return (params, { X, y }) => {
      const made = model(params) as FittedClassifier;
      return logLossOfScores(made.scores(X), y as readonly Label[], made.classes);
    };
  }
  const isSquared = state.model.options.loss === "squaredHinge";
  return (params, { X, y }) => {
    const made = model(params) as FittedClassifier;
    const { data, columns } = made.scores(X);
    let sum = 0;
    for (let k = 0; k < data.length; k++) {
      const own = made.classes.indexOf(y[Math.floor(k / columns)]!);
      const sign = columns === 1 ? (own === 1 ? 1 : -1) : own === k % columns ? 1 : -1;
      const excess = Math.max(0, 1 - sign * data[k]!);
      sum += isSquared ? excess * excess : excess;
    }
    return sum / y.length;
  };
}

/** The mean loss of the held-out rows or ratings. */
function heldOutLossOf(
  run: LabRun,
  model: (params: Float64Array) => AnyFitted,
  { settings: { deviation = 1 } }: Template,
  meanLoss: FittedAt["meanLoss"],
): FittedAt["heldOutLoss"] {
  if (run.heldOut === null) return null;
  if (run.holds !== "ratings") {
    const rows = run.heldOut;
    return meanLoss && ((params) => meanLoss(params, rows));
  }
  const { users, items, ratings } = run.heldOut;
  return (params) => {
    const made = model(params) as FittedFactorization;
    return meanSquaredError(made.predict(users, items), ratings) / 2 / (deviation * deviation);
  };
}
