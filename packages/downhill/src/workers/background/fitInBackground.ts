import { InputTypeError, requireKnown, show } from "../../core/check.ts";
import type { Label } from "../../core/label.ts";
import type { Pairs } from "../../core/pairs.ts";
import type {
  ClassifierEstimator,
  Estimator,
  FitOptions,
  LinearClassifierEstimator,
} from "../../estimators/fit/estimator.ts";
import type { Table } from "../../estimators/fit/table.ts";
import type { FittedClassifier, FittedLinearClassifier } from "../../estimators/fitted/classifier.ts";
import type { FittedData } from "../../estimators/fitted/fittedData.ts";
import type { FactorizationData, FittedFactorization } from "../../estimators/ratings/factorization.ts";
import type { FactorizationEstimator } from "../../estimators/ratings/factorizationEstimator.ts";
import type { FactorizationFitOptions } from "../../estimators/ratings/factorizationOptions.ts";
import { moduleText } from "../../kernels/wasm.ts";
import type { TableData } from "../../tables/cells/cellTableOf.ts";
import type { FittedTableOf } from "../../tables/fitted/fittedTableModel.ts";
import type { TableFitOptions, TableModel } from "../../tables/tableModel.ts";
import type { BackgroundOptions } from "./backgroundOptions.ts";
import { copies } from "./copies.ts";
import type { Task } from "./messages.ts";
import { runTask } from "./runTask.ts";

/**
 * Fits an estimator in a worker of its own, so that the caller's thread stays free. The fitted model has the same bits as
 * that of `estimator.fit`.
 *
 * A table model prepares its rows on the caller's thread, and only the training is in the worker.
 *
 * The data are copied at the call, except typed arrays in shared memory, which the worker reads directly. The worker ends
 * when the fit ends, also after an error. A page with a Content-Security-Policy must allow `worker-src blob:` and
 * `script-src 'wasm-unsafe-eval'`.
 *
 * @param estimator  one of the library's, without options that are functions
 * @throws (as a rejection) the same errors as `fit`; TypeError for an estimator with a function among its options; the
 *   signal's reason when the signal is aborted
 *
 * @example
 * ```ts
 * import { fitInBackground, linearRegression } from "downhill";
 *
 * const fitted = await fitInBackground(linearRegression(), [[1], [2], [3]], [3, 5, 7], {
 *   onEpoch: ({ epoch, epochs }) => console.log(`epoch ${epoch} of at most ${epochs}`),
 * });
 * Math.round(fitted.predict([[10]])[0]!); // 21
 * ```
 */
export function fitInBackground<L extends Label, R>(
  estimator: LinearClassifierEstimator,
  X: Table<R>,
  y: ArrayLike<L>,
  options?: BackgroundOptions & Omit<FitOptions, "threads" | "ranks">,
): Promise<FittedLinearClassifier<L>>;
export function fitInBackground<L extends Label, R>(
  estimator: ClassifierEstimator,
  X: Table<R>,
  y: ArrayLike<L>,
  options?: BackgroundOptions & Omit<FitOptions, "threads" | "ranks">,
): Promise<FittedClassifier<L>>;
export function fitInBackground<Y extends ArrayLike<unknown>, F, R>(
  estimator: Estimator<Y, F>,
  X: Table<R>,
  y: Y,
  options?: BackgroundOptions & Omit<FitOptions, "threads" | "ranks">,
): Promise<F>;
export function fitInBackground<R extends Pairs>(
  estimator: FactorizationEstimator<R>,
  ratings: R,
  options?: BackgroundOptions & Omit<FactorizationFitOptions, "threads" | "ranks">,
): Promise<FittedFactorization>;
export function fitInBackground<M>(
  model: TableModel<M>,
  rows: TableData,
  options?: BackgroundOptions & Omit<TableFitOptions, "threads" | "ranks">,
): Promise<FittedTableOf<M>>;
export async function fitInBackground(
  estimator: Pick<Estimator<never, unknown>, "spec">,
  ...args: readonly unknown[]
): Promise<unknown> {
  if (typeof estimator?.spec !== "function") {
    throw new InputTypeError(
      `fitInBackground: estimator must be one of the library's, got ${show(estimator)}. Pass logisticRegression(), for example.`,
    );
  }
  if ("trainingData" in estimator) return fitTable(estimator as unknown as TableModel<unknown>, args);
  const spec = estimator.spec();
  const ofRatings = spec.estimator === "matrixFactorization";
  const [first, second] = args;
  const options = (ofRatings ? second : args[2]) ?? {};
  requireKnown("fitInBackground", options, ["signal", "onEpoch", "resume", ofRatings ? "seen" : "weights"]);
  const { signal, onEpoch, weights, seen, ...others } = options as BackgroundOptions &
    FitOptions &
    FactorizationFitOptions;
  if (signal !== undefined && typeof signal?.addEventListener !== "function") {
    throw new InputTypeError(
      `fitInBackground: signal must be an AbortSignal, got ${show(signal)}. Pass the signal of an AbortController.`,
    );
  }
  if (onEpoch !== undefined && typeof onEpoch !== "function") {
    throw new InputTypeError(
      `fitInBackground: onEpoch must be a function, got ${show(onEpoch)}. Pass a function, or leave it out.`,
    );
  }
  const { list, table, columns, buffers } = copies();
  const task: Task = {
    kernels: moduleText(),
    spec,
    data: ofRatings ? [columns(first as Pairs)] : [table(first as Table), list(second as ArrayLike<unknown>)],
    options: { ...others, ...(weights && { weights: list(weights) }), ...(seen && { seen: columns(seen) }) },
    reportEpochs: onEpoch !== undefined,
  };
  if (signal?.aborted) throw signal.reason;
  const { source } = await import("./backgroundWorker.generated.ts");
  if (signal?.aborted) throw signal.reason;
  const { fitted } = estimator as unknown as { fitted(fittedData: FittedData | FactorizationData): unknown };
  return fitted(await runTask(source, task, buffers, { signal, onEpoch }));
}

/** Prepares the rows here, and fits the estimator of the features in a worker. */
async function fitTable(model: TableModel<unknown>, [rows, options = {}]: readonly unknown[]): Promise<unknown> {
  requireKnown("fitInBackground", options as object, ["signal", "onEpoch", "resume"]);
  const { X, y, weights, fitted } = model.trainingData(rows as TableData);
  const estimator = model.estimator as Estimator<ArrayLike<unknown>, unknown>;
  return fitted(
    await fitInBackground(estimator, X, y, { ...(options as BackgroundOptions), ...(weights && { weights }) }),
  );
}
