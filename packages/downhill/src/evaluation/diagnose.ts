import { InputTypeError, requireKnown, requireSize, show } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import type { Pairs } from "../core/pairs.ts";
import { curvature } from "../diagnosis/curvature/curvature.ts";
import type { CurvatureReport } from "../diagnosis/curvature/curvatureReport.ts";
import { type ForecastOptions, forecast } from "../diagnosis/forecast/forecast.ts";
import { pointAtStart } from "../diagnosis/forecast/forecastPoint.ts";
import type { Forecast } from "../diagnosis/forecast/forecastReport.ts";
import type { RateSweep } from "../diagnosis/sweep/rateSweep.ts";
import { sweepRates } from "../diagnosis/sweep/sweepRates.ts";
import { sweptRates } from "../diagnosis/sweep/sweptRates.ts";
import type { Remedy } from "../diagnosis/verdict/verdict.ts";
import type { FitOptions } from "../estimators/fit/estimator.ts";
import type { FitParts } from "../estimators/fit/steps.ts";
import type { Table } from "../estimators/fit/table.ts";
import type { FactorizationEstimator } from "../estimators/ratings/factorizationEstimator.ts";
import { wasmKernels } from "../kernels/wasm.ts";
import { plain } from "../optimizers/plain.ts";
import type { TableModel } from "../tables/tableModel.ts";
import type { Problem } from "../training/objective/objective.ts";
import type { BatchSize } from "../training/order/batchSize.ts";
import type { EvaluationData, NumberModel } from "./candidate.ts";
import { optimizerWithRate } from "./diagnosis/optimizerWithRate.ts";
import { remediesOf } from "./diagnosis/remedies.ts";
import { diagnosisSentences } from "./diagnosis/sentences.ts";
import { sweptUpdates } from "./diagnosis/sweptUpdates.ts";
import type { EvaluationRows } from "./tableCandidate.ts";

/** Options of `diagnose`. */
export interface DiagnosisOptions {
  /** The number of learning rates that the sweep tries [9]. */
  readonly rates?: number;
}

/** The facts about a training that are known before its first update. */
export interface Diagnosis {
  /** The number of training rows, or of ratings. */
  readonly rows: number;
  /** The number of parameters. */
  readonly parameters: number;
  /** The name of the optimizer: that of the estimator, or the default for these rows. */
  readonly optimizer: string;
  /** The rows of an update. */
  readonly batchSize: BatchSize;
  /** The maximum number of epochs. */
  readonly epochs: number;
  /** Whether the columns are standardized; null for ratings. */
  readonly standardized: boolean | null;
  /** The curvature of the objective at the start, with the columns as they are and with standardized columns. */
  readonly curvature: {
    /** With the columns as they are. */
    readonly raw: CurvatureReport;
    /** With standardized columns. */
    readonly standardized: CurvatureReport;
  };
  /** The forecast for the learning rate of the optimizer. */
  readonly forecast: Forecast;
  /**
   * The forecast for a constant learning rate: `forecast`, or if the optimizer chooses its rates itself, the forecast of plain
   * descent with its best rate.
   */
  readonly constantRate: Forecast;
  /**
   * Short runs with several learning rates of the same optimizer (of plain descent, if the optimizer chooses its rates). The rate of
   * the estimator is one of them.
   */
  readonly sweep: RateSweep;
  /** The most important facts in plain sentences. */
  readonly sentences: readonly string[];
  /** Changes that make the training faster, or keep it from diverging; the most useful one first. */
  readonly remedies: readonly Remedy[];
}

/** An estimator whose training can be prepared. */
export interface PreparingEstimator<Y> {
  /** Makes the parts of a fit without training. */
  prepare<R>(X: Table<R>, y: Y, options?: Pick<FitOptions, "weights">): FitParts;
}

const functionName = "diagnose";

/**
 * Examines the learning rate of a training before the training: the effect of the rate (`forecast`), the curvature with the
 * columns as they are and with standardized columns, the columns that cause it, and short runs with other rates (`sweepRates`). The same data and options give the same numbers.
 *
 * A fit that `prepare` of an estimator has made needs no data: `diagnose(estimator.prepare(X, y))`.
 *
 * @param estimator  an estimator, a table model or a factorization, with the options of the training; or a prepared fit
 * @param data  the data of `fit`: { X, y, weights } for an estimator, rows for a table model, ratings for a factorization
 * @throws TypeError or RangeError for options or data that are not allowed
 *
 * @example
 * ```ts
 * import { diagnose, linearRegression, plain } from "downhill";
 *
 * const X = [{ age: 20, dose: 1 }, { age: 40, dose: 3 }, { age: 60, dose: 2 }, { age: 80, dose: 4 }];
 * const estimator = linearRegression({ optimizer: plain(0.5), standardize: false });
 * const { forecast, curvature, remedies } = diagnose(estimator, { X, y: [1, 2, 2, 3] });
 * forecast.band; // "diverges"
 * curvature.raw.steepest[0]!.column; // "age"
 * remedies[0]!.options; // { standardize: true }
 * ```
 */
