// One run of the lab: it goes forward update by update, and back to any of its snapshots.

import {
  DivergenceError,
  type Forecast,
  type History,
  type Optimizer,
  type PreparedFit,
  type Problem,
  type State,
  type Step,
  type StopReason,
  type TrainOptions,
  type Verdict,
} from "downhill";
import { type Epochs, epochsOf } from "./epochs.ts";
import { type Evaluator, evaluatorOf } from "./evaluator.ts";
import { firstUpdates } from "./firstUpdates.ts";
import { type LossTrace, lossTrace } from "./lossTrace.ts";
import { overfittingWatch } from "./overfitting.ts";
import { beginPhase, type Training } from "./phase.ts";
import { type Snapshot, type Snapshots, snapshotList } from "./snapshots.ts";
import { type Stopwatch, stopwatch } from "./stopwatch.ts";

/** An update of a run. */
export interface Update {
  /** The parameters before and after it. */
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly learningRate: number;
  /** Whether the update has been done. */
  readonly isDone: boolean;
}

/** A run and the facts about it. */
export interface LiveRun {
  readonly problem: Problem;
  readonly optimizer: Optimizer;
  readonly options: TrainOptions;
  readonly forecast: Forecast;
  readonly evaluator: Evaluator;
  /** The run after its latest update. */
  readonly now: Moment;
  /** The latest update; at the start and after a change of the settings the next one. */
  readonly latestUpdate: Update;
  /** The parameters after each of the first updates, known before the run does them; none if its settings have changed after its start. */
  readonly ahead: readonly Float64Array[];
  readonly epochs: Epochs;
  /** The order of the rows in batches, also while the run is in full batch; undefined: shuffled. */
  readonly order: TrainOptions["order"];
  /** The objective over all training rows: in full batch after every update, otherwise after every epoch. */
  readonly objectives: LossTrace;
  /** Of mini-batches: the objective on the batch of each update, before the update. */
  readonly batchLosses: LossTrace;
  readonly heldOut: LossTrace;
  readonly snapshots: Snapshots;
  /** The record of the library. */
  readonly history: History;
  readonly verdict: Verdict | null;
  /** Why the run has ended; null while it can go on. */
  readonly ended: StopReason | null;
  readonly divergence: DivergenceError | null;
  /** The changes of settings during the run, by the number of updates before them. */
  readonly changes: readonly { readonly update: number; readonly text: string }[];
  /** The computing time of the updates. */
  readonly seconds: Stopwatch;
  /** Does the next update. Returns false if the run has ended. */
  next(): boolean;
  /** Goes on with other settings from here. */
  change(training: Training, text: string): void;
  /** Goes back to the last snapshot after at most this number of updates, and goes on from there with these settings. */
  rewind(update: number, training: Training, text: string): void;
}

/** A run after one of its updates. */
export interface Moment {
  readonly update: number;
  readonly epoch: number;
  readonly params: Float64Array;
  /** The objective over all training rows; null where it was not computed. */
  readonly objective: number | null;
  readonly gradientNorm: number | null;
  readonly batchLoss: number | null;
}

const HELD_OUT_DENSE = 256; // epochs; later ones are evaluated at growing distances

