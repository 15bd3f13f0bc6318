// The parts of the panel of the model: their numbers are those of the library's models.

import {
  type FactorMatrices,
  gridOver,
  type LossSurface,
  type ProbabilityField,
  type Simplex,
  scene,
} from "@downhill/plots";
import {
  type FittedClassifier,
  type FittedFactorization,
  type FittedLinearClassifier,
  type FittedRegression,
  hiddenOutputs,
  type Label,
  type Matrix,
  matrix,
  matrixFactorization,
} from "downhill";
import { expect, test } from "vitest";
import { withFittingStart } from "../src/page/changes.ts";
import { confusionOf, rowsOfCell } from "../src/panels/confusion.ts";
import { lineOf, paramsOfLine } from "../src/panels/line.ts";
import { marginOf } from "../src/panels/margin.ts";
import { noFocus, type PartName } from "../src/panels/modelPanel.ts";
import { ratingPart } from "../src/panels/ratings.ts";
import { stripFields } from "../src/panels/strip.ts";
import { layerSpec } from "../src/scenes/layerScene.ts";
import { smoothed } from "../src/scenes/lossScene.ts";
import { modelSpec } from "../src/scenes/modelScene.ts";
import { leftOut, NEAR, ratingSpec } from "../src/scenes/ratingScene.ts";
import { simplexSpec } from "../src/scenes/simplexScene.ts";
import { labRun, type RatingRun, type TableRun } from "../src/state/labRun.ts";
import type { LabState } from "../src/state/labState.ts";
import { ownTable } from "../src/state/tableColumns.ts";
import { fittedAt } from "../src/training/fittedAt.ts";
import { zeroLine } from "../src/training/kinks.ts";
import { startRun } from "../src/training/liveRun.ts";
import { parameterNames } from "../src/training/parameterNames.ts";
import { stopwatch } from "../src/training/stopwatch.ts";
import { updateRows } from "../src/training/updateRows.ts";
import { landscape } from "../src/worker/landscape.ts";
import type { ChartSizes } from "../src/worker/protocol.ts";
import { makeSession } from "../src/worker/session.ts";
import { pictureOf } from "../src/worker/shown.ts";
import { generated, modelStates, stateWith } from "./states.ts";

/** A run after some updates. */
function runOf<Run = TableRun>(state: LabState, updates: number) {
  const table = ownTable(state)!;
  const lab = labRun(state, table);
  const fitted = fittedAt(state, table, lab);
  const live = startRun({ prepare: (resume) => lab.prepare({ every: 1, ...(resume && { resume }) }) });
  for (let i = 0; i < updates; i++) live.next();
  const { params } = live.now;
  return { state, lab, fitted, live, table: lab as unknown as Run, params, model: fitted.model(params) };
}

/** The parts of a session. */
function partsOf(
  session: ReturnType<typeof makeSession>,
  state: LabState,
  parts: readonly PartName[],
  focus = noFocus,
) {
  return session.frame({}, state.view, false, null, { parts, focus }).panel!;
}

const size = { width: 420, height: 300 };

test("a line: the parameters of a slope and an intercept give this line, also in units of the columns", () => {
  for (const standardize of [true, false]) {
    const state = { ...modelStates.linear, model: { ...modelStates.linear.model } } as LabState;
    const options = { ...state.model.options, standardize };
    const { fitted } = runOf({ ...state, model: { ...state.model, options } as LabState["model"] }, 1);
    const params = paramsOfLine(fitted, { slope: -3, intercept: 7 })!;
    const line = lineOf(fitted.model(params) as FittedRegression)!;
    expect(line.slope).toBeCloseTo(-3, 9);
    expect(line.intercept).toBeCloseTo(7, 9);
  }
});