export function diagnose(
  estimator: TableModel<NumberModel>,
  data: EvaluationRows,
  options?: DiagnosisOptions,
): Diagnosis;
export function diagnose(
  estimator: Pick<FactorizationEstimator<Pairs>, "prepare">,
  data: Pairs,
  options?: DiagnosisOptions,
): Diagnosis;
export function diagnose<Y extends ArrayLike<Label>>(
  estimator: PreparingEstimator<Y>,
  data: EvaluationData<Y>,
  options?: DiagnosisOptions,
): Diagnosis;
export function diagnose(prepared: FitParts, options?: DiagnosisOptions): Diagnosis;
export function diagnose(estimator: unknown, ...rest: readonly unknown[]): Diagnosis {
  const isPrepared = typeof (estimator as FitParts | null)?.problemWith === "function";
  const [data, options = {}] = isPrepared ? [null, ...rest] : rest;
  requireKnown(functionName, options as DiagnosisOptions, ["rates"]);
  const { rates = 9 } = options as DiagnosisOptions;
  requireSize(functionName, "rates", rates);
  return diagnosisOf(isPrepared ? (estimator as FitParts) : preparedBy(estimator, data), rates);
}

/** The training that the estimator would do. */
function preparedBy(estimator: unknown, data: unknown): FitParts {
  if (typeof data !== "object" || data === null) {
    throw new InputTypeError(`${functionName}: data must be an object, got ${show(data)}. Pass { X, y }, for example.`);
  }
  const model = estimator as TableModel<NumberModel> & PreparingEstimator<unknown> & FactorizationEstimator<Pairs>;
  if (typeof model?.trainingData === "function") {
    const { X, y, weights } = model.trainingData(data as EvaluationRows);
    return model.estimator.prepare(X, y as never, weights && { weights });
  }
  if (typeof model?.prepare !== "function") {
    throw new InputTypeError(
      `${functionName}: the first argument must be an estimator, got ${show(estimator)}. Pass logisticRegression(), for example.`,
    );
  }
  if ("users" in data) return model.prepare(data as Pairs);
  const { X, y, weights } = data as EvaluationData<ArrayLike<Label>>;
  return (model as PreparingEstimator<unknown>).prepare(X, y, weights && { weights });
}

/** The diagnosis of a prepared training. */
function diagnosisOf(prepared: FitParts, rates: number): Diagnosis {
  const { problem, problemWith, optimizer, options, standardized } = prepared;
  const { batchSize = "full", epochs = 100, seed, start, order, kernels } = options;
  const run = {
    ...{ batchSize, ...(seed !== undefined && { seed }), ...(start && { start }), ...(kernels && { kernels }) },
    ...(order && { order }),
  };
  const own = forecast(problem, optimizer, run);
  const constantRate = own.learningRate === null ? plainForecast(problem, run) : own;
  const facts = {
    rows: problem.examples,
    parameters: problem.size,
    optimizer: optimizer.name ?? "custom",
    batchSize,
    epochs,
    standardized,
    curvature: curvatures(prepared),
    forecast: own,
    constantRate,
    sweep: sweepRates(problem, optimizerWithRate(optimizer), {
      ...run,
      rates: withRate(sweptRates(constantRate, rates), own.learningRate),
      updates: sweptUpdates(problem, batchSize, rates),
    }),
  };
  const remedies = remediesOf(facts, () => forecast(problemWith(true), optimizer, run));
  return { ...facts, sentences: diagnosisSentences(facts), remedies };
}

/** The forecast of plain descent with its best rate; with the rate 1 if no good rate is known. */
function plainForecast(problem: Problem, run: ForecastOptions): Forecast {
  const found = forecast(problem, plain(1), run);
  const rate = found.best ?? found.guaranteed ?? found.limit;
  return rate !== null && rate < Infinity ? forecast(problem, plain(rate), run) : found;
}

/** The rates, where the rate of the run replaces the nearest one, so that the sweep shows it too. */
function withRate(rates: readonly number[], own: number | null): number[] {
  if (own === null) return [...rates];
  const distance = (rate: number): number => Math.max(rate / own, own / rate);
  const nearest = rates.reduce((a, b) => (distance(b) < distance(a) ? b : a));
  return rates.map((rate) => (rate === nearest ? own : rate)).sort((a, b) => a - b);
}

/**
 * The curvature with both kinds of columns, at the start of the run. If the weights of the start are not 0, they belong to one kind
 * of columns; then both curvatures are those of `curvature` without parameters.
 */
function curvatures({ problemWith, options, columns }: FitParts): Diagnosis["curvature"] {
  const { seed, start, kernels } = options;
  const [raw, standardized] = [problemWith(false), problemWith(true)];
  const atStart = (problem: Problem): number => pointAtStart(problem, start!, 0, kernels ?? wasmKernels).value;
  const isCommon = ArrayBuffer.isView(start) && (raw === standardized || atStart(raw) === atStart(standardized));
  const own = {
    ...(seed !== undefined && { seed }),
    ...(kernels && { kernels }),
    ...(columns && { names: columns }),
    ...(isCommon && { params: start }),
  };
  const report = curvature(raw, own);
  return { raw: report, standardized: raw === standardized ? report : curvature(standardized, own) };
}
