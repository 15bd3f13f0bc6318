import type { DivergenceError } from "../../core/divergenceError.ts";
import type { OptimizerSpec } from "../../optimizers/spec.ts";
import type { StopReason } from "../../training/stopping/stopRules.ts";
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
  /** The reason why the run ended; null while it goes on. */
  readonly stopped?: StopReason | "interrupted" | null;
  /** The error of a run that diverged. */
  readonly divergence?: Pick<DivergenceError, "what" | "update" | "learningRate"> | undefined;
  /** Curvature and forecast before training, as far as they are known. */
  readonly curvature?: Partial<Pick<CurvatureReport, "largest" | "condition" | "method">> | undefined;
  readonly forecast?:
    | Partial<Pick<Forecast, "band" | "limit" | "guaranteed" | "best" | "epochs" | "bestEpochs">>
    | undefined;
  /** The certificate of the result. */
  readonly certificate?: Certificate | undefined;
  /** Whether the columns are standardized. */
  readonly standardized?: boolean;
  /** The weight of the penalty l2. */
  readonly l2?: number;
  readonly seed?: number;
  readonly start?: "zeros" | "random" | "numbers";
  readonly activation?: string;
  /** The lowest objective of other runs on the same problem. */
  readonly lowestObjective?: number;
  /** The objective of the best constant scores: `constantObjective` of the problem. */
  readonly constantObjective?: number;
  /** The number of hidden ReLU units that are 0 for every row, and the number of all hidden units. */
  readonly deadUnits?: { readonly dead: number; readonly units: number };
}