test("another start: the picture shows it, and the run shows itself again; a run begins with its parameters", () => {
  const state = modelStates.linear;
  const session = makeSession();
  session.start(state, null);
  session.next();
  const shown = () => partsOf(session, state, ["line"]).line!.now;
  const before = shown();
  const params = session.aim({ chart: "line", line: { slope: 1.5, intercept: -2 } })!;
  expect(shown().slope).toBeCloseTo(1.5, 4);
  expect(session.aim(null)).toBeNull();
  expect(shown()).toEqual(before);
  session.start({ ...state, descent: { ...state.descent, start: params } }, null);
  expect(Array.from(session.live!.now.params)).toEqual(params);
  expect(shown().intercept).toBeCloseTo(-2, 4);
});

test("another start: a place of the plane of two parameters is these parameters, and a handle leaves the other one", () => {
  const state = modelStates.linear;
  const session = makeSession();
  session.start(state, null);
  for (let i = 0; i < 20; i++) session.next();
  expect(session.aim({ chart: "surface", at: [1, 2] })).toBeNull(); // the surface is not drawn yet
  const { scenes } = session.frame({ surface: size, model: size }, state.view, false, null);
  expect(session.aim({ chart: "surface", at: [0.25, -1.5] })).toEqual([0.25, -1.5]);
  session.aim(null);
  const [first, second] = scenes.model!.handles!;
  session.aim({ chart: "model", handle: 1, height: 3 });
  const moved = session.frame({ model: size }, state.view, false, null).scenes.model!.handles!;
  expect(moved[0]![1]).toBeCloseTo(first![1], 3);
  expect(moved[1]).toEqual([second![0], expect.closeTo(3, 3)]);
});

test.each(["linear", "logistic", "softmax", "network", "svm"] as const)(
  "the losses of the rows of %s have the objective as their mean",
  (name) => {
    const { descent, ...others } = modelStates[name];
    const { table, fitted, live, params } = runOf({ ...others, descent: { ...descent, l2: 0 } }, 20);
    const { X, y } = table.train;
    const losses = Array.from({ length: X.rows }, (_, i) => {
      const data = X.data.slice(i * X.columns, (i + 1) * X.columns);
      return fitted.meanLoss!(params, { X: { ...X, data, rows: 1 }, y: [y[i] as Label] });
    });
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / X.rows;
    expect(Math.max(...losses)).toBeGreaterThan(1.1 * mean);
    expect(mean).toBeCloseTo(live.evaluator.at(params), 9);
    expect(fitted.meanLoss!(params, table.train)).toBeCloseTo(mean, 9);
  },
);

test("the confusion counts each row, follows the threshold, and names the rows of a cell", () => {
  const { table, model } = runOf(modelStates.logistic, 30);
  const classifier = model as FittedClassifier;
  const rows = table.heldOut!.X.rows;
  const sum = (counts: readonly (readonly number[])[]) => counts.flat().reduce((a, b) => a + b, 0);
  const half = confusionOf(table, classifier, 0.5);
  expect([sum(half.counts), half.rows]).toEqual([rows, "held-out"]);
  const right = classifier.predict(table.heldOut!.X).filter((label, i) => label === table.heldOut!.y[i]).length;
  expect(half.counts[0]![0]! + half.counts[1]![1]!).toBe(right);
  expect(confusionOf(table, classifier, 0).counts.map(([first]) => first)).toEqual([0, 0]);
  expect(confusionOf(table, classifier, 1).counts.map(([, second]) => second)).toEqual([0, 0]);
  const isChosen = rowsOfCell(table, classifier, 0.5, [1, 0]);
  const drawn = Array.from({ length: table.train.X.rows + rows }, (_, row) => isChosen(row));
  expect(drawn.filter(Boolean)).toHaveLength(half.counts[1]![0]!);
  expect(drawn.slice(0, table.train.X.rows).some(Boolean)).toBe(false);
});

