import { InputRangeError, InputTypeError, requireFloat32, requireKnown, requireLength, show } from "../core/check.ts";
import type { Label } from "../core/label.ts";
import type { Pairs } from "../core/pairs.ts";
import { elementTypeOfMatrix, isSparse } from "../core/sparse.ts";
import type { Vector } from "../core/vector.ts";
import { bindLinearRows } from "../diagnosis/certificate/bindLinearRows.ts";
import { type Certificate, proven } from "../diagnosis/certificate/certificate.ts";
import { linearGap } from "../diagnosis/certificate/linearGap.ts";
import type { ClassWeights } from "../estimators/fit/labels.ts";
import type { Model } from "../estimators/fit/model.ts";
import { type Table, tableOf } from "../estimators/fit/table.ts";
import { combinedWeights, meanOne } from "../estimators/fit/weights.ts";
import type { FittedData } from "../estimators/fitted/fittedData.ts";
import type { FittedTable } from "../estimators/fitted/fittedTable.ts";
import { linearModel } from "../estimators/linearRegression.ts";
import { svmModel } from "../estimators/linearSvm.ts";
import { logisticModel } from "../estimators/logisticRegression.ts";
import type { FittedFactorization } from "../estimators/ratings/factorization.ts";
import type { Ratings } from "../estimators/ratings/ratings.ts";
import { unframe } from "../estimators/saved/savedFile.ts";
import { decodeTable } from "../estimators/saved/savedTable.ts";
import { softmaxModel } from "../estimators/softmaxRegression.ts";
import { allocate } from "../kernels/arena.ts";
import { column, dense, rowsOf } from "../kernels/source.ts";
import { wasmKernels } from "../kernels/wasm.ts";
import type { TableData } from "../tables/cells/cellTableOf.ts";
import type { FittedTableModel } from "../tables/fitted/fittedTableModel.ts";
import { libraryDialect } from "../tables/libraryDialect.ts";
import type { FittedRatingModel } from "../tables/ratings/fittedRatingModel.ts";
import type { TypedTable } from "../tables/reading/typedTable.ts";
import type { BoundRun, Problem } from "../training/objective/objective.ts";
import { risk } from "../training/objective/risk.ts";
import type { Step } from "../training/train.ts";
import { ratingCertificate } from "./ratingCertificate.ts";

const functionName = "certificate";
const FEWEST_PRODUCTS = 20;
const SHARE = 0.1; // of the epochs of the training
const SHARE_IN_BATCHES = 0.2; // an epoch in small batches takes longer

/** Options of `certificate`: those of the fit that change the objective. */
export interface CertificateOptions {
  /** The weights of the rows, if `fit` had some. */
  readonly weights?: ArrayLike<number>;
  /** The weights of the classes, if the estimator had some. */
  readonly classWeights?: ClassWeights;
}

/** A fitted model of features, of ratings, or of a table, or a step of a training. */
export type Certifiable = FittedTable | FittedTableModel | FittedFactorization | FittedRatingModel | Step;

/**
 * A proven upper bound of objective − optimum for a fitted model: how much lower the objective could be at most. The objective is the
 * one that the fit minimised, the mean loss of the training rows plus the penalties. It is computed in float64 from the parameters
 * of the model, also after a training in float32.
 *
 * For a linear model the bound is a duality gap: the objective minus the dual objective at slopes of the loss, which is never above
 * the optimum. The slopes at the parameters give a loose bound, so a few steps of Newton's method first improve them; the model stays
 * as it is. For a factorization of ratings the bound is valid for factors of any rank. The rounding errors of the computation are
 * added to the bound. A network and implicit feedback have no bound.
 *
 * A step of a training is enough: `certificate(step)` uses the rows in the memory of the run and the Newton step of its stopping rule. On
 * large tables it takes about one evaluation of the objective, a tenth or less of a training with default options; in float32 a third,
 * and for softmax regression more. Call it before you take the next step. After a training in float32 the columns are those that the run
 * has rounded to float32. For a factorization of ratings, pass the fitted model and the ratings in place of a step.
 *
 * A fitted model is followed by the data of its fit: the training rows X and their targets y (with `stop.validation` those of
 * `validationSplit(y).train`), the rows of a table with its target, or all ratings. This takes longer, because the rows are checked,
 * scaled and copied again.
 *
 * For a linear model it has at most 20 products with second derivatives, or a tenth of the epochs of the training if this is more (in
 * mini-batches a fifth). With the Newton step of a run that has converged it usually has none.
 *
 * @throws RangeError or TypeError for options or data that are not allowed, or another number of rows than that of the fit
 *
 * Source: Rockafellar, “Convex Analysis”, 1970, section 31 (Fenchel duality).
 *
 * @example
 * ```ts
 * import { certificate, logisticRegression } from "downhill";
 *
 * const X = [[1], [2], [3], [4]];
 * const y = ["no", "no", "yes", "no"];
 * const certified = certificate(logisticRegression().fit(X, y), X, y);
 * certified.valid && certified.relative < 1e-8; // true
 * ```
 */
