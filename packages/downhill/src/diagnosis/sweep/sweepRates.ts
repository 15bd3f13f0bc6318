import { requireKnown, requirePositive, requireRows, requireSize } from "../../core/check.ts";
import { DivergenceError } from "../../core/divergenceError.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { batchRows } from "../../training/order/batchSize.ts";
import { train } from "../../training/train.ts";
import type { TrainOptions } from "../../training/trainOptions.ts";
import { forecast } from "../forecast/forecast.ts";
import { type ForecastPoint, pointAtStart } from "../forecast/forecastPoint.ts";
import type { RateSweep, RateTrial } from "./rateSweep.ts";
import { staysFinite } from "./staysFinite.ts";
import { sweptRates } from "./sweptRates.ts";

/** Options of `sweepRates`: the rates, the length of the runs, and options of the runs as for `train`. */
export interface SweepRatesOptions
  extends Pick<TrainOptions, "batchSize" | "order" | "start" | "seed" | "kernels" | "threads"> {
  /** A list of rates, or the number of rates to choose [9]. */
  readonly rates?: number | readonly number[];
  /** The largest number of updates of a run [300]. */
  readonly updates?: number;
}

/**
 * Short runs with several learning rates from the same start. A run has as many whole epochs as fit into `updates` updates, or
 * `updates` updates of its first epoch if that is longer.
 *
 * Without a list, the rates are spaced evenly on a logarithmic axis and rounded to two digits, from 1/300 of the best rate of
 * `forecast` to 3 times its limit (with batches, to 30 times the best rate); or from 1e-4 to 1 where it knows neither.
 *
 * A run has diverged if `train` reports it, or if its objective ends above 1.5 times that of the start within the first epoch. If
 * the loss cannot diverge, as for linear scores with the logistic loss, such a run "ended above its start". Both have the objective
 * null and are never the best.
 *
 * @param optimizerWith  makes the optimizer with a learning rate: plain, or (rate) => momentum(rate, { decay: 0.8 })
 * @throws RangeError for a rate that is not above 0, or an option outside its range
 *
 * @example
 * ```ts
 * import { column, dense, halfSquared, linear, plain, risk, sweepRates } from "downhill";
 *
 * const inputs = dense({ data: Float64Array.of(-3, -1, 1, 3), rows: 4, columns: 1 });
 * const problem = risk({ predictor: linear(1), loss: halfSquared(), inputs, targets: column(Float64Array.of(1, 2, 3, 6)) });
 * const { trials, best } = sweepRates(problem, plain, { rates: [0.003, 0.03, 0.3, 3], updates: 50 });
 * best; // 0.3
 * trials[3]!.outcome; // "diverged"
 * ```
 */
export function sweepRates(
  problem: Problem,
  optimizerWith: (rate: number) => Optimizer,
  options: SweepRatesOptions = {},
): RateSweep {
  const known = ["rates", "updates", "batchSize", "order", "start", "seed", "kernels", "threads"];
  requireKnown("sweepRates", options, known);
  const { rates = 9, updates = 300, ...runOptions } = options;
  requireSize("sweepRates", "updates", updates);
  const { batchSize = "full", order = "shuffled", start: from = "zeros", seed = 0, kernels = wasmKernels } = options;
  const atStart = pointAtStart(problem, from, seed, kernels);
  if (typeof rates === "number") requireSize("sweepRates", "rates", rates);
  const point = { batchSize, order, start: from, seed, kernels };
  const list = typeof rates === "number" ? sweptRates(forecast(problem, optimizerWith(1), point), rates) : rates;
  requireRows("sweepRates", list);
  for (const rate of list) requirePositive("sweepRates", "a learning rate", rate);
  const trials = list.map((rate) => trialOf(atStart, optimizerWith(rate), rate, updates, runOptions));
  const finished = trials.filter(({ outcome }) => outcome === "finished");
  const best = finished.reduce<RateTrial | null>((a, b) => (a && a.objective! <= b.objective! ? a : b), null);
  return { trials, best: best?.learningRate ?? null, start: atStart.value };
}

function trialOf(
  atStart: ForecastPoint,
  optimizer: Optimizer,
  learningRate: number,
  updates: number,
  runOptions: SweepRatesOptions,
): RateTrial {
  const { problem, value: start } = atStart;
  const perEpoch = Math.ceil(problem.examples / batchRows(runOptions.batchSize ?? "full", problem.examples));
  const epochs = Math.max(1, Math.floor(updates / perEpoch));
  const last = Math.min(updates, epochs * perEpoch);
  const every = last % perEpoch === 0 ? "epoch" : last;
  let [objective, done, rose] = [Number.NaN, 0, false];
  try {
    for (const step of train(problem, optimizer, { ...runOptions, epochs, every, trace: "running" })) {
      if (step.t < last && step.stopped !== "diverged") continue;
      [objective, done] = [step.objective(), step.t];
      rose = step.stopped === "diverged" || (step.stopped === null && objective > 1.5 * start);
      break;
    }
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    [objective, done] = [Number.NaN, error.update];
  }
  const stays = Number.isFinite(objective) && (!rose || staysFinite(atStart, optimizer));
  const outcome = !stays ? "diverged" : rose && objective > start ? "ended above its start" : "finished";
  return {
    learningRate,
    outcome,
    objective: outcome === "finished" ? objective : null,
    divergedAt: outcome === "diverged" ? done : null,
    updates: done,
  };
}
