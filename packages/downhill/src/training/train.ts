// The trainer: the clock, the subtraction and the stopping. It never mentions a model.
import { requireKnown, requireOneOf, requireSize } from "../core/check.ts";
import type { Grid, Part } from "../core/grid.ts";
import { random } from "../core/random.ts";
import type { Vector } from "../core/vector.ts";
import type { BindKernels } from "../kernels/kernels.ts";
import { wasmKernels } from "../kernels/wasm.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { type Averaging, averagingFraction, checkAveraging } from "./average.ts";
import { type BatchSize, batchRows, diagonalsOf, type Order, orderNames, writeOrder } from "./batches.ts";
import { laneCount } from "./evaluate.ts";
import { emptyHistory, type History, type Trace } from "./history.ts";
import { keepLeast } from "./least.ts";
import { type Measure, measure } from "./measure.ts";
import type { Problem } from "./objective.ts";
import { bindRun, diverged, type Start, solutionOf, writeStart } from "./run.ts";
import { bindSharedSweep } from "./sharedSweep.ts";
import { restoreState, type State, saveState } from "./state.ts";
import { checkStopRules, improves, type StopReason, type StopRules } from "./stopping.ts";
import { bindSweep } from "./sweep.ts";
import type { Team } from "./team.ts";

export interface TrainOptions {
  /** "full" is batch descent, 1 stochastic, any number between mini-batch ["full"]. The last, smaller batch is used. */
  readonly batchSize?: BatchSize;
  /** Epochs at most, counted from the very start of the run [100]. */
  readonly epochs?: number;
  /** The order of visits ["shuffled"]; full batches have none. */
  readonly order?: Order;
  /** ["zeros"] */
  readonly start?: Start;
  /** Of the random start and the shuffles [0]. */
  readonly seed?: number;
  readonly stop?: StopRules;
  readonly average?: Averaging;
  /** ["exact"] */
  readonly trace?: Trace;
  /** Keep every update's batch value in the history [false]. */
  readonly batchLosses?: boolean;
  /** Yield a step after so many updates and at the end of each epoch, or then only [1]. */
  readonly every?: number | "epoch";
  /** Updates counted as done before the first, as schedules see them [0]. */
  readonly clock?: number;
  /** Go on from a state. All options but `epochs` must be those of the run that it came from. */
  readonly resume?: State;
  /** [wasmKernels] */
  readonly kernels?: BindKernels;
  /** Threads that share the work of large batches; the bits do not depend on them [none]. */
  readonly threads?: Team;
}

const known =
  "batchSize epochs order start seed stop average trace batchLosses every clock resume kernels threads".split(" ");

/** One update, just done. Vectors are live views, which the next update changes. */
export interface Step {
  /** Number of the update, from 1. */
  readonly t: number;
  /** The epoch it belongs to, from 1. */
  readonly epoch: number;
  readonly endOfEpoch: boolean;
  /** The objective on this update's batch, before the update. */
  readonly batchLoss: number;
  /** The rate used. */
  readonly learningRate: number;
  readonly params: Vector;
  /** What the run would return now: the parameters, their average, or where steps may be taken back the least met. */
  readonly solution: Vector;
  /** The solution with the best held-out loss so far, where a held-out part is watched. */
  readonly best: Vector | null;
  readonly history: History;
  /** Why the run ends with this step; null when it goes on. */
  readonly stopped: StopReason | null;
  /** The exact objective over all examples at `solution`. Throws DivergenceError when it is not finite. */
  objective(): number;
  /** A copy of all that the run needs in order to go on from here. */
  state(): State;
}

/**
 * Descends a problem: params −= rate · direction, batch by batch, as an iteration over the updates. Breaking off stops.
 *
 * @throws RangeError or TypeError for options that cannot be followed; DivergenceError once a loss is not finite
 */