export function certificate(step: Step): Certificate;
export function certificate(
  model: FittedTableModel,
  rows: TableData | TypedTable,
  options?: CertificateOptions,
): Certificate;
export function certificate(model: FittedFactorization, ratings: Ratings | Pairs): Certificate;
export function certificate(model: FittedRatingModel, rows: TableData): Certificate;
export function certificate<R>(
  model: FittedTable,
  X: Table<R>,
  y: ArrayLike<Label>,
  options?: CertificateOptions,
): Certificate;
export function certificate(model: Certifiable, data?: unknown, second?: unknown, third?: unknown): Certificate {
  if (!("kind" in model)) {
    const { history, t } = model;
    return ofRun(model.bound(), history.updates.length, t <= history.updates.length);
  }
  if (model.kind === "factorization") return ratingCertificate(model, data as Ratings);
  if (model.kind === "ratings") {
    const { users, items, ratings } = model.testData(data as TableData, libraryDialect(functionName));
    return ratingCertificate(model.model, { users, items, ...(ratings && { ratings }) });
  }
  if (model.kind !== "table") {
    return certified(model, data as Table<unknown>, second as ArrayLike<Label>, third as CertificateOptions);
  }
  const { X, y } = model.testData(data as TableData, libraryDialect(functionName));
  return certified(model.model, X, y, second as CertificateOptions);
}

function certified(
  model: FittedTable,
  X: Table<unknown>,
  y: ArrayLike<Label>,
  options: CertificateOptions = {},
): Certificate {
  requireKnown(functionName, options, ["weights", "classWeights"]);
  const fittedData = decodeTable(unframe(JSON.parse(JSON.stringify(model))));
  if (fittedData.kind === "network") return none(NETWORK);
  const { params, history } = fittedData;
  const problem = problemOf(fittedData, X, y, options);
  const run = allocate(wasmKernels, "float64", (arena) => {
    const { memory, kernels } = arena;
    return {
      ...{ problem, objective: problem.bind(arena), memory, params, kernels, bindKernels: wasmKernels },
      ...{ newtonStep: null, value: null, solve: null, hingeSlopes: null },
    };
  });
  const found = ofRun(run, history.updates.length, fittedData.options["batchSize"] === "full");
  requireObjective(fittedData, problem.examples, found.objective!);
  return found;
}

const none = (sentence: string): Certificate => ({ valid: false, objective: null, sentence });
const NETWORK =
  "A network has no known bound, because its objective has several minima, and no method finds the lowest one.";
const SPARSE_FLOAT32 = "The bound of sparse rows in float32 needs the model: call certificate with the model, X and y.";
const UNKNOWN: Readonly<Record<string, string>> = {
  network: NETWORK,
  linear:
    "The bound of a linear model needs a few numbers per row, which would take more than 256 MiB for these stored rows.",
  factors: "The bound of a factorization needs its ratings: call certificate with the model and the ratings.",
};