test("the hidden units: each layer makes the next one of them, the last one the scores; a unit without an output is dead", () => {
  const options = { hidden: [4, 5], activation: "relu", standardize: true } as const;
  const relu = { ...modelStates.network, model: { name: "network", options } } as const;
  const { table, model, params, fitted } = runOf(relu, 10);
  const unitsOf = (values: Float64Array) =>
    stripFields(fitted.model(values) as FittedClassifier, table.train).filter(({ isProbability }) => !isProbability);
  const units = unitsOf(params);
  const names = [1, 2].flatMap((layer) => Array.from({ length: layer + 3 }, (_, unit) => `unit ${layer}.${unit + 1}`));
  expect(units.map(({ name }) => name)).toEqual(names);
  const X = matrix(Float64Array.of(0.3, -0.2, 1, 0.5), 2, 2);
  const outputs = units.map(({ values }) => Array.from(values(X)));
  const { shift, scale } = fitted.scaling!;
  const inputs = [0, 1].map((j) => [0, 1].map((row) => (X.data[2 * row + j]! - shift[j]!) / scale[j]!));
  const scores = (model as FittedClassifier).scores(X);
  const columns = (k: number) => [0, 1].map((row) => scores.data[row * scores.columns + k]!);
  const layers = [
    { from: 0, below: inputs, above: outputs.slice(0, 4), isLast: false },
    { from: 12, below: outputs.slice(0, 4), above: outputs.slice(4), isLast: false },
    {
      from: 37,
      below: outputs.slice(4),
      above: Array.from({ length: scores.columns }, (_, k) => columns(k)),
      isLast: true,
    },
  ];
  for (const { from, below, above, isLast } of layers)
    for (const [k, values] of above.entries())
      for (const row of [0, 1]) {
        let z = params[from + below.length * above.length + k]!;
        for (const [j, each] of below.entries()) z += params[from + k * below.length + j]! * each[row]!;
        expect(values[row]).toBeCloseTo(isLast ? z : Math.max(0, z), 9);
      }
  expect(outputs.flat().some((value) => value > 0)).toBe(true);
  const dead = params.map((value, i) => (i === 12 + 20 ? -1e6 : value)); // the intercept of the first unit of the second layer
  const isDead = units.map(({ name, isDead: before }) => name === "unit 2.1" || before);
  expect(unitsOf(dead).map((unit) => unit.isDead)).toEqual(isDead);
});

test("a unit of the first layer is 0 on one side of its line, and not on the other; without the switch there is no line", () => {
  const options = { hidden: [6, 3], activation: "relu", standardize: true } as const;
  const state = { ...modelStates.network, model: { name: "network", options } } as LabState;
  const { lab, fitted, live, params, model } = runOf(state, 10);
  const pictured = (kinks: boolean) =>
    pictureOf({ lab, fitted, live, state: { ...state, view: { ...state.view, kinks } } }, params, noFocus, null)!;
  const { kinks } = pictured(true);
  expect([kinks.length, pictured(false).kinks.length]).toEqual([6, 0]);
  const units = (rows: Matrix) => hiddenOutputs(model as FittedClassifier, rows);
  for (const [unit, kink] of kinks.entries()) {
    const [[x, y], [x2, y2]] = zeroLine(kink, [-50, 50], [-50, 50])!;
    const [a, b] = kink.weights;
    const size = Math.hypot(a, b);
    for (const share of [0, 0.3, 1]) {
      const at = (side: number) => [x + share * (x2 - x) + (side * a) / size, y + share * (y2 - y) + (side * b) / size];
      const outputs = [at(1e-3), at(-1e-3)].map((row) => units(matrix(Float64Array.from(row), 1, 2)).data[unit]!);
      expect(outputs[0]).toBeCloseTo(1e-3 * size, 9);
      expect(outputs[1]).toBe(0);
    }
  }
  const { guides } = modelSpec(model as FittedClassifier, pictured(true), 40) as ProbabilityField;
  expect(guides!.lines.length).toBeGreaterThan(0);
  expect(zeroLine({ weights: [1, 1], intercept: 5 }, [0, 1], [0, 1])).toBeNull();
});

test("an arrow shows the weights of a logistic regression only, and its line is where the probability is the threshold", () => {
  const scoreOf = (state: LabState) => {
    const { lab, fitted, live, params, model } = runOf(state, 10);
    const spec = modelSpec(
      model as FittedClassifier,
      pictureOf({ lab, fitted, live, state }, params, noFocus, null)!,
      40,
    );
    return { score: (spec as ProbabilityField).score, model: model as FittedClassifier };
  };
  const { score, model } = scoreOf(modelStates.logistic);
  for (const row of [
    [0, 0],
    [1, -2],
  ] as const)
    expect(score!.weights[0] * row[0] + score!.weights[1] * row[1] + score!.intercept).toBeCloseTo(
      model.scores([row]).data[0]!,
      9,
    );
  expect(scoreOf(modelStates.network).score).toBeUndefined();
});

