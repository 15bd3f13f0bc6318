import { requireKnown, requirePositive, requireSize } from "../../core/check.ts";
import type { BindKernels } from "../../kernels/kernels.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { type BatchSize, batchRows } from "../../training/order/batchSize.ts";
import { requireOptimizer, type Start } from "../../training/trainOptions.ts";
import { pointAtStart } from "./forecastPoint.ts";
import type { Forecast } from "./forecastReport.ts";
import { quadraticForecast } from "./quadraticForecast.ts";
import { factsOf } from "./updateRule.ts";

/** Options of `forecast`: those of the run, and the tolerance. */
export interface ForecastOptions {
  /** Examples per update, as for `train` ["full"]. */
  readonly batchSize?: BatchSize;
  /** The parameters at the start, as for `train` ["zeros"]. */
  readonly start?: Start;
  /** The seed of a random start [0]. */
  readonly seed?: number;
  /** The share of (objective at the start − optimum) that the numbers of epochs are for: above 0 [1e-6]. */
  readonly tolerance?: number;
  /** The functions that do the numerical work [those of the WebAssembly module]. */
  readonly kernels?: BindKernels;
}

export function forecast(problem: Problem, optimizer: Optimizer, options: ForecastOptions = {}): Forecast {
  requireKnown("forecast", options, ["batchSize", "start", "seed", "tolerance", "kernels"]);
  requireOptimizer("forecast", optimizer);
  const { batchSize = "full", start = "zeros", seed = 0, tolerance = 1e-6, kernels = wasmKernels } = options;
  requireSize("forecast", "seed", seed, 0);
  requirePositive("forecast", "tolerance", tolerance);
  const rows = batchRows(batchSize, problem.examples);
  const facts = factsOf(optimizer);
  const point = pointAtStart(problem, start, seed, kernels);
  const data = point.objective.linearData?.();
  const { rule } = facts;
  if (data && rule && rows === problem.examples && data.loss.loss === "halfSquared" && data.l1 === 0) {
    return quadraticForecast(data, point, facts, rule, tolerance);
  }
  return notKnown(facts.rate, tolerance, "…");
}

function notKnown(rate: number | null, tolerance: number, sentence: string): Forecast {
  return {
    band: "not known",
    learningRate: rate,
    guaranteed: null,
    limit: null,
    best: null,
    epochs: null,
    bestEpochs: null,
    tolerance,
    start: null,
    optimum: null,
    noiseFloor: null,
    criticalBatch: null,
    zones: [{ from: 0, to: Infinity, name: "not known" }],
    sentences: [sentence],
  };
}