/** Starts a run. It has not done an update yet. */
export function startRun(training: Training): LiveRun {
  let phase = beginPhase(training, undefined);
  let { problem } = phase.fit;
  let { order } = phase.fit.options;
  let evaluator = evaluatorOf(problem, phase.fit.options);
  const epochs = epochsOf(problem.examples, rowsOfBatch(phase.fit));
  const atStart: Snapshot = {
    update: 0,
    epoch: 0,
    objective: evaluator.at(evaluator.start),
    params: evaluator.start,
    state: null,
  };
  const objectives = lossTrace();
  const batchLosses = lossTrace();
  const heldOut = lossTrace();
  const changes: { update: number; text: string }[] = [];
  let heldOutLoss = training.heldOutLoss;
  const heldOutWatch = overfittingWatch();
  const snapshots = snapshotList(atStart);
  const seconds = stopwatch();
  let now: Moment = momentOf(atStart);
  let latestUpdate = updateAfter(training, undefined, evaluator.start);
  let ahead: readonly Float64Array[] | null = null;
  let step: Step | null = null;
  let ended: StopReason | null = null;
  let divergence: DivergenceError | null = null;

  function addHeldOut(update: number, loss: number, { epoch, objective }: Pick<Moment, "epoch" | "objective">): void {
    heldOut.add(update, loss);
    heldOutWatch.add(epoch, loss, objective ?? Number.NaN);
  }

  const addStart = (): void => {
    objectives.add(0, atStart.objective);
    if (heldOutLoss) addHeldOut(0, heldOutLoss(evaluator.start), atStart);
  };
  addStart();

  function record(done: Step): void {
    const { t, epoch, endOfEpoch, batchLoss, learningRate, solution, history } = done;
    const params = Float64Array.from(solution);
    const objective = endOfEpoch ? (history.objective?.at(-1) ?? null) : null;
    const gradientNorm = endOfEpoch ? (history.gradientNorm?.at(-1) ?? null) : null;
    latestUpdate = { from: now.params, to: params, learningRate, isDone: true };
    now = { update: t, epoch, params, objective, gradientNorm, batchLoss };
    if (epochs.updatesPerEpoch > 1) batchLosses.add(t, batchLoss);
    if (objective !== null) objectives.add(t, objective);
    const distance = 2 ** Math.max(0, Math.ceil(Math.log2(epoch / HELD_OUT_DENSE)));
    if (heldOutLoss && endOfEpoch && epoch % distance === 0) addHeldOut(t, heldOutLoss(params), now);
    if (snapshots.accepts(t)) {
      const state = done.state();
      snapshots.add({ update: t, epoch, objective: objective ?? Number.NaN, params, state: withoutHistory(state) });
    }
    phase.watch.add(done);
  }

  function endWith(reason: StopReason, error: DivergenceError | null): void {
    ended = reason;
    divergence = error;
    if (error) objectives.add(now.update + (error.update > now.update ? 1 : 0.5), Number.POSITIVE_INFINITY);
    phase.watch.end(reason, error);
  }

  /** Puts everything back to a snapshot; the state to go on from, or undefined for the start. */
  function goBack(update: number): State | undefined {
    const snapshot = snapshots.before(update);
    const { state } = snapshot;
    const full = state && { ...state, progress: { ...state.progress, history: historyUpTo(step!, state) } };
    for (const list of [objectives, batchLosses, heldOut]) list.cut(snapshot.update);
    changes.splice(0, changes.length, ...changes.filter((change) => change.update <= snapshot.update));
    snapshots.cut(snapshot.update);
    epochs.cut(snapshot.update);
    seconds.cut(snapshot.update);
    now = momentOf(snapshot);
    return full ?? undefined;
  }

  function goOn(next: Training, from: State | undefined, text: string): void {
    training = next;
    ahead = now.update === 0 ? null : [];
    const batch = rowsOfBatch(next.prepare());
    epochs.cut(now.update); // the state has the batches before a change at this update
    const isOther = batch !== epochs.rows;
    if (isOther) epochs.change(now.update, from?.progress.epoch ?? 0, batch);
    const resume = from && isOther ? withBatches(from, batch) : from;
    phase = beginPhase(next, resume);
    problem = phase.fit.problem;
    order = phase.fit.options.order ?? order;
    evaluator = evaluatorOf(problem, { ...phase.fit.options, start: evaluator.start }); // the penalties can be others
    heldOutLoss = next.heldOutLoss;
    const lowest = heldOut.lowest();
    if (lowest !== null) {
      const epoch = Math.round(epochs.reader()(lowest.update));
      heldOutWatch.restart({ epoch, loss: lowest.loss, objective: evaluator.at(now.params) });
    }
    ended = null;
    divergence = null;
    latestUpdate = updateAfter(next, resume, now.params);
    if (now.update > 0) changes.push({ update: now.update, text });
  }

  /** The library's verdict. A run that makes progress, or has converged, can overfit all the same. */
  function verdictNow(): Verdict | null {
    const own = phase.watch.verdict();
    return own?.id === "healthy" || own?.id === "converged" ? (heldOutWatch.verdict() ?? own) : own;
  }

  return {
    get problem() {
      return problem;
    },
    get evaluator() {
      return evaluator;
    },
    epochs,
    get order() {
      return order;
    },
    seconds,
    objectives,
    batchLosses,
    heldOut,
    changes,
    snapshots,
    get optimizer() {
      return phase.fit.optimizer;
    },
    get options() {
      return phase.fit.options;
    },
    get forecast() {
      return phase.forecast;
    },
    get now() {
      return now;
    },
    get ahead() {
      ahead ??= firstUpdates(training);
      return ahead;
    },
    get latestUpdate() {
      return latestUpdate;
    },
    get history() {
      return step?.history ?? noHistory;
    },
    get verdict() {
      return verdictNow();
    },
    get ended() {
      return ended;
    },
    get divergence() {
      return divergence;
    },
    next() {
      if (ended !== null) return false;
      const begun = performance.now();
      try {
        const result = phase.steps.next();
        if (result.done) return false;
        step = result.value;
        seconds.add(step.t, (performance.now() - begun) / 1000);
        record(step);
        if (step.stopped === "diverged")
          phase.steps.next(); // throws the error with its facts
        else if (step.stopped !== null) endWith(step.stopped, null);
        else if (phase.watch.verdict()?.id === "diverged") ended = "diverged";
        return true;
      } catch (error) {
        if (!(error instanceof DivergenceError)) throw error;
        endWith("diverged", error);
        return false;
      }
    },
    change(next, text) {
      goOn(next, now.update > 0 && step ? step.state() : undefined, text);
    },
    rewind(update, next, text) {
      goOn(next, goBack(update), text);
    },
  };
}

const momentOf = ({ update, epoch, params, objective }: Snapshot): Moment => ({
  ...{ update, epoch, params, objective },
  gradientNorm: null,
  batchLoss: null,
});

const noHistory: History = { updates: [], learningRate: [], batchLoss: [] };

/** The state without its history, which grows with the run. */
const withoutHistory = (state: State): State => ({ ...state, progress: { ...state.progress, history: noHistory } });

/** The part of a run's history before a state. */
function historyUpTo({ history }: Step, { progress: { epoch } }: State): History {
  const lists = Object.entries(history).map(([name, list]) => [name, list.slice(0, epoch)]);
  return Object.fromEntries(lists) as History;
}

/** The parameters before and after the update that the training will do next. */
function updateAfter(training: Training, resume: State | undefined, from: Float64Array): Update {
  try {
    const { value } = training.prepare(resume).steps().next();
    if (value) return { from, to: Float64Array.from(value.solution), learningRate: value.learningRate, isDone: false };
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
  }
  return { from, to: from, learningRate: 0, isDone: false };
}

/** The rows of a batch. */
const rowsOfBatch = ({ problem, options }: PreparedFit): number =>
  typeof options.batchSize === "number" ? Math.min(options.batchSize, problem.examples) : problem.examples;

/** The state at the beginning of its epoch, for batches of another size. */
const withBatches = (state: State, batch: number): State => ({
  ...state,
  rows: { ...state.rows, batch },
  progress: { ...state.progress, position: 0, epochSum: 0, blockSum: 0 },
});