/** The certificate of the parameters of a run. */
function ofRun(run: BoundRun, epochs: number, isFull: boolean): Certificate {
  const { spec } = run.objective;
  const rows = bindLinearRows(run);
  if (rows === null) {
    if (spec?.X.entries && spec.predictor.predictor === "linear") return none(SPARSE_FLOAT32);
    return none(
      UNKNOWN[spec?.predictor.predictor ?? ""] ??
        "No bound is known for this objective, because the predictor or the loss is not one of the library.",
    );
  }
  const most = Math.max(FEWEST_PRODUCTS, (isFull ? SHARE : SHARE_IN_BATCHES) * epochs);
  const gap = linearGap(rows, run, most);
  const isExact = rows.l2 === 0 && rows.l1 === 0 && rows.loss.loss === "halfSquared";
  return proven(isExact ? "least squares" : "duality gap", { ...gap, failureProbability: 0 });
}

const TOLERANCE = 1e-3; // wrong rows or weights usually change an objective by more, and float32 by less

/**
 * The history of a fit contains the objective at the parameters.
 *
 * @throws RangeError if it does not, so the rows or weights are not those of the fit
 */
function requireObjective({ history, stopped, options }: FittedData, rows: number, objective: number): void {
  const { updates, objective: recorded, batchLoss } = history;
  const perEpoch = options["batchSize"] === "full" ? 1 : Math.ceil(rows / (options["batchSize"] as number));
  // After partialFit the history is that of the new rows; a run that was interrupted may end within an epoch.
  if (!recorded?.length || stopped === "interrupted" || updates[0] !== perEpoch) return;
  const allowed = TOLERANCE * (objective + TOLERANCE * batchLoss[0]!);
  if (recorded.some((each) => Math.abs(each - objective) <= allowed)) return;
  throw new InputRangeError(
    `${functionName}: X, y, weights and classWeights must be those of the fit, whose objective ended at ${recorded.at(-1)}, ` +
      `got the objective ${objective}. Pass the same rows, weights and classWeights.`,
  );
}

const widened = (numbers: Vector): Float64Array =>
  numbers instanceof Float64Array ? numbers : Float64Array.from(numbers);

/** The problem that the fit minimised, in float64. */
function problemOf(
  fittedData: FittedData,
  X: Table<unknown>,
  y: ArrayLike<Label>,
  options: CertificateOptions,
): Problem {
  const { features, names, scaling, classes, settings, rows, options: own } = fittedData;
  const table = tableOf(functionName, X, { count: features, names });
  requireLength(functionName, "y", y, "row of X", table.rows);
  if (rows > 0 && table.rows !== rows) {
    throw new InputRangeError(
      `${functionName}: X must have the ${rows} training rows of the model, got ${table.rows}. ` +
        "Pass the rows of the fit; with stop.validation those of validationSplit(y).train.",
    );
  }
  const model = linearModelOf(fittedData, options);
  const { numbers, weights: ofClasses } = model.targets(functionName, y as never, fittedData);
  if (elementTypeOfMatrix(table) === "float32") requireFloat32(functionName, "targets", numbers.data);
  const weighted = combinedWeights(functionName, table.rows, options.weights, ofClasses);
  const wide = isSparse(table) ? { ...table, values: widened(table.values) } : { ...table, data: widened(table.data) };
  return risk({
    ...model.build(features, { classes }, settings),
    inputs: rowsOf(wide, scaling ?? undefined),
    targets: dense({ ...numbers, data: Float64Array.from(numbers.data) }),
    ...(weighted && { weights: column(meanOne(functionName, weighted)) }),
    l2: own["l2"] as number,
    l1: own["l1"] as number,
  });
}

/** The model with the class weights of the fit, which a fitted model does not have. */
function linearModelOf({ kind, settings }: FittedData, { classWeights }: CertificateOptions): Model<never, unknown> {
  if (kind === "linear") {
    if (classWeights !== undefined) {
      throw new InputTypeError(
        `${functionName}: classWeights must be left out for a model of numbers, got ${show(classWeights)}. Leave it out.`,
      );
    }
    return linearModel({ loss: settings["loss"] as "huber" | undefined }, settings) as never;
  }
  if (kind === "logistic") return logisticModel({ classWeights }) as never;
  if (kind === "softmax") return softmaxModel({ classWeights }) as never;
  return svmModel({ loss: settings["loss"] as "hinge", classWeights }) as never;
}