test("the arrows against the gradient and of the momentum add up to the step; the momentum is a share of the step before", () => {
  const momentum = { name: "momentum", options: { decay: 0.8 } } as const;
  const arrowsOf = (descent: Partial<LabState["descent"]>, updates: number) => {
    const state = { ...modelStates.linear, descent: { ...modelStates.linear.descent, learningRate: 0.1, ...descent } };
    const run = runOf(state, updates - 1);
    const before = run.live.latestUpdate;
    run.live.next();
    const names = () => parameterNames(state, run.lab, run.model, run.params.length);
    const { spec } = landscape(run.live, names).draw({
      ...{ name: "A", style: 0, update: updates, others: [], cells: 41, choice: { kind: "auto", parameters: [0, 1] } },
      ...{ arrows: false, directions: true, aimed: null },
    });
    const { arrows } = spec as LossSurface;
    const vectors = arrows.map(({ from, to }) => [to[0] - from[0], to[1] - from[1]]);
    return { names: arrows.map(({ name }) => name), vectors, before };
  };
  const { names, vectors, before } = arrowsOf({ optimizer: momentum }, 4);
  expect(names).toEqual(["this step", "against the gradient", "momentum"]);
  const [step, descent, rest] = vectors as [number[], number[], number[]];
  for (const i of [0, 1]) {
    expect(descent[i]! + rest[i]!).toBeCloseTo(step[i]!, 12);
    expect(rest[i]!).toBeCloseTo(0.8 * (before.to[i]! - before.from[i]!), 12);
  }
  expect(arrowsOf({ optimizer: momentum }, 1).names).toEqual(["this step", "against the gradient"]);
  const plain = arrowsOf({}, 4);
  expect(plain.names).toEqual(["this step", "against the gradient"]);
  expect(plain.vectors[0]![0]).toBeCloseTo(plain.vectors[1]![0]!, 12);
  expect(arrowsOf({ optimizer: momentum, batchSize: 16 }, 4).names).toEqual(["this step", "against the gradient"]);
});

test("the triangle of three classes has the probabilities of the rows; other models have none", () => {
  const { table, model } = runOf(modelStates.softmax, 20);
  const classifier = model as FittedClassifier;
  const { shares, labels, hollow } = simplexSpec(table, classifier) as Simplex;
  const [rows, held] = [table.train.X.rows, table.heldOut!.X.rows];
  expect([labels.length, Array.from(hollow!).filter(Boolean).length]).toEqual([rows + held, held]);
  expect(Array.from(shares).slice(0, 3 * rows)).toEqual(Array.from(classifier.probabilities(table.train.X).data));
  expect(Array.from(labels).slice(rows)).toEqual(
    Array.from(table.heldOut!.y, (label) => classifier.classes.indexOf(label as string)),
  );
  const specOf = (state: LabState) => {
    const run = runOf(state, 2);
    return simplexSpec(run.table, run.model as FittedClassifier);
  };
  expect([specOf(modelStates.logistic), specOf(modelStates.svm)]).toEqual([null, null]);
  expect(specOf(stateWith(generated("blobs", { classes: 3 }), "svm", { learningRate: 0.01 }))).toBeNull();
});

