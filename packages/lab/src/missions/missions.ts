// Ten missions: small tasks whose success the page checks.

import { generators } from "../state/dataFields.ts";
import { initialChoice } from "../state/field.ts";
import { type DataState, initialState, type LabState } from "../state/labState.ts";
import { marginWidth } from "../state/marginWidth.ts";
import { models } from "../state/trainingFields.ts";
import type { MissionId } from "./missionTexts.ts";
import { haveSameData, type RunFacts } from "./runFacts.ts";

/** A task with a start, and a check of its success. */
export interface Mission {
  readonly id: MissionId;
  readonly start: LabState;
  /** The states of a solution, one for each run. */
  readonly solution: readonly LabState[];
  /** Whether the runs so far do the task. The last run is the current one. */
  isDone(runs: readonly RunFacts[]): boolean;
}

function generated<Name extends keyof typeof generators>(name: Name, options: object = {}): DataState {
  const { options: initial } = initialChoice(generators, name);
  return { kind: "generated", generator: { name, options: { ...initial, ...options } } } as DataState;
}

function stateOf(
  data: DataState,
  model: keyof typeof models,
  { options = {}, heldOut = 0, ...descent }: Partial<LabState["descent"]> & { options?: object; heldOut?: number },
): LabState {
  const { options: initial } = initialChoice(models, model);
  return {
    ...initialState,
    data,
    model: { name: model, options: { ...initial, ...options } } as LabState["model"],
    descent: { ...initialState.descent, ...descent },
    heldOut,
  };
}

const changed = (state: LabState, descent: Partial<LabState["descent"]>): LabState => ({
  ...state,
  descent: { ...state.descent, ...descent },
});

const withOptions = (state: LabState, options: object): LabState =>
  ({ ...state, model: { ...state.model, options: { ...state.model.options, ...options } } }) as LabState;

const last = (list: readonly number[]): number => list.at(-1) ?? Number.POSITIVE_INFINITY;
const lowest = (list: readonly number[]): number => Math.min(Number.POSITIVE_INFINITY, ...list);

/** The runs on the data of a mission. */
const ofMission = (start: LabState, runs: readonly RunFacts[]) =>
  runs.filter(({ state }) => haveSameData(state, start));

const goldilocks = stateOf(generated("moons"), "logistic", { learningRate: 0.01, l2: 0.01, epochs: 50 });
const rescue = stateOf(generated("line"), "linear", {
  learningRate: 0.002,
  epochs: 300,
  options: { standardize: false },
});
const ravine = stateOf(generated("moons", { scale: 100 }), "logistic", {
  learningRate: 0.0005,
  l2: 0.01,
  epochs: 200,
  options: { standardize: false },
});
const noise = stateOf(generated("line"), "linear", { learningRate: 0.1, batchSize: 1, epochs: 30 });
const batches = stateOf(generated("circles", { n: 120 }), "network", {
  l2: 0.001,
  learningRate: 0.1,
  batchSize: "full",
  epochs: 50,
});
const balance = stateOf(generated("blobs", { classes: 3, n: 150 }), "softmax", { learningRate: 0.5, epochs: 100 });
const xor = stateOf(generated("xor"), "network", { learningRate: 0.05, start: "zeros", epochs: 200, batchSize: 20 });
const overfit = stateOf(generated("curve", { n: 40, degree: 1, noise: 0.4 }), "network", {
  ...{ learningRate: 0.05, l2: 0, epochs: 1000, heldOut: 0.5 },
  optimizer: { name: "adam", options: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } },
  options: { hidden: [32] },
});
const margin = stateOf(generated("blobs", { outliers: 0.01 }), "svm", { learningRate: 0.05, l2: 0.001, epochs: 500 });
const rank = stateOf(generated("ratings", { observed: 0.6 }), "factorization", {
  learningRate: 0.05,
  batchSize: 1,
  epochs: 200,
  l2: 0.02,
  heldOut: 0.25,
  options: { rank: 1 },
});

/** 1.005 times the lowest possible loss of the mission "noise", which a full-batch run reaches. */
export const NOISE_GOAL = 0.49082;

/** The width of the margin, in the units of the standardized columns. The last parameter is the intercept. */
const marginOf = ({ params }: RunFacts): number => marginWidth(Array.from(params).slice(0, -1));

