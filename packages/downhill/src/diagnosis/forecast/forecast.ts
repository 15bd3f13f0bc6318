import { requireKnown, requirePositive, requireSize } from "../../core/check.ts";
import type { Vector } from "../../core/vector.ts";
import type { BindKernels } from "../../kernels/kernels.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { type BatchSize, batchRows } from "../../training/order/batchSize.ts";
import { type Order, orderNames, requireOrder } from "../../training/order/rowOrder.ts";
import { requireOptimizer, type Start } from "../../training/trainOptions.ts";
import { EXACT_SIZE } from "../curvature/curvature.ts";
import { requireParameters } from "../curvature/hessianTimes.ts";
import { batchForecast } from "./batchForecast.ts";
import { convexForecast } from "./convexForecast.ts";
import { type ForecastPoint, pointAtStart } from "./forecastPoint.ts";
import { type Forecast, nothingKnown } from "./forecastReport.ts";
import { hingeForecast } from "./hingeForecast.ts";
import { networkForecast } from "./networkForecast.ts";
import { quadraticForecast } from "./quadraticForecast.ts";
import { ratingForecast } from "./ratingForecast.ts";
import { factsOf } from "./updateRule.ts";

/** Options of `forecast`: options of the run, and the tolerance. */
export interface ForecastOptions {
  /** Examples per update, as for `train` ["full"]. */
  readonly batchSize?: BatchSize;
  /** The order of the examples, as for `train`. Of all orders, only "replacement" changes the forecast: its batches are noisier ["shuffled"]. */
  readonly order?: Order;
  /** The parameters at the start, as for `train` ["zeros"]. */
  readonly start?: Start;
  /** The seed of a random start [0]. */
  readonly seed?: number;
  /** The share of (objective at the start − optimum) that the numbers of epochs are for: above 0 [1e-6]. */
  readonly tolerance?: number;
  /** The parameters of the optimum, if they are known; null: they are not computed [computed where a limit needs them]. */
  readonly optimum?: Vector | null;
  /** The functions that do the numerical work [those of the WebAssembly module]. */
  readonly kernels?: BindKernels;
}

/**
 * The effect of a learning rate on a problem, computed before the training.
 *
 * - Linear regression (half the squared error, any l2) in full batch with `plain`, `momentum` or `nesterov`: the number of epochs
 *   until a share `tolerance` of (objective at the start − optimum) remains, the objective after every epoch, and the rate that
 *   needs the fewest epochs. All are exact up to rounding: with H = Σ hᵢ qᵢ qᵢᵀ and g the gradient at the start, the objective after k
 *   epochs is optimum + Σ ½ (qᵢ·g)² / hᵢ · aᵢ(k)², with aᵢ(k) = (1 − rate · hᵢ)ᵏ for plain descent.
 * - Other smooth losses of linear scores in full batch: the rate up to which every step decreases the objective, and the limit
 *   above which a run cannot settle at the optimum.
 * - Batches on these losses with `plain`: the safe rate, the distance to the optimum that remains because of the noise, and the
 *   batch size above which a larger batch no longer allows a proportionally larger rate. For the hinge: the same distance.
 * - Networks and factorizations: the rate above which steps overshoot at the start.
 * - Other optimizers, and objectives with a function of your own: the band "not known".
 *
 * @throws RangeError when a learning rate is not above 0, or an option is outside its range
 *
 * @example
 * ```ts
 * import { column, dense, forecast, halfSquared, linear, plain, risk } from "downhill";
 *
 * const inputs = dense({ data: Float64Array.of(-3, -1, 1, 3), rows: 4, columns: 1 });
 * const problem = risk({ predictor: linear(1), loss: halfSquared(), inputs, targets: column(Float64Array.of(1, 2, 3, 6)) });
 * const { band, limit, epochs, best, bestEpochs } = forecast(problem, plain(0.05));
 * [band, limit!.toPrecision(3), epochs]; // ["converges", "0.400", 132]
 * [best, bestEpochs]; // [0.33, 18]
 * ```
 */
export function forecast(problem: Problem, optimizer: Optimizer, options: ForecastOptions = {}): Forecast {
  requireKnown("forecast", options, ["batchSize", "order", "start", "seed", "tolerance", "optimum", "kernels"]);
  requireOptimizer("forecast", optimizer);
  const { batchSize = "full", order = "shuffled", start = "zeros", seed = 0, tolerance = 1e-6 } = options;
  const { optimum, kernels = wasmKernels } = options;
  requireOrder("forecast", order, orderNames);
  requireSize("forecast", "seed", seed, 0);
  requirePositive("forecast", "tolerance", tolerance);
  const rows = batchRows(batchSize, problem.examples);
  if (optimum) requireParameters("forecast", "optimum", optimum, problem);
  const facts = factsOf(optimizer);
  const unknown = (sentence: string): Forecast => ({ ...nothingKnown(facts.rate, tolerance), sentences: [sentence] });
  const { rule } = facts;
  if (rule === null && facts.rate === null) return unknown(withoutRule(optimizer, null));
  const point = pointAtStart(problem, start, seed, kernels);
  if (rule === null) return { ...unknown(withoutRule(optimizer, facts.rate)), start: point.value };
  const data = point.objective.linearData?.();
  if (rows === problem.examples && point.gradient.every((g) => g === 0)) {
    if (data === undefined || data.l1 > 0) {
      return unknown(
        "The gradient is 0 at the start, so the run stays there. If it is not the optimum, use a random start.",
      );
    }
    return { ...unknown("The start is the optimum."), band: "converges", epochs: 0 };
  }
  if (data === undefined) {
    const kind = point.objective.spec?.predictor.predictor;
    if (point.objective.chunks && kind !== "network") {
      return unknown("A forecast needs all rows in memory. Make one for a fit to some of the rows.");
    }
    if (kind === "network" && point.objective.hessian) return networkForecast(point, facts, rule, tolerance);
    if (kind === "factors" && rule.name === "plain" && isSquaredError(point))
      return ratingForecast(point, facts, tolerance);
    return unknown("The curvature of this objective is not known, so nothing is known about its learning rates.");
  }
  if (data.loss.loss === "hinge") return hingeForecast(data, point, facts, rule, tolerance);
  if (rows < problem.examples) {
    const draws = { rows, again: order === "replacement" };
    return batchForecast(data, point, facts, rule, draws, tolerance, optimum);
  }
  return data.loss.loss === "halfSquared" && data.l1 === 0 && data.d < EXACT_SIZE
    ? quadraticForecast(data, point, facts, rule, tolerance)
    : convexForecast(data, point, facts, rule, tolerance, optimum);
}

function withoutRule({ spec }: Optimizer, rate: number | null): string {
  if (spec === undefined && rate === null) return "The learning rates of this optimizer are not known before the run.";
  if (rate === null) return "The optimizer chooses its learning rates itself, so there is none to set.";
  return (
    "The optimizer changes the gradient before it does a step, so the curvature gives no limit of the learning rate. " +
    "Compare learning rates in a sweep."
  );
}

const isSquaredError = ({ objective: { spec } }: ForecastPoint): boolean =>
  spec!.loss.loss === "halfSquared" && spec!.loss.outputs === 1 && spec!.w === undefined;