test("the rows as a last hidden layer of two units sees them: the field there is that of the network", () => {
  const stateOf = (hidden: readonly number[]) =>
    ({
      ...modelStates.network,
      model: { name: "network", options: { hidden, activation: "tanh", standardize: true } },
    }) as LabState;
  const specOf = (state: LabState) => {
    const { lab, fitted, live, params, model, table } = runOf(state, 200);
    const picture = pictureOf({ lab, fitted, live, state }, params, noFocus, null)!;
    return { spec: layerSpec(fitted, params, picture, 40) as ProbabilityField | null, model, table };
  };
  const { spec, model, table } = specOf(stateOf([5, 2]));
  const { points, grid, probabilities, guides, xName, yName } = spec!;
  expect([xName, yName]).toEqual(["unit 2.1", "unit 2.2"]);
  const { X } = table.train;
  const outputs = hiddenOutputs(model as FittedClassifier, X, 2).data;
  for (let row = 0; row < X.rows; row++)
    expect([points!.x1[row], points!.x2[row]]).toEqual([outputs[2 * row], outputs[2 * row + 1]]);
  // The nearest cell of each row has nearly the probability of the row: the cells are 1/40 of the axis wide.
  const own = (model as FittedClassifier).probabilities(X).data;
  const cell = (value: number, [low, high]: readonly [number, number], count: number) =>
    Math.min(count - 1, Math.floor(((value - low) / (high - low)) * count));
  let largest = 0;
  for (let row = 0; row < X.rows; row++) {
    const at = cell(points!.x2[row]!, grid.x2, 40) * 40 + cell(points!.x1[row]!, grid.x1, 40);
    largest = Math.max(largest, Math.abs(probabilities[at]! - own[2 * row + 1]!));
  }
  expect(largest).toBeLessThan(0.05);
  expect(Math.max(...own) - Math.min(...own)).toBeGreaterThan(0.3);
  const all = [table.train, table.heldOut!].map(({ X: { data } }) => data);
  const column = (j: number) => all.flatMap((data) => Array.from(data).filter((_, at) => at % 2 === j));
  const { x1, x2 } = gridOver(column(0), column(1));
  const corner = hiddenOutputs(model as FittedClassifier, [[x1[0], x2[0]]], 2).data;
  expect(guides!.lines[0]![0]).toEqual(Array.from(corner));
  expect(specOf(stateOf([5, 3])).spec).toBeNull();
  expect(specOf(modelStates.logistic).spec).toBeNull();
});

test("the parameters have names, and as many as there are", () => {
  for (const state of Object.values(modelStates)) {
    const { lab, model, params } = runOf(state, 1);
    const names = parameterNames(state, lab, model, params.length);
    expect(names).toHaveLength(params.length);
    expect(new Set(names).size).toBe(params.length);
  }
});

test.each(["shuffled", "replacement", "sequential"] as const)(
  "the margin, rows %s: 2 / |w|; the hinge and the penalty add up to the loss; the named row made the update",
  (order) => {
    const state = {
      ...modelStates.svm,
      descent: { ...modelStates.svm.descent, batchSize: 1, l2: 0.1, learningRate: 0.05, order },
    } as const;
    const run = runOf(state, 7);
    const { table, params, live, fitted } = run;
    const part = marginOf(run, table, params);
    expect(part.widths[0]).toBeCloseTo(2 / Math.hypot(params[0]!, params[1]!), 12);
    expect(part.hinge + part.penalty).toBeCloseTo(live.evaluator.at(params), 12);
    expect(part.penalty).toBeCloseTo(0.05 * (params[0]! ** 2 + params[1]! ** 2), 12);
    const [row] = updateRows(live, 7)!;
    expect(part.why).toContain(`training row ${row! + 1} `);
    const { from, to } = live.latestUpdate;
    const before = fitted.model(from) as FittedLinearClassifier;
    const { shift, scale } = fitted.scaling!;
    const x = [0, 1].map((j) => (table.train.X.data[2 * row! + j]! - shift[j]!) / scale[j]!);
    const y = table.train.y[row!] === before.classes[1] ? 1 : -1;
    const isActive = y * (from[0]! * x[0]! + from[1]! * x[1]! + from[2]!) < 1;
    for (const j of [0, 1])
      expect(to[j]).toBeCloseTo(from[j]! - 0.05 * (0.1 * from[j]! - (isActive ? y * x[j]! : 0)), 12);
    expect(part.why).toContain(isActive ? "the hinge is active" : "the hinge is 0");
  },
);

