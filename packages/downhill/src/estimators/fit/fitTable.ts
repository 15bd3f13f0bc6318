// From a table and targets to a run of the trainer, and from a step of the run to a fitted model.
import { requireFloat32, requireKnown, requireLength } from "../../core/check.ts";
import { takeRows } from "../../core/matrix.ts";
import { elementTypeOfMatrix, isSparse } from "../../core/sparse.ts";
import type { Vector } from "../../core/vector.ts";
import { inKeptMemory } from "../../kernels/keptMemory.ts";
import type { BindKernels } from "../../kernels/kernels.ts";
import { column, dense, rowsOf } from "../../kernels/source.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import type { Loss } from "../../losses/loss.ts";
import { automatic } from "../../optimizers/automatic.ts";
import type { Predictor } from "../../predictors/predictor.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { risk } from "../../training/objective/risk.ts";
import { type Step, train } from "../../training/train.ts";
import type { TrainOptions } from "../../training/trainOptions.ts";
import { objectiveAfter, PILOT_AVERAGE, PILOT_ROWS } from "../defaults/pilotRate.ts";
import { expectedSmoothness, meanSquareWith, pullOfEarlierRows, spacedRows } from "../defaults/smoothness.ts";
import { suggestedRate } from "../defaults/suggestedRate.ts";
import type { FittedData } from "../fitted/fittedData.ts";
import { scorer } from "../fitted/scorer.ts";
import type { FitStepOptions } from "./estimator.ts";
import { requireColumnSizes, requireTargetSizes } from "./magnitudes.ts";
import { fittedModel, type Model, type PartialFit, type Targets } from "./model.ts";
import { type DescentOptions, stopOf } from "./options.ts";
import { type RowSubset, splitForValidation, subsetOf } from "./rowSubsets.ts";
import { standardization } from "./scaling.ts";
import { scalingOf } from "./sparseScaling.ts";
import { type FitRun, resultAt } from "./steps.ts";
import { type Table, tableOf } from "./table.ts";
import { combinedWeights, meanOne } from "./weights.ts";

/** The rule `stop.change` of the default run. It ends a run that changes only by rounding; in float32 by up to one ulp. */
const STALLED = {
  float64: { tolerance: 0, patience: 500 },
  float32: { tolerance: 1.2e-7, patience: 60 },
};

/**
 * Starts the run of a fit, or of a `partialFit` if there is an `earlier` fit.
 *
 * @param functionName  the public function, for errors
 * @throws RangeError or TypeError for data or options that are not allowed
 */
