// Ten missions: small tasks whose success the page checks.

import { generators } from "../state/dataFields.ts";
import { initialChoice } from "../state/field.ts";
import { type DataState, initialState, type LabState } from "../state/labState.ts";
import { marginWidth } from "../state/marginWidth.ts";
import { models } from "../state/trainingFields.ts";
import { haveSameData, type RunFacts } from "./runFacts.ts";

/** A task with a start, and a check of its success. */
export interface Mission {
  readonly id: string;
  readonly title: string;
  /** The task, in at most 60 words. */
  readonly text: string;
  readonly hint: string;
  /** The solution in words. `solution` has its states, one for each run. */
  readonly reveal: string;
  readonly start: LabState;
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
    title: "Not too small, not too large",
    text: "The learning rate is too small: after 50 updates the loss is still high. Find a learning rate with which the loss is below 0.30 after 50 updates or fewer. Keep the optimizer “gradient descent” and the batch of all rows.",
    hint: "Multiply the learning rate by 10, and look at the bar of learning rates.",
    reveal: "A learning rate of 2 is below the limit of these data, and a hundred times as fast as 0.01.",
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
    title: "Break it, then rescue it",
    text: "Raise the learning rate until the run diverges. Read why it diverged. Then find a learning rate with which the loss ends below 0.5 in 300 updates, on columns that are not standardized.",
    hint: "Read the limit in the sentence below the pictures, after the run has diverged. A good learning rate is a little below it.",
    reveal: "0.1 diverges. The limit is near 0.06, and 0.05 ends low enough.",
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
    title: "The ravine",
    text: "One column has numbers a hundred times as large as the other, so the valley of the loss is narrow. Reach a loss below 0.30 in at most 200 updates. A different learning rate alone is not enough.",
    hint: "What would make both columns equally large?",
    reveal: "Standardize the columns. Then a learning rate of 2 is stable, and the loss falls in all directions.",
    start: ravine,
    solution: [changed(withOptions(ravine, { standardize: true }), { learningRate: 2 })],
    isDone: (runs) => ofMission(ravine, runs).some(({ losses }) => lowest(losses.slice(0, 200)) < 0.3),
  },
  {
    id: "noise",
    title: "Below the noise",
    text: "Each update uses one row, so the loss does not settle: it stays above its lowest value. End a run of at most 30 epochs with a loss within 0.5 % of the lowest possible one. Each update must still use one row.",
    hint: "A constant learning rate keeps the noise. Which schedule makes it smaller?",
    reveal:
      "The schedule “1 / t” makes the learning rate smaller with each update. With the decay 0.1 the loss settles.",
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
    title: "Many small steps or a few exact ones",
    text: "Train the network three times for 50 epochs: with all rows in a batch, with some rows, and with one row. Each run sees the same examples. At least one of them must reach a loss below 0.30.",
    hint: "Change only the size of the batch. Smaller batches make more updates in an epoch.",
    reveal: "With one row per batch, an epoch has 120 updates instead of one, and the loss falls much further.",
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
    title: "The undecided point",
    text: "Train the model until 90 % of the points have the right class. Then find the point where the three classes are equally probable, and choose it: each probability must be between 28 % and 39 %.",
    hint: "The point is where the three regions meet.",
    reveal: "Move the crosshair to the point where the three boundaries meet. Each probability is near 33 % there.",
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
    title: "All units are equal",
    text: "The classes form a chess board. The network has eight hidden units, but it does not learn: all its weights begin at zero, so all units stay equal. Reach an accuracy of 95 %.",
    hint: "The units must begin with different weights.",
    reveal:
      "Write “random” as the start. Then the units learn different lines, and together they separate the squares.",
    start: xor,
    solution: [changed(xor, { start: "random", learningRate: 0.5 })],
    isDone: (runs) => ofMission(xor, runs).some(({ accuracy }) => (accuracy ?? 0) >= 0.95),
  },
  {
    id: "overfit",
    title: "Stop in time",
    text: "This network learns the noise: its held-out loss falls and then rises by more than half. Watch this happen once. Then make a run that ends with a held-out loss at most 20 % above the lowest one of the first run.",
    hint: "Look for the epoch in which the held-out loss was lowest.",
    reveal:
      "Set the number of epochs to that of the lowest held-out loss. Or set “Patience”: then the run finds its end with a part of the training rows.",
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
    title: "One point on the wrong side",
    text: "A few points have the wrong class, and the margin is narrow because of them. Make the margin at least twice as wide, while 95 % of the points keep the right class.",
    hint: "The penalty l2 decides how much the width counts against single points. It is 1/C of other programs.",
    reveal: "With l2 = 1 the width counts more than the few wrong points.",
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
    title: "How many tastes?",
    text: "Four of ten ratings are missing. The model has one factor for each user and each item. Find the rank with which the held-out ratings have a loss below 0.03.",
    hint: "Try one more factor, and look at the held-out loss, not at the training loss.",
    reveal: "The ratings were made with two factors, so the rank 2 is enough.",
    start: rank,
    solution: [withOptions(rank, { rank: 2 })],
    isDone: (runs) => ofMission(rank, runs).some(({ heldOutLosses }) => lowest(heldOutLosses) < 0.03),
  },
];