test("a batch of rows: the weights get the sum that the text names, and after a change of the settings the text is about the next update", () => {
  const withRate = (learningRate: number): LabState => ({
    ...modelStates.svm,
    descent: { ...modelStates.svm.descent, batchSize: 8, l2: 0.1, learningRate, order: "replacement" },
  });
  const run = runOf(withRate(0.05), 7);
  const { table, live, fitted } = run;
  const why = (): string => marginOf(run, table, live.now.params).why;
  expect(why()).toContain("Update 7 used 8 rows.");
  const other = labRun(withRate(0.2), ownTable(withRate(0.2))!);
  live.change({ prepare: (resume) => other.prepare({ every: 1, ...(resume && { resume }) }) }, "rate");
  const next = why();
  const announced = live.latestUpdate;
  live.next();
  expect(live.latestUpdate).toEqual({ ...announced, isDone: true });
  const { from, to } = live.latestUpdate;
  const { classes } = fitted.model(from) as FittedLinearClassifier;
  const { shift, scale } = fitted.scaling!;
  const rows = updateRows(live, 8)!;
  let active = 0;
  const sum = [0, 0];
  for (const row of rows) {
    const x = [0, 1].map((j) => (table.train.X.data[2 * row + j]! - shift[j]!) / scale[j]!);
    const y = table.train.y[row] === classes[1] ? 1 : -1;
    if (y * (from[0]! * x[0]! + from[1]! * x[1]! + from[2]!) >= 1) continue;
    active += 1;
    for (const j of [0, 1]) sum[j]! += y * x[j]!;
  }
  for (const j of [0, 1]) expect(to[j]).toBeCloseTo(from[j]! * (1 - 0.2 * 0.1) + (0.2 / 8) * sum[j]!, 12);
  expect(next).toContain(
    `Update 8 will use 8 rows. For ${active} of them y·f is below 1, so the hinge is active: ` +
      "the weights will get rate / 8 times the sum of their y·x.",
  );
  expect(why()).toContain(`Update 8 used 8 rows. For ${active} of them y·f was below 1`);
});

test("a rating: the written terms add up to the prediction, and suggestions are items without a rating", () => {
  const { lab, params, state } = runOf<RatingRun>(modelStates.factorization, 30);
  const session = makeSession();
  session.start(state, null);
  for (let i = 0; i < 30; i++) session.next();
  expect(session.live!.now.params).toEqual(params);
  const part = partsOf(session, state, ["ratings"], { ...noFocus, rating: [3, 2] }).ratings!;
  const product = part.userFactors.reduce((sum, p, k) => sum + p * part.itemFactors[k]!, 0);
  const [userBias, itemBias] = part.biases!;
  expect(part.mean + userBias + itemBias + product).toBeCloseTo(part.predicted, 9);
  const { train, heldOut } = lab as RatingRun;
  expect(part.points).toHaveLength(train.users.length + heldOut!.users.length);
  const rated = Array.from(train.items).filter((_, k) => String(train.users[k]) === part.users[3]);
  expect(part.suggestions).toHaveLength(5);
  expect(part.suggestions.filter(({ item }) => rated.map(String).includes(item))).toEqual([]);
});

test("users and items in another order have their own ratings, predictions and factors; the order of a part is by the first factor", () => {
  const { lab, fitted, params } = runOf<RatingRun>(modelStates.factorization, 30);
  const model = fitted.model(params) as FittedFactorization;
  const { order } = ratingPart(lab as RatingRun, model, null);
  const firstOf = ({ data, columns }: typeof model.userFactors, numbers: readonly number[]) =>
    numbers.map((number) => data[number * columns]!);
  for (const [factors, numbers] of [
    [model.userFactors, order.users],
    [model.itemFactors, order.items],
  ] as const) {
    expect(firstOf(factors, numbers)).toEqual(firstOf(factors, [...numbers.keys()]).toSorted((a, b) => b - a));
    expect(numbers).not.toEqual([...numbers.keys()]);
  }
  const known = (lab as RatingRun).train;
  const [focus, near] = [[order.users[2]!, order.items[4]!] as const, null];
  const plain = ratingSpec(model, known, { focus, near, order: null }) as FactorMatrices;
  const sorted = ratingSpec(model, known, { focus, near, order }) as FactorMatrices;
  expect([plain.focus, sorted.focus]).toEqual([focus, [2, 4]]);
  const [rank, columns] = [model.settings.rank, plain.items.length];
  for (const [row, user] of order.users.entries()) {
    expect(sorted.users[row]).toBe(plain.users[user]);
    const factors = ({ userFactors }: FactorMatrices, at: number) =>
      Array.from(userFactors).slice(at * rank, (at + 1) * rank);
    expect(factors(sorted, row)).toEqual(factors(plain, user));
    for (const [column, item] of order.items.entries()) {
      const [at, from] = [row * columns + column, user * columns + item];
      expect([sorted.known[at], sorted.predicted[at]]).toEqual([plain.known[from], plain.predicted[from]]);
    }
  }
});

