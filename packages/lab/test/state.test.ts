import { expect, test } from "vitest";
import { checkState } from "../src/state/checkState.ts";
import { labRun } from "../src/state/labRun.ts";
import { initialState, type LabState } from "../src/state/labState.ts";
import { ownTable } from "../src/state/tableColumns.ts";
import { generated, modelStates, optimizer, stateWith } from "./states.ts";

/** The objective of each epoch of a run. */
function objectives(state: LabState): readonly number[] {
  const run = labRun(state, ownTable(state)!);
  let history: ArrayLike<number> = [];
  for (const step of run.prepare({ every: "epoch" }).steps()) history = step.history.objective!;
  return Array.from(history);
}

test.each(Object.entries(modelStates))("a run of %s has a lower loss at its end than at its start", (_, state) => {
  expect(checkState(state)).toEqual([]);
  const losses = objectives({ ...state, descent: { ...state.descent, epochs: 20 } });
  expect(losses).toHaveLength(20);
  expect(losses.at(-1)).toBeLessThan(losses[0]!);
});

test("the seed of the data changes the data, and the seed of the run changes the held-out rows", () => {
  const table = (data: number) => ownTable({ ...initialState, seeds: { data, run: 1 } });
  expect(table(1)).toEqual(table(1));
  expect(table(1)).not.toEqual(table(2));
  const run = (seed: number) => labRun({ ...initialState, seeds: { data: 1, run: seed } }, table(1)!);
  expect(run(1).train).toEqual(run(1).train);
  expect(run(1).train).not.toEqual(run(2).train);
});

test.each(["line", "curve", "ravine", "blobs", "moons", "circles", "xor", "spiral", "ratings"] as const)(
  "the generator %s makes a table without problems",
  (name) => {
    const state = { ...initialState, data: generated(name) };
    const columns = ownTable(state) as Record<string, ArrayLike<unknown>>;
    const lengths = Object.values(columns).map(({ length }) => length);
    expect(lengths[0]).toBeGreaterThan(10);
    expect(new Set(lengths).size).toBe(1);
  },
);

test("outliers have another class, and a scale changes the second column", () => {
  const table = (options: object) =>
    ownTable({ ...initialState, data: generated("moons", options) }) as { x2: Float64Array; class: string[] };
  const [plain, changed] = [table({}), table({ outliers: 0.1, scale: 10 })];
  expect(changed.x2).toEqual(plain.x2.map((value) => value * 10));
  expect(changed.class.filter((label, i) => label !== plain.class[i])).toHaveLength(20);
});

test("with an imbalance of 9, the other classes have every ninth of their points", () => {
  const table = (options: object) =>
    ownTable({ ...initialState, data: generated("blobs", { classes: 3, n: 300, ...options }) }) as {
      x1: Float64Array;
      class: string[];
    };
  const count = (labels: string[]) => ["A", "B", "C"].map((name) => labels.filter((label) => label === name).length);
  const [plain, changed] = [table({}), table({ imbalance: 9 })];
  expect([count(plain.class), count(changed.class)]).toEqual([
    [100, 100, 100],
    [100, 12, 12],
  ]);
  const secondClass = (points: typeof plain) => Array.from(points.x1).filter((_, i) => points.class[i] === "B");
  expect(secondClass(changed)).toEqual(secondClass(plain).filter((_, i) => i % 9 === 0));
});

test.each<[string, LabState, string]>([
  [
    "a noise that is too large",
    { ...initialState, data: generated("moons", { noise: 2 }) },
    "noise must be a number from 0 to 1, got 2.",
  ],
  [
    "an unknown option",
    { ...initialState, data: generated("moons", { sides: 2 }) },
    "sides is not a setting of data.generator.options.",
  ],
  [
    "a missing option",
    { ...initialState, data: generated("moons", { n: undefined }) },
    "n must be a whole number from 10 to 5000, got undefined.",
  ],
  [
    "a share that is too large",
    { ...initialState, heldOut: 0.95 },
    "heldOut must be a number from 0 to 0.9, got 0.95.",
  ],
  [
    "a model for other data",
    stateWith(generated("line"), "logistic"),
    "The model logistic cannot learn from numbers. Choose linear, network, or other data.",
  ],
  [
    "logistic with three classes",
    stateWith(generated("spiral"), "logistic"),
    "The model logistic needs two classes, and the data have 3. Choose softmax, svm or network.",
  ],
  [
    "automatic with a learning rate",
    stateWith(generated("moons"), "logistic", optimizer("automatic")),
    "The optimizer automatic computes its learning rate. Set the learning rate to auto, or choose another optimizer.",
  ],
  [
    "plain without a learning rate",
    stateWith(generated("moons"), "logistic", { learningRate: "auto" }),
    "The optimizer plain needs a learning rate. Set a number, or choose the optimizer auto.",
  ],
  [
    "a class that is not a number",
    { ...initialState, data: { kind: "drawn", holds: "classes", points: [[0, 1, 0.5]] } },
    "Point 1 must have 3 finite numbers, the last one a class from 0 to 5.",
  ],
])("%s is a problem", (_, state, text) => {
  expect(checkState(state).map((problem) => problem.text)).toEqual([text]);
});

test("a run leaves its table as it is, so that the same table gives the same run again", () => {
  for (const state of Object.values(modelStates)) {
    const table = ownTable(state)!;
    const copy = structuredClone(table);
    const first = labRun(state, table).train;
    expect(table).toEqual(copy);
    expect(labRun(state, table).train).toEqual(first);
  }
});

test("a mini-batch with more rows than the run learns from is an error in the words of the page", () => {
  const { descent } = initialState;
  const run = (own: Partial<LabState["descent"]>) => () =>
    labRun({ ...initialState, descent: { ...descent, ...own } }, ownTable(initialState)!);
  expect(run({ batchSize: 150 })).not.toThrow();
  expect(run({ batchSize: 151 })).toThrow(
    "A mini-batch of 151 rows is too large, because the run learns from 150 rows. Choose fewer rows, or “Batch” for all of them.",
  );
  expect(run({ batchSize: 130, patience: 5 })).toThrow("the run learns from 120 rows");
});
