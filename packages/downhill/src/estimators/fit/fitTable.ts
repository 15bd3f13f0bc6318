// From a table and targets to a run of the trainer, and from a step of the run to a fitted model.
import { requireFloat32, requireKnown, requireLength } from "../../core/check.ts";
import { type AnyMatrix, elementTypeOfMatrix, isSparse } from "../../core/sparse.ts";
import type { Vector } from "../../core/vector.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import type { Predictor } from "../../predictors/predictor.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { type Step, train } from "../../training/train.ts";
import type { TrainOptions } from "../../training/trainOptions.ts";
import { meanTarget } from "../defaults/lossScale.ts";
import { objectiveAfter, PILOT_AVERAGE, PILOT_ROWS } from "../defaults/pilotRate.ts";
import { expectedSmoothness, meanSquareWith, pullOfEarlierRows } from "../defaults/smoothness.ts";
import { suggestedRate } from "../defaults/suggestedRate.ts";
import type { FittedData } from "../fitted/fittedData.ts";
import { scorer } from "../fitted/scorer.ts";
import type { FitStepOptions } from "./estimator.ts";
import { type FitRows, riskOf, rowsInMemory } from "./fitRows.ts";
import { requireColumnSizes, requireFiniteRows, requireTargetSizes } from "./magnitudes.ts";
import { fittedModel, type Model, type PartialFit, type Targets, type TrainingRows } from "./model.ts";
import { type DescentOptions, stopOf } from "./options.ts";
import { splitForValidation, subsetOf } from "./rowSubsets.ts";
import { roughFit, SETTLED_ROWS, spacedWithMeanOne } from "./samples.ts";
import { standardization } from "./scaling.ts";
import { type FitRun, resultAt } from "./steps.ts";
import { type Table, tableOf, uncheckedTable } from "./table.ts";
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
  const table = earlier
    ? tableOf(functionName, X, { count: earlier.features, names: earlier.names })
    : uncheckedTable(functionName, X);
  requireLength(functionName, "y", y, "row of X", table.rows);
  const all = model.targets(functionName, y, earlier);
  const elementType = elementTypeOfMatrix(table);
  if (elementType === "float32") requireFloat32(functionName, "targets", all.numbers.data);
  const given = combinedWeights(functionName, table.rows, fitOptions.weights, all.weights);
  const { seed = 0 } = options;
  const stop = earlier ? {} : stopOf(model, options, table.rows);
  const parts = splitForValidation(functionName, table.rows, all, stop.validation?.share, seed);
  const targets = parts && all.scaling && !earlier ? scaledByTraining(model, functionName, y, parts.train) : all;
  const subset = (rows: Uint32Array): FitRows => rowsInMemory(subsetOf(functionName, table, targets, given, rows));
  const whole = rowsInMemory({ X: table, y: targets.numbers, weights: given && meanOne(functionName, given) });
  if (!earlier && !isSparse(table)) requireFiniteRows(functionName, table, whole);
  const rows = { training: parts ? subset(parts.train) : whole, validation: parts && subset(parts.test), all: [whole] };
  return startRun(functionName, model, options, { ...rows, targets }, fitOptions, partialFit, earlier);
}

/** The rows of a fit, and the facts about their targets. */
export interface FitData {
  readonly training: FitRows;
  readonly validation: FitRows | undefined;
  /** The rows of both. */
  readonly all: readonly FitRows[];
  readonly targets: Pick<Targets, "classes" | "scaling">;
}