test("the matrices around a rating are a part of all matrices, and their axes have the numbers of the users and items", () => {
  const known = {
    users: Array.from({ length: 500 }, (_, k) => `u${k % 80}`),
    items: Array.from({ length: 500 }, (_, k) => `i${(k * 9) % 70}`),
    ratings: Array.from({ length: 500 }, (_, k) => 1 + ((k * 3) % 5)),
  };
  const model = matrixFactorization({ rank: 3, epochs: 3 }).fit(known);
  const all = ratingSpec(model, known, { focus: [50, 65], near: null, order: null }) as FactorMatrices;
  const near = ratingSpec(model, known, { focus: [50, 65], near: [50, 65], order: null }) as FactorMatrices;
  const [user, item] = near.first!;
  expect([user, item, near.users.length, near.items.length]).toEqual([35, 40, NEAR, NEAR]);
  expect([near.focus, all.focus]).toEqual([
    [15, 25],
    [50, 65],
  ]);
  for (let k = 0; k < NEAR * NEAR; k++) {
    const at = (user + Math.floor(k / NEAR)) * all.items.length + item + (k % NEAR);
    expect([near.known[k], near.predicted[k]]).toEqual([all.known[at], all.predicted[at]]);
  }
  expect(Array.from(near.userFactors)).toEqual(Array.from(model.userFactors.data).slice(3 * 35, 3 * (35 + NEAR)));
  expect(Array.from(near.itemFactors)).toEqual(Array.from(model.itemFactors.data).slice(3 * 40, 3 * (40 + NEAR)));
  expect(near.users[0]).toBe(String(model.users[35]));
  const axes = scene(near, { width: 600, height: 400 }).axes.map(({ side, domain }) => [side, domain]);
  expect(axes).toContainEqual(["bottom", [40, 40 + NEAR]]);
  expect(axes).toContainEqual(["left", [35, 35 + NEAR]]);
  const outside = ratingSpec(model, known, { focus: [0, 0], near: [50, 65], order: null }) as FactorMatrices;
  expect(outside.focus).toBeUndefined();
});

test("smoothing keeps a constant, begins with the first loss, and follows the span", () => {
  const updates = Float64Array.of(1, 2, 3, 4);
  expect(Array.from(smoothed({ updates, losses: new Float64Array(4).fill(3) }, 20).losses)).toEqual([3, 3, 3, 3]);
  const { losses } = smoothed({ updates, losses: Float64Array.of(0, 1, 1, 1) }, 1);
  const keep = Math.exp(-1);
  const weights = [keep, 1 - keep];
  expect(losses[0]).toBe(0);
  expect(losses[1]).toBeCloseTo(weights[1]! / (weights[0]! + weights[1]!), 12);
});