/** The missions, the easiest first. */
export const missions: readonly Mission[] = [
  {
    id: "goldilocks",
    start: goldilocks,
    solution: [changed(goldilocks, { learningRate: 2 })],
    isDone: (runs) =>
      ofMission(goldilocks, runs).some(
        ({ state, losses }) =>
          state.descent.optimizer.name === "plain" &&
          state.descent.batchSize === "full" &&
          lowest(losses.slice(0, 50)) < 0.3,
      ),
  },
  {
    id: "rescue",
    start: rescue,
    solution: [changed(rescue, { learningRate: 0.1 }), changed(rescue, { learningRate: 0.05 })],
    isDone(runs) {
      const own = ofMission(rescue, runs).filter(({ state }) => !state.model.options.standardize);
      const broken = own.findIndex(({ diverged }) => diverged);
      return (
        broken >= 0 &&
        own.slice(broken + 1).some(({ diverged, losses }) => !diverged && last(losses.slice(0, 300)) < 0.5)
      );
    },
  },
  {
    id: "ravine",
    start: ravine,
    solution: [changed(withOptions(ravine, { standardize: true }), { learningRate: 2 })],
    isDone: (runs) => ofMission(ravine, runs).some(({ losses }) => lowest(losses.slice(0, 200)) < 0.3),
  },
  {
    id: "noise",
    start: noise,
    solution: [changed(noise, { schedule: { name: "inverseTime", options: { decay: 0.1 } }, learningRate: 0.1 })],
    isDone: (runs) =>
      ofMission(noise, runs).some(
        ({ state, losses }) =>
          state.descent.batchSize === 1 &&
          losses.length >= state.descent.epochs &&
          last(losses.slice(0, 30)) < NOISE_GOAL,
      ),
  },
  {
    id: "batches",
    start: batches,
    solution: [batches, changed(batches, { batchSize: 10 }), changed(batches, { batchSize: 1 })],
    isDone(runs) {
      const own = ofMission(batches, runs).filter(
        ({ state, losses }) => state.descent.epochs === 50 && losses.length === 50,
      );
      const kinds = new Set(
        own.map(({ state: { descent } }) =>
          typeof descent.batchSize === "number" && descent.batchSize > 1 ? "some" : descent.batchSize,
        ),
      );
      return kinds.size === 3 && own.some(({ losses }) => last(losses) < 0.3);
    },
  },
  {
    id: "balance",
    start: balance,
    solution: [balance],
    isDone: (runs) =>
      ofMission(balance, runs).some(
        ({ accuracy, pointed }) =>
          (accuracy ?? 0) >= 0.9 &&
          pointed !== null &&
          pointed.length === 3 &&
          pointed.every((p) => p > 0.28 && p < 0.39),
      ),
  },
  {
    id: "xor",
    start: xor,
    solution: [changed(xor, { start: "random", learningRate: 0.5 })],
    isDone: (runs) => ofMission(xor, runs).some(({ accuracy }) => (accuracy ?? 0) >= 0.95),
  },
  {
    id: "overfit",
    start: overfit,
    solution: [overfit, changed(overfit, { epochs: 559 })],
    isDone(runs) {
      const own = ofMission(overfit, runs).filter(({ heldOutLosses }) => heldOutLosses.length > 0);
      const first = own.findIndex(({ heldOutLosses }) => last(heldOutLosses) > 1.5 * lowest(heldOutLosses));
      return (
        first >= 0 &&
        own.slice(first + 1).some(({ heldOutLosses }) => last(heldOutLosses) < 1.2 * lowest(own[first]!.heldOutLosses))
      );
    },
  },
  {
    id: "margin",
    start: margin,
    solution: [margin, changed(margin, { l2: 1 })],
    isDone(runs) {
      const own = ofMission(margin, runs).filter(
        ({ state, losses }) => state.model.name === "svm" && state.model.options.standardize && losses.length > 100,
      );
      const first = own.find(({ state }) => state.descent.l2 === margin.descent.l2);
      return (
        first !== undefined && own.some((run) => (run.accuracy ?? 0) >= 0.95 && marginOf(run) >= 2 * marginOf(first))
      );
    },
  },
  {
    id: "rank",
    start: rank,
    solution: [withOptions(rank, { rank: 2 })],
    isDone: (runs) => ofMission(rank, runs).some(({ heldOutLosses }) => lowest(heldOutLosses) < 0.03),
  },
];
