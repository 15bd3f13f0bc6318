import { requireKnown, requireLength } from "../../core/check.ts";
import { dot } from "../../core/dot.ts";
import { allRows } from "../../core/rows.ts";
import type { BindKernels } from "../../kernels/kernels.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import type { Problem } from "../../training/objective/objective.ts";
import type { Step } from "../../training/train.ts";
import { requireParameters } from "../curvature/hessianTimes.ts";
import { type ForecastPoint, pointAtStart } from "../forecast/forecastPoint.ts";
import type { Forecast } from "../forecast/forecastReport.ts";
import { numberText, percentText } from "../numberText.ts";
import type { Signals } from "../verdict/signals.ts";
import { collinear } from "./collinear.ts";
import { constantScores } from "./constantScores.ts";
import { deadUnitsFinding } from "./deadUnits.ts";
import type { Finding } from "./finding.ts";
import { penaltyShare, plottedLoss } from "./plottedLoss.ts";
import { scoredRows } from "./scoredRows.ts";
import { separable } from "./separable.ts";

/** What `explanations` uses beside the problem and the parameters. */
export interface ExplanationOptions {
  /** The signals of the run. */
  readonly trace?: readonly Signals[];
  /** Rows of a batch [all rows]. */
  readonly batchRows?: number;
  /** Whether the run averaged its parameters [false]. */
  readonly averaged?: boolean;
  /** The forecast of the run, for the height of the noise. */
  readonly forecast?: Pick<Forecast, "noiseFloor" | "learningRate">;
  /** The names of the columns of the inputs. */
  readonly names?: readonly string[];
  /** The functions that do the numerical work [those of the WebAssembly module]. */
  readonly kernels?: BindKernels;
}

/** A result, with its rows in memory and its objective. */
type Explained = Pick<ForecastPoint, "problem" | "objective" | "params" | "value">;

const MANY = 1e9; // multiply-adds: about a second
const VISIBLE = 1e-3; // of the objective: a height of the noise that is worth a sentence

/**
 * Facts that explain surprises about the result of a run: an objective that differs from the plotted loss, classes that a plane
 * separates, dead ReLU units, a model that is no better than a constant, columns that depend on others, and the noise of batches.
 *
 * After a step of a training, `explanations(step)` explains its result on the rows in the memory of the run. Call it before you take the next
 * step. With a problem and the parameters of the result, `step.solution`, or if early stopping keeps those of an earlier epoch, it copies the rows first.
 *
 * It takes a pass over the rows, and for dead units more. Columns that depend on others are searched for only with linear scores, and if rows ·
 * columns² is at most 1e9.
 *
 * @throws TypeError or RangeError for an option that is not possible
 *
 * @example
 * ```ts
 * import { column, dense, explanations, linear, logistic, risk } from "downhill";
 *
 * const inputs = dense({ data: Float64Array.of(-2, -1, 1, 2), rows: 4, columns: 1 });
 * const problem = risk({ predictor: linear(1), loss: logistic(), inputs, targets: column(Float64Array.of(-1, -1, 1, 1)) });
 * const [finding] = explanations(problem, [5, 0]);
 * finding!.code; // "separable"
 * finding!.numbers["margin"]; // 5
 * ```
 */
export function explanations(step: Step, options?: ExplanationOptions): Finding[];
export function explanations(problem: Problem, params: ArrayLike<number>, options?: ExplanationOptions): Finding[];
export function explanations(
  of: Problem | Step,
  second?: ArrayLike<number> | ExplanationOptions,
  third?: ExplanationOptions,
): Finding[] {
  const options = (("bound" in of ? second : third) ?? {}) as ExplanationOptions;
  requireKnown("explanations", options, ["trace", "batchRows", "averaged", "forecast", "names", "kernels"]);
  const { trace = [], averaged = false, forecast, names, kernels = wasmKernels } = options;
  const { problem, objective, params, value } =
    "bound" in of ? atStep(of, kernels) : copied(of, second as ArrayLike<number>, kernels);
  const { examples } = problem;
  const data = objective.linearData?.();
  if (names && data) requireLength("explanations", "names", names, "column", data.d);
  const rows = objective.chunks ? null : scoredRows(problem, objective.spec, params.buffer, params);
  const mean = objective.loss(params, allRows(examples)) / examples;
  const constant = objective.constant?.();
  return [
    ...plottedLoss(trace, { averaged, full: (options.batchRows ?? examples) >= examples }),
    ...penaltyShare(value, mean),
    ...(rows ? [...separable(rows, Math.sqrt(dot(params, params))), ...deadUnitsFinding(rows)] : []),
    ...(constant ? constantScores(rows, mean, constant.best) : []),
    ...(data && data.n * data.d * data.d <= MANY ? collinear(data, kernels, names) : []),
    ...noise(value, forecast),
  ];
}

/** The rows in the memory of a run; a copy if early stopping keeps the parameters of an earlier epoch, whose objective is not known. */
function atStep(step: Step, kernels: BindKernels): Explained {
  const run = step.bound();
  return step.best ? copied(run.problem, run.params, kernels) : { ...run, value: step.objective() };
}

function copied(problem: Problem, params: ArrayLike<number>, kernels: BindKernels): Explained {
  requireParameters("explanations", "params", params, problem);
  return pointAtStart(problem, Float64Array.from(params), 0, kernels);
}

/** The predicted height of the noise, if it is visible. */
function noise(objective: number, forecast: ExplanationOptions["forecast"]): Finding[] {
  const { noiseFloor, learningRate } = forecast ?? {};
  if (noiseFloor == null || learningRate == null || !(noiseFloor > VISIBLE * objective)) return [];
  return [
    {
      code: "noiseFloor",
      sentence:
        `With the constant learning rate ${numberText(learningRate)}, the noise of the batches keeps the objective about ` +
        `${numberText(noiseFloor, 2)} above the optimum (${percentText(noiseFloor / objective)} of the objective). A learning rate that falls, or ` +
        "larger batches, lower it.",
      numbers: { noiseFloor, learningRate, objective },
      remedies: [],
    },
  ];
}