test("the loss chart: other axes, and the distance to the lowest possible loss, which is never negative", () => {
  const state = { ...modelStates.logistic, descent: { ...modelStates.logistic.descent, batchSize: 16 } } as const;
  const session = makeSession();
  session.start(state, null);
  while (session.live!.now.update < 40) session.next();
  const sizes: ChartSizes = { loss: size };
  const table = (view: Partial<LabState["view"]>) =>
    session.frame(sizes, { ...state.view, ...view }, false, null).scenes.loss!.a11y.table;
  const upTo = (axis: LabState["view"]["lossAxis"]) =>
    Math.max(
      ...table({ lossAxis: axis })
        .rows.filter(([name]) => !String(name).includes("forecast"))
        .map(([, x]) => Number(x)),
    );
  const rows = session.live!.problem.examples;
  expect(upTo("updates")).toBe(40);
  expect(upTo("examples")).toBeCloseTo((40 * rows) / session.live!.epochs.updatesPerEpoch, 9);
  expect(upTo("seconds")).toBeCloseTo(session.live!.seconds.at(40), 9);
  const smooth = session.frame(sizes, { ...state.view, smooth: true }, false, null).scenes.loss!;
  expect(smooth.legend.some(({ name }) => name.includes("smoothed"))).toBe(true);
  expect(smooth.a11y.table.rows.some(([name]) => String(name).includes("smoothed"))).toBe(false); // saved tables are measured
  const distances = table({ lossValue: "distance" }).rows.map(([, , y]) => Number(y));
  expect(Math.min(...distances)).toBeGreaterThanOrEqual(0);
  expect(distances.length).toBeGreaterThan(2);
});

test("a linear loss axis ends near the start of a run that grows, and counts the values above", () => {
  const state = { ...modelStates.linear, descent: { ...modelStates.linear.descent, learningRate: 3 } } as const;
  const session = makeSession();
  session.start(state, null);
  for (let i = 0; i < 12; i++) session.next();
  const { legend, axes } = session.frame({ loss: size }, state.view, false, null).scenes.loss!;
  const start = session.live!.snapshots.list[0]!.objective;
  expect(axes.find(({ side }) => side === "left")!.domain[1]).toBeLessThan(6 * start);
  expect(legend.map(({ name }) => name).join()).toMatch(/training: \d+ values above/);
});

test("the planes: two parameters by their names; random directions contain little of the movement", () => {
  const state = modelStates.network;
  const session = makeSession();
  const { parameterNames: names } = session.start(state, null);
  for (let i = 0; i < 30; i++) session.next();
  const drawn = (view: Partial<LabState["view"]>) => {
    const { scenes, texts } = session.frame({ surface: size }, { ...state.view, ...view }, false, null);
    return { axes: scenes.surface!.axes.map(({ name }) => name), text: texts.surface! };
  };
  expect(drawn({ plane: "parameters", planeX: 3, planeY: 0 }).axes.slice(0, 2)).toEqual([names[3], names[0]]);
  const share = (text: string) => Number(/contains ([\d.]+) %/.exec(text)![1]);
  expect(share(drawn({ plane: "random" }).text)).toBeLessThan(40);
  expect(share(drawn({ plane: "path" }).text)).toBeGreaterThan(90);
});

test("the stopwatch keeps the time of the updates in bounded memory, and goes back", () => {
  const watch = stopwatch();
  for (let t = 1; t <= 5000; t++) watch.add(t, 0.5);
  expect(watch.at(5000)).toBe(2500);
  expect(watch.at(1234)).toBeCloseTo(617, 9);
  watch.cut(1000);
  watch.add(1001, 2);
  expect(watch.at(1001)).toBeCloseTo(502, 9);
});

test("a start of numbers does not outlive its data and its model", () => {
  const from = { ...modelStates.linear, descent: { ...modelStates.linear.descent, start: [1, 2] } };
  expect(withFittingStart(from, from).state.descent.start).toEqual([1, 2]);
  const other = { ...from, data: generated("moons") };
  expect(withFittingStart(from, other)).toMatchObject({
    state: { descent: { start: "auto" } },
    notes: [expect.stringContaining("start")],
  });
});

test("the picture of many users and items says which it leaves out", () => {
  const labels = (count: number) => Array.from({ length: count }, (_, i) => `${i}`);
  expect(leftOut({ users: labels(400), items: labels(3) })).toBe("");
  expect(leftOut({ users: labels(940), items: labels(1680) })).toBe(
    " It shows the first 400 of 940 users and the first 400 of 1,680 items; “Draw only around this rating” shows others.",
  );
});