export function* train(problem: Problem, optimizer: Optimizer, options: TrainOptions = {}): Generator<Step, void> {
  const { batchSize = "full", epochs = 100, order = "shuffled", start = "zeros", seed = 0, stop = {} } = options;
  const {
    average,
    trace = "exact",
    batchLosses = false,
    every = 1,
    clock = 0,
    resume,
    kernels: bind = wasmKernels,
    threads: team,
  } = options;
  const { size, examples } = problem;
  requireKnown("train", options, known);
  requireSize("train", "epochs", epochs);
  requireSize("train", "seed", seed, 0);
  requireSize("train", "clock", clock, 0);
  requireOneOf("train", "trace", trace, ["exact", "running"]);
  if (typeof order !== "function") requireOneOf("train", "order", order, orderNames);
  if (every !== "epoch") requireSize("train", "every", every);
  checkStopRules(stop, problem);
  if (average) checkAveraging(average);
  if (team && options.kernels) {
    throw new TypeError("train: kernels must be left out with threads, which bring their own. Give one of the two.");
  }
  const rowsPerBatch = batchRows(batchSize, examples);

  const full = rowsPerBatch === examples;
  const laid = order === "grid" ? inBlocks(problem, seed) : { problem, grid: undefined };
  const run = bindRun(laid.problem, optimizer, {
    kernels: bind,
    team,
    ordered: !full && order !== "sequential",
    sweep: !full && optimizer.rate !== undefined && every !== 1,
    grid: laid.grid,
    average: average !== undefined,
    heldOut: stop.heldOut?.problem,
    history: emptyHistory({ trace, batchLosses, heldOut: stop.heldOut !== undefined }),
  });
  const { kernels, objective, evaluate, params, kept, gradient, slots, scalars, progress } = run;
  const { proximal, touched } = objective;
  const { gain } = optimizer;
  if (proximal && gain === undefined) {
    throw new TypeError(
      "train: optimizer must have a gain when l1 > 0, got one without. Use automatic, plain, momentum or nesterov, without clipping.",
    );
  }
  if (optimizer.fullBatch && !full) {
    throw new TypeError(
      `train: batchSize must be "full" for an optimizer that compares gradients, got ${batchSize}. Use adam, say, for batches.`,
    );
  }
  // Plain steps on a few rows of a large model go only where those rows reach; the gradient stays zero elsewhere.
  const oneBlock = !full && rowsPerBatch <= objective.blockRows;
  const local = oneBlock && optimizer.rate !== undefined && touched !== undefined;
  const fraction = (j: number): number => averagingFraction(average?.weight ?? "uniform", j);
  const sweep =
    oneBlock && run.sweep && laneCount(rowsPerBatch, objective.work, size) === 1
      ? bindSweep(run, run.sweep, { examples, rowsPerBatch, rate: optimizer.rate!, fraction })
      : null;
  const sharedSweep =
    sweep && laid.grid && rowsPerBatch === 1 ? bindSharedSweep(run, run.sweep!, optimizer.rate!, run.results) : null;
  const batch = { order: run.order, from: 0, to: 0 };
  const batchAt = (at: Vector, out: Vector): number => evaluate(at, batch, out);
  const rewrite = optimizer.bind({ params, gradient, memory: slots, scalars, kernels, evaluate: batchAt });

  if (resume) {
    restoreState(run, resume);
    requireSize("train", "epochs", epochs, progress.epoch + 1);
  } else {
    writeStart(run, problem, start, seed);
    progress.t = clock;
  }

  let fresh: number | undefined; // the value at params, while `gradient` still holds its gradient over all examples
  let measured: { t: number; of: Measure } | undefined;
  function exact(): Measure {
    if (measured?.t !== progress.t) {
      const found = measure(run, examples);
      if (full && (run.least || solutionOf(run) === params)) fresh = found.value;
      measured = { t: progress.t, of: run.least ? keepLeast(run, found) : found };
      if (local) gradient.fill(0);
    }
    return measured!.of;
  }

  /** One update on the batch; returns its value before the update. */
  function update(): number {
    const count = batch.to - batch.from;
    const value = fresh ?? (local ? objective.add(params, batch, gradient) / count : evaluate(params, batch, gradient));
    fresh = undefined;
    if (!Number.isFinite(value)) throw diverged(run, `the loss became ${value}`);
    if (local && batch.from === 0) kept.set(params);
    const rate = rewrite(progress.t + 1, value);
    if (!(rate > 0 && rate < Infinity)) refuseRate(rate);
    if (local) {
      const { starts, count: pieces, width } = touched!(batch);
      kernels.descendAt(params.byteOffset, gradient.byteOffset, starts, pieces, width, rate / count);
    } else {
      kernels.descend(params.byteOffset, kept.byteOffset, gradient.byteOffset, size, rate);
      proximal?.(params, rate * gain!);
    }
    progress.t++;
    progress.learningRate = rate;
    return value;
  }

  function refuseRate(rate: number): never {
    if (!Number.isFinite(kernels.maxAbsolute(gradient.byteOffset, size)))
      throw diverged(run, "the gradient is not finite");
    throw new RangeError(
      `train: learning rate must be a finite number above 0, got ${rate} for update ${progress.t + 1}. ` +
        "Correct the schedule, or end the run before.",
    );
  }

  function endEpoch(): StopReason | null {
    const { history, change, heldOut, t } = progress;
    if (!Number.isFinite(kernels.maxAbsolute(params.byteOffset, size)))
      throw diverged(run, "a parameter is not finite");
    if (run.least) exact();
    history.updates.push(t);
    history.learningRate.push(progress.learningRate);
    history.batchLoss.push(progress.epochSum / examples);
    if (trace === "exact") {
      history.objective!.push(exact().value);
      history.gradientNorm!.push(exact().norm);
    }
    let reason: StopReason | null = progress.epoch >= epochs ? "epochs" : null;
    if (stop.heldOut && run.heldOutLoss) {
      const loss = run.heldOutLoss();
      if (!Number.isFinite(loss)) throw diverged(run, `the held-out loss became ${loss}`);
      history.heldOut!.push(loss);
      if (improves(heldOut, loss)) run.best!.set(solutionOf(run));
      else if (heldOut.waited >= (stop.heldOut.patience ?? 10)) reason = "heldOut";
    }
    if (stop.change && !improves(change, exact().value, stop.change.tolerance)) {
      if (change.waited >= (stop.change.patience ?? 5)) reason = "stalled";
    }
    if (stop.gradient !== undefined && exact().largest <= stop.gradient) reason = "converged";
    progress.epochSum = 0;
    progress.position = 0;
    return reason;
  }

  const averaging = (): boolean => average !== undefined && progress.epoch >= (average.from ?? 0);

  function note(value: number, rows: number): void {
    progress.history.batchLosses?.push(value);
    progress.epochSum += value * rows;
    progress.position += rows;
  }

  /** The values of full batches, as one note after the other. */
  function noteAll(values: Float64Array): void {
    const losses = progress.history.batchLosses;
    let sum = progress.epochSum;
    for (let i = 0; i < values.length; i++) {
      sum += values[i]! * rowsPerBatch;
      losses?.push(values[i]!);
    }
    progress.epochSum = sum;
    progress.position += values.length * rowsPerBatch;
  }

  let diagonals: (readonly Part[])[] = [];

  /** All updates before the next that ends an epoch or is to be seen, as far as they can be done many at a time. */
  function sweepAhead(): void {
    const { rates, values } = run.sweep!;
    if (local && progress.position === 0) return; // the first decides whether its parameters are kept
    for (;;) {
      const unseen = every === "epoch" ? examples : every - 1 - (progress.t % every);
      const most = Math.min(unseen, Math.ceil((examples - progress.position) / rowsPerBatch) - 1);
      if (most <= 0) return;
      const done = (!averaging() && sharedSweep?.(most, diagonals)) || sweep!(most, averaging());
      if (done === 0) return;
      noteAll(values.subarray(0, done));
      progress.t += done;
      if (averaging()) progress.averaged += done;
      progress.learningRate = rates[done - 1]!;
    }
  }

  const step = (batchLoss: number, endOfEpoch: boolean, stopped: StopReason | null): Step => ({
    t: progress.t,
    epoch: progress.epoch + (endOfEpoch ? 0 : 1),
    endOfEpoch,
    batchLoss,
    learningRate: progress.learningRate,
    params,
    solution: solutionOf(run),
    best: progress.heldOut.best < Infinity ? run.best : null,
    history: progress.history,
    stopped,
    objective: () => exact().value,
    state: () => saveState(run),
  });

  try {
    if (run.least) exact(); // the start may be the least; the first update takes its gradient
    while (progress.epoch < epochs) {
      if (laid.grid) diagonals = diagonalsOf(laid.grid, seed, progress.epoch);
      if (run.order) writeOrder(order, seed, progress.epoch, run.order, laid.grid);
      let stopped: StopReason | null = null;
      while (progress.position < examples) {
        if (sweep) sweepAhead();
        batch.from = progress.position;
        batch.to = Math.min(batch.from + rowsPerBatch, examples);
        const value = update();
        if (averaging()) {
          kernels.approach(run.average!.byteOffset, params.byteOffset, size, fraction(++progress.averaged));
        }
        note(value, batch.to - batch.from);
        const endOfEpoch = batch.to === examples;
        if (endOfEpoch) {
          progress.epoch++;
          stopped = endEpoch();
          yield step(value, true, stopped);
          if (stopped !== null) return;
          break;
        }
        if (every !== "epoch" && progress.t % every === 0) yield step(value, false, null);
      }
    }
  } finally {
    run.leave();
  }
}

/** The problem in the order of its grid. */
function inBlocks(problem: Problem, seed: number): { problem: Problem; grid: Grid } {
  if (problem.grid) return problem.grid(random(seed).fork("grid"));
  throw new TypeError(
    'train: order must not be "grid" for examples that all reach the same parameters, got "grid". ' +
      'Use "shuffled"; grids are for factorizations.',
  );
}
