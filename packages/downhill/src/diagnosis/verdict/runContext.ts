import type { DivergenceError } from "../../core/divergenceError.ts";
import { allocate, planOnly } from "../../kernels/arena.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import type { OptimizerSpec } from "../../optimizers/spec.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { batchRows } from "../../training/order/batchSize.ts";
import type { StopReason } from "../../training/stopping/stopRules.ts";
import type { TrainOptions } from "../../training/trainOptions.ts";
import type { Certificate } from "../certificate/certificate.ts";
import type { CurvatureReport } from "../curvature/curvatureReport.ts";
import type { Forecast } from "../forecast/forecastReport.ts";

/** The facts about a run that its trace does not contain. A fact that is left out is not known. */
export interface RunContext {
  /**
   * The shape of the objective. "quadratic": least squares with linear scores. "smooth": linear scores with another loss that
   * has a continuous slope, so all but the hinge. "convex": other convex objectives. "other": networks, factorizations, and
   * functions of your own.
   */
  readonly shape: "quadratic" | "smooth" | "convex" | "other";
  /** The number of training rows. */
  readonly examples: number;
  /** The rows of one update; `examples` for full batch. */
  readonly batchRows: number;
  /** The optimizer's `spec`. */
  readonly optimizer?: OptimizerSpec | undefined;
  /** The learning rate of the last update, if the run takes all its epochs. */
  readonly lastRate?: number | undefined;
  /** The reason why the run ended; null while it goes on. */
  readonly stopped?: StopReason | "interrupted" | null;
  /** The error of a run that diverged. */
  readonly divergence?: Pick<DivergenceError, "what" | "update" | "learningRate"> | undefined;
  /** The curvature before training, as far as it is known; by default that of the forecast. */
  readonly curvature?: Pick<CurvatureReport, "condition"> | undefined;
  /** The forecast before training, as far as it is known. */
  readonly forecast?:
    | Partial<
        Pick<Forecast, "band" | "start" | "limit" | "guaranteed" | "best" | "epochs" | "bestEpochs" | "condition">
      >
    | undefined;
  /** The certificate of the result. */
  readonly certificate?: Certificate | undefined;
  /** Whether the columns are standardized. */
  readonly standardized?: boolean;
  /** The parameters at the start. */
  readonly start?: "zeros" | "random" | "numbers";
  /** The activation of the hidden units. */
  readonly activation?: string;
  /** Whether the solution is an average of parameters. */
  readonly averaged?: boolean;
  /** The lowest objective of other runs on the same problem. */
  readonly lowestObjective?: number;
  /** The objective of the best constant scores. */
  readonly constantObjective?: number;
  /** The hidden units, counted by `deadUnits`. */
  readonly deadUnits?: {
    /** The number of hidden ReLU units that are 0 for every row. */
    readonly dead: number;
    /** The number of all hidden units. */
    readonly units: number;
  };
}

/**
 * The facts that a problem, an optimizer and the options of `train` contain; add what else is known: `{ ...runContext(problem,
 * optimizer, options), forecast, stopped }`.
 *
 * @throws RangeError for a batchSize that is not possible
 *
 * @example
 * ```ts
 * import { column, dense, halfSquared, linear, plain, risk, runContext } from "downhill";
 *
 * const inputs = dense({ data: Float64Array.of(-1, 0, 1), rows: 3, columns: 1 });
 * const problem = risk({ predictor: linear(1), loss: halfSquared(), inputs, targets: column(Float64Array.of(1, 3, 5)) });
 * const { shape, batchRows } = runContext(problem, plain(0.1), { batchSize: 1 });
 * [shape, batchRows]; // ["quadratic", 1]
 * ```
 */
export function runContext(problem: Problem, optimizer: Optimizer, options: TrainOptions = {}): RunContext {
  const { batchSize = "full", start = "zeros", kernels = wasmKernels, epochs = 100, clock = 0 } = options;
  const rows = batchRows(batchSize, problem.examples);
  const { elementType } = problem;
  const { spec, curvature } = planOnly(kernels, elementType, (arena) => problem.bind(arena));
  const linear = spec?.predictor.predictor === "linear";
  const constant = linear ? undefined : allocate(kernels, elementType, (arena) => problem.bind(arena)).constant?.();
  const activation = spec?.predictor["activation"] as string | undefined;
  return {
    shape: !linear
      ? "other"
      : spec.loss.loss === "halfSquared" && spec.l1 === 0
        ? "quadratic"
        : curvature
          ? "smooth"
          : "convex",
    examples: problem.examples,
    batchRows: rows,
    optimizer: optimizer.spec,
    lastRate: optimizer.schedule?.(clock + epochs * Math.ceil(problem.examples / rows)),
    averaged: options.average !== undefined,
    start: typeof start === "string" ? start : ArrayBuffer.isView(start) ? "numbers" : "random",
    ...(activation && { activation }),
    ...(constant && { constantObjective: constant.best }),
  };
}
