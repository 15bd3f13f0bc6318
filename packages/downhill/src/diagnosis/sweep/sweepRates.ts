import { requireKnown, requirePositive, requireRows, requireSize } from "../../core/check.ts";
import { DivergenceError } from "../../core/divergenceError.ts";
import { exp, log } from "../../core/elementary.ts";
import { wasmKernels } from "../../kernels/wasm.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import type { Problem } from "../../training/objective/objective.ts";
import { batchRows } from "../../training/order/batchSize.ts";
import { train } from "../../training/train.ts";
import type { TrainOptions } from "../../training/trainOptions.ts";
import { forecast } from "../forecast/forecast.ts";
import { pointAtStart } from "../forecast/forecastPoint.ts";
import type { RateSweep, RateTrial } from "./rateSweep.ts";

/** Options of `sweepRates`: the rates, the length of the runs, and options of the runs as for `train`. */
export interface SweepRatesOptions
  extends Pick<TrainOptions, "batchSize" | "order" | "start" | "seed" | "kernels" | "threads"> {
  /** The rates, or how many there are [9]. */
  readonly rates?: number | readonly number[];
  /** The largest number of updates of a run [300]. */
  readonly updates?: number;
}

const OF_LIMIT = [1e-3, 3] as const; // the smallest and the largest rate, as multiples of a limit above which runs diverge
const OF_SAFE_RATE = [1e-2, 100] as const; // as multiples of a rate that is proven, because larger ones can be better
const WITHOUT = [1e-4, 1] as const; // where no rate is known

/**
 * Short runs with several learning rates from the same start. A run has as many whole epochs as fit into `updates` updates, or
 * `updates` updates of its first epoch if that is longer.
 *
 * Without a list, the rates are spaced evenly on a logarithmic axis and rounded to two digits. They are from 0.001 to 3 times the
 * limit of `forecast` for a quadratic objective in full batch, from 0.01 to 100 times its guaranteed rate (or the limit, if there is
 * none) for others, and from 1e-4 to 1 where it knows neither.
 *
 * A run has diverged if `train` reports it, or if its objective ends above 1.5 times that of the start within the first epoch.
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
 * trials[3]!.objective; // null, because the run diverged
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
  const { start: from = "zeros", seed = 0, kernels = wasmKernels } = options;
  const start = pointAtStart(problem, from, seed, kernels).value;
  const list = typeof rates === "number" ? ratesAround(problem, optimizerWith, rates, runOptions) : rates;
  requireRows("sweepRates", list);
  for (const rate of list) requirePositive("sweepRates", "a learning rate", rate);
  const trials = list.map((rate) => trialOf(problem, optimizerWith(rate), rate, start, updates, runOptions));
  const finite = trials.filter(({ objective }) => objective !== null);
  const best = finite.reduce<RateTrial | null>((a, b) => (a && a.objective! <= b.objective! ? a : b), null);
  return { trials, best: best?.learningRate ?? null, start };
}

function ratesAround(
  problem: Problem,
  optimizerWith: (rate: number) => Optimizer,
  count: number,
  { batchSize = "full", start = "zeros", seed = 0, kernels = wasmKernels }: SweepRatesOptions,
): number[] {
  requireSize("sweepRates", "rates", count);
  const options = { batchSize, start, seed, kernels, optimum: null };
  const { limit, guaranteed, optimum } = forecast(problem, optimizerWith(1), options);
  const centre = optimum === null ? (guaranteed ?? limit) : limit;
  const span = optimum === null ? OF_SAFE_RATE : OF_LIMIT;
  const [low, high] = centre === null || !(centre < Infinity) ? WITHOUT : [span[0] * centre, span[1] * centre];
  const step = count === 1 ? 0 : log(high / low) / (count - 1);
  return Array.from({ length: count }, (_, i) => Number((low * exp(i * step)).toPrecision(2)));
}

function trialOf(
  problem: Problem,
  optimizer: Optimizer,
  learningRate: number,
  start: number,
  updates: number,
  runOptions: SweepRatesOptions,
): RateTrial {
  const perEpoch = Math.ceil(problem.examples / batchRows(runOptions.batchSize ?? "full", problem.examples));
  const epochs = Math.max(1, Math.floor(updates / perEpoch));
  const last = Math.min(updates, epochs * perEpoch);
  const every = last % perEpoch === 0 ? "epoch" : last;
  let [objective, done]: [number | null, number] = [null, 0];
  try {
    for (const step of train(problem, optimizer, { ...runOptions, epochs, every, trace: "running" })) {
      if (step.t < last || step.stopped === "diverged") continue;
      [objective, done] = [step.objective(), step.t];
      if (step.stopped === null && objective > 1.5 * start) objective = null;
      break;
    }
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    [objective, done] = [null, error.update];
  }
  return { learningRate, objective, divergedAt: objective === null ? done : null, updates: done };
}