export function startFit<Y extends ArrayLike<unknown>, F>(
  functionName: "fit" | "prepare" | "partialFit",
  model: Model<Y, F>,
  options: DescentOptions,
  X: Table<unknown>,
  y: Y,
  fitOptions: FitStepOptions,
  partialFit: PartialFit<Y, F>,
  earlier?: FittedData,
): FitRun<FittedData, F> {
  requireKnown(functionName, fitOptions, ["weights", "resume", "threads", "ranks", "every"]);
  const table = tableOf(functionName, X, earlier && { count: earlier.features, names: earlier.names });
  requireLength(functionName, "y", y, "row of X", table.rows);
  const all = model.targets(functionName, y, earlier);
  const elementType = elementTypeOfMatrix(table);
  if (elementType === "float32") requireFloat32(functionName, "targets", all.numbers.data);
  const weights = combinedWeights(functionName, table.rows, fitOptions.weights, all.weights);
  const { seed = 0, standardize = true, kernels = wasmKernels } = options;
  const stop = earlier ? {} : stopOf(model, options, table.rows);
  const parts = splitForValidation(functionName, table.rows, all, stop.validation?.share, seed);
  const targets = parts && all.scaling && !earlier ? scaledByTraining(model, functionName, y, parts.train) : all;
  const subset = (rows: Uint32Array): RowSubset => subsetOf(functionName, table, targets, weights, rows);
  const training = parts ? subset(parts.train) : { X: table, y: targets.numbers, weights };
  const scaling = earlier ? earlier.scaling : standardize ? scalingOf(training.X, functionName) : null;
  if (scaling === null) requireColumnSizes(functionName, table);
  if (targets.classes === null) requireTargetSizes(functionName, targets.numbers, table);
  const l2 = options.l2 ?? model.defaultL2(training.X.rows, { y: training.y.data, weights: training.weights });
  const problemOf = (
    { X, y, weights }: RowSubset,
    { predictor, loss }: { predictor: Predictor; loss: Loss },
    penalties: { l2: number; l1: number },
    own = scaling,
  ): Problem =>
    risk({
      predictor,
      loss,
      inputs: rowsOf(X, own ?? undefined),
      targets: dense(y),
      weights: weights ? column(weights) : undefined,
      ...penalties,
    });
  const scoresAt = (predictor: Predictor, params: Vector): Float64Array =>
    scorer(predictor, params, scaling, table.columns).once(functionName, training.X).data;
  const settled = earlier
    ? { settings: earlier.settings }
    : model.settle?.({
        y: training.y.data,
        weights: training.weights,
        features: table.columns,
        roughFit(predictor, loss, start) {
          const problem = problemOf(training, { predictor, loss }, { l2, l1: model.l1 });
          const params = roughFit(problem, start, kernels);
          return { params, scores: scoresAt(predictor, params) };
        },
      });
  const settings = settled?.settings ?? model.settings;
  const build = model.build(table.columns, targets, settings);
  const start = options.start ?? settled?.start;
  const curvature = (): number =>
    model.curvature({
      settings,
      y: training.y.data,
      scores: () => (ArrayBuffer.isView(start) ? scoresAt(build.predictor, start) : new Float64Array(1)),
    });
  const sample = { X: training.X, scaling, weights: training.weights };
  const smoothnessData = { ...sample, kernels, seed };
  let pilot: Problem | undefined;
  const plan = model.plan({
    rows: training.X.rows,
    features: table.columns,
    l2,
    updates: earlier?.updates ?? 0,
    continued: earlier !== undefined,
    optimizer: options.optimizer,
    batchSize: options.batchSize,
    epochs: options.epochs,
    smoothness(batchRows, columns) {
      const c = curvature();
      const pull = earlier ? pullOfEarlierRows(c, batchRows, earlier, sample) : 0;
      return (
        expectedSmoothness(c, batchRows, columns ? { ...smoothnessData, scaling: columns } : smoothnessData) + pull
      );
    },
    rawColumns() {
      if (scaling !== null || earlier || model.l1 > 0 || isSparse(training.X)) return null; // a fixed matrix would change all weights
      const { shift, scale } = standardization(training.X, functionName);
      const flat = l2 / curvature();
      return { shift, scale: scale.map((s) => Math.sqrt(s * s + flat)) };
    },
    objectiveAfter(optimizer, { batchRows, epochs }) {
      pilot ??= problemOf(pilotRows(training), build, { l2, l1: model.l1 });
      const batchSize = batchRows < pilot.examples ? batchRows : "full";
      return objectiveAfter(pilot, optimizer, {
        batchSize,
        epochs,
        start: start ?? "zeros",
        seed,
        kernels,
        average: PILOT_AVERAGE,
      });
    },
  });
  const optimizer = options.optimizer ?? plan.optimizer();
  const batchRows = plan.batchSize === "full" ? training.X.rows : plan.batchSize;
  const average = options.average ?? (options.optimizer ? undefined : plan.average);
  const remaining = stop.remaining ?? (stop.gradient === undefined ? plan.remaining : undefined);
  const canStall = plan.remaining !== undefined && options.optimizer === undefined;
  const change = stop.change ?? (canStall ? STALLED[elementType] : undefined);
  const validation = parts && {
    problem: problemOf(subset(parts.test), build, { l2: 0, l1: 0 }),
    patience: stop.validation?.patience,
  };
  const trainOptions: TrainOptions = {
    batchSize: plan.batchSize,
    epochs: plan.epochs,
    start: start ?? plan.start,
    seed,
    order: options.order,
    trace: options.trace,
    batchLosses: options.batchLosses,
    average,
    stop: { remaining, gradient: stop.gradient, change, validation },
    clock: earlier?.updates ?? 0,
    kernels: options.kernels,
    resume: fitOptions.resume,
    every: fitOptions.every,
    threads: fitOptions.threads,
    ranks: fitOptions.ranks,
  };
  const meanSquare = scaling === null ? meanSquareWith(earlier, sample) : null;
  const fittedDataAt = (step: Step): FittedData => ({
    kind: model.kind,
    settings,
    options: {
      l2,
      l1: model.l1,
      batchSize: plan.batchSize,
      epochs: plan.epochs,
      seed,
      standardize,
      optimizer: optimizer.name ?? "custom",
      ...(parts && { validation: parts.test.length, patience: stop.validation?.patience ?? 10 }),
    },
    features: table.columns,
    rows: (earlier?.rows ?? 0) + training.X.rows,
    meanSquare,
    names: table.names ? [...table.names] : null,
    classes: targets.classes,
    ...(earlier?.threshold !== undefined && { threshold: earlier.threshold }),
    scaling,
    targetScaling: targets.scaling,
    ...resultAt(step),
  });
  const problem = problemOf(training, build, { l2, l1: model.l1 });
  return {
    parts: {
      problem,
      optimizer,
      options: trainOptions,
      l2,
      standardized: scaling !== null,
      columns: training.X.names ?? null,
      problemWith(standardized) {
        if (standardized === (scaling !== null)) return problem;
        return problemOf(training, build, { l2, l1: model.l1 }, standardized ? scalingOf(training.X) : null);
      },
    },
    steps: (kernels = trainOptions.kernels) => train(problem, optimizer, { ...trainOptions, kernels }),
    fittedDataAt,
    fitted: (fittedData) => fittedModel(model, fittedData, partialFit),
    suggestedRate: () => suggestedRate({ ...build, l2, optimizer, batchRows }, smoothnessData),
  };
}