/** Starts the run of a fit to some rows. */
export function startRun<Y extends ArrayLike<unknown>, F>(
  functionName: string,
  model: Model<Y, F>,
  options: DescentOptions,
  { training, validation: validationRows, all, targets }: FitData,
  fitOptions: Omit<FitStepOptions, "weights">,
  partialFit: PartialFit<Y, F>,
  earlier?: FittedData,
): FitRun<FittedData, F> {
  const { columns, elementType } = training;
  const { seed = 0, standardize = true, kernels = wasmKernels } = options;
  const stop = earlier
    ? {}
    : stopOf(
        model,
        options,
        all.reduce((sum, { rows }) => sum + rows, 0),
      );
  const scaling = earlier ? earlier.scaling : standardize ? training.scaling(functionName) : null;
  for (const rows of all) {
    if (scaling === null) requireColumnSizes(functionName, rows);
    if (targets.classes === null) requireTargetSizes(functionName, rows);
  }
  const mean = (): number => meanTarget(training);
  const l2 = options.l2 ?? model.defaultL2(training.rows, mean);
  const penalties = { l2, l1: model.l1 };
  const scoresAt = (predictor: Predictor, params: Vector, X: AnyMatrix): Float64Array =>
    scorer(predictor, params, scaling, columns)(functionName, X).data;
  const settled = earlier ? { settings: earlier.settings } : model.settle?.(settledRows());
  const settings = settled?.settings ?? model.settings;
  const build = model.build(columns, targets, settings);
  const start = options.start ?? settled?.start;
  const curvature = (): number =>
    model.curvature({
      settings,
      largest() {
        let [target, score] = [-Infinity, ArrayBuffer.isView(start) ? -Infinity : 0];
        training.each(({ X, y }) => {
          for (const each of y.data) target = Math.max(target, each);
          if (!ArrayBuffer.isView(start)) return;
          for (const each of scoresAt(build.predictor, start, X)) score = Math.max(score, each);
        });
        return { target, score };
      },
    });
  const sample = { rows: training, scaling };
  const smoothnessData = { ...sample, kernels, seed };
  let pilot: Problem | undefined;
  const plan = model.plan({
    rows: training.rows,
    features: columns,
    outputs: build.predictor.outputs,
    l2,
    updates: earlier?.updates ?? 0,
    continued: earlier !== undefined,
    optimizer: options.optimizer,
    batchSize: options.batchSize,
    epochs: options.epochs,
    smoothness(batchRows, own) {
      const c = curvature();
      const pull = earlier ? pullOfEarlierRows(c, batchRows, earlier, sample) : 0;
      return expectedSmoothness(c, batchRows, own ? { ...smoothnessData, scaling: own } : smoothnessData) + pull;
    },
    rawColumns() {
      if (scaling !== null || earlier || model.l1 > 0 || training.isSparse) return null; // a fixed matrix would change all weights
      const { shift, scale } = training.scaling(functionName);
      const flat = l2 / curvature();
      return { shift, scale: scale.map((s) => Math.sqrt(s * s + flat)) };
    },
    objectiveAfter(optimizer, { batchRows, epochs }) {
      pilot ??= riskOf(spacedWithMeanOne(training, PILOT_ROWS), { ...build, ...penalties }, scaling);
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
  const batchRows = plan.batchSize === "full" ? training.rows : plan.batchSize;
  const average = options.average ?? (options.optimizer ? undefined : plan.average);
  const remaining = stop.remaining ?? (stop.gradient === undefined ? plan.remaining : undefined);
  const canStall = plan.remaining !== undefined && options.optimizer === undefined;
  const change = stop.change ?? (canStall ? STALLED[elementType] : undefined);
  const validation = validationRows && {
    problem: validationRows.problem(build, scaling),
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
    localEpochs: options.localEpochs,
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
      ...(options.localEpochs && fitOptions.ranks!.size > 1 && { localEpochs: fitOptions.ranks!.size }),
      ...(validationRows && { validation: validationRows.rows, patience: stop.validation?.patience ?? 10 }),
    },
    features: columns,
    rows: (earlier?.rows ?? 0) + training.rows,
    meanSquare,
    names: training.names ? [...training.names] : null,
    classes: targets.classes,
    ...(earlier?.threshold !== undefined && { threshold: earlier.threshold }),
    scaling,
    targetScaling: targets.scaling,
    ...resultAt(step),
  });
  const problem = training.problem({ ...build, ...penalties }, scaling);
  return {
    parts: {
      problem,
      optimizer,
      options: trainOptions,
      l2,
      standardized: scaling !== null,
      columns: training.names ?? null,
      problemWith(standardized) {
        if (standardized === (scaling !== null)) return problem;
        return training.problem({ ...build, ...penalties }, standardized ? training.scaling("fit") : null);
      },
    },
    steps: (kernels = trainOptions.kernels) => train(problem, optimizer, { ...trainOptions, kernels }),
    fittedDataAt,
    fitted: (fittedData) => fittedModel(model, fittedData, partialFit),
    suggestedRate: () => suggestedRate({ ...build, l2, optimizer, batchRows }, smoothnessData),
  };

  function settledRows(): TrainingRows {
    const sample = spacedWithMeanOne(training, SETTLED_ROWS);
    return {
      y: sample.y.data,
      weights: sample.weights,
      features: columns,
      mean,
      roughFit(predictor, loss, start) {
        const problem = riskOf(sample, { predictor, loss, ...penalties }, scaling);
        const params = roughFit(problem, start, kernels);
        return { params, scores: scoresAt(predictor, params, sample.X) };
      },
    };
  }
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