/** The parameters after at most 100 epochs, or as soon as at most a millionth of the objective can still be gained. */
function roughFit(problem: Problem, start: Vector, kernels: BindKernels): Float64Array {
  return inKeptMemory(kernels, (own) => {
    let params = Float64Array.from(start);
    const options: TrainOptions = { epochs: 100, every: "epoch", start, stop: { remaining: 1e-6 }, kernels: own };
    for (const { solution } of train(problem, automatic(), options)) params = Float64Array.from(solution);
    return params;
  });
}

/** At most 10 000 of the training rows, evenly spaced, or all rows if the weights of these are 0. */
function pilotRows({ X, y, weights }: RowSubset): RowSubset {
  const rows = spacedRows(X.rows, PILOT_ROWS);
  const own = rows && weights && Float64Array.from(rows, (row) => weights[row]!);
  if (rows === null || own?.every((weight) => weight === 0)) return { X, y, weights };
  return { X: takeRows(X, rows), y: takeRows(y, rows), weights: own && meanOne("fit", own) };
}

/** The targets of all rows, scaled by the mean and the deviation of the training rows. */
function scaledByTraining<Y extends ArrayLike<unknown>, F>(
  model: Model<Y, F>,
  functionName: string,
  y: Y,
  rows: Uint32Array,
): Targets {
  const data = Float64Array.from(rows, (row) => y[row] as number);
  return model.targets(functionName, y, {
    classes: null,
    targetScaling: standardization({ data, rows: rows.length, columns: 1 }, functionName, () => "the target"),
  });
}
