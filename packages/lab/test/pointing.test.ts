// A row or an update that is pointed at in one chart: its text, and its places in all charts, are those of the library's numbers.

import { formatNumber, formatPercent } from "@downhill/plots/format";
import { type FittedClassifier, type FittedRegression, hiddenOutputs, type Matrix } from "downhill";
import { expect, test } from "vitest";
import { positionOf } from "../src/page/chartPlaces.ts";
import { type Focus, noFocus } from "../src/panels/modelPanel.ts";
import { type Marks, rowCharts, updateCharts } from "../src/panels/pointing.ts";
import { labRun, type TableRun } from "../src/state/labRun.ts";
import type { LabState } from "../src/state/labState.ts";
import { ownTable } from "../src/state/tableColumns.ts";
import { fittedAt } from "../src/training/fittedAt.ts";
import type { ChartSizes } from "../src/worker/protocol.ts";
import { makeSession } from "../src/worker/session.ts";
import { generated, modelStates, stateWith } from "./states.ts";

const sizes: ChartSizes = Object.fromEntries(
  [...rowCharts, ...updateCharts].map((name) => [name, { width: 420, height: 300 }]),
);

/** A session after some updates, with the rows and the model of its run. */
function runOf(state: LabState, updates: number) {
  const table = ownTable(state)!;
  const lab = labRun(state, table) as unknown as TableRun;
  const fitted = fittedAt(state, table, lab);
  const session = makeSession();
  session.start(state, null);
  for (let i = 0; i < updates; i++) session.next();
  const live = session.live!;
  const frame = (focus: Partial<Focus>, view = state.view) =>
    session.frame(sizes, view, false, null, { parts: ["strip"], focus: { ...noFocus, ...focus } });
  const { scenes } = frame({}); // draws the loss surface
  return { scenes, session, live, frame, lab, fitted, model: fitted.model(live.now.params) };
}

const rowOf = ({ columns, data, ...rest }: Matrix, row: number): Matrix => ({
  ...rest,
  ...{ columns, rows: 1, data: data.slice(row * columns, (row + 1) * columns) },
});

test("a row is read by its number, and near the pointer: its values, its class, the prediction and its part of the loss", () => {
  const { lab, live, frame, model } = runOf(modelStates.logistic, 20);
  const { X, y } = lab.train;
  const classifier = model as FittedClassifier;
  const third = frame({ row: 2 });
  expect(third.marks.model).toEqual([X.data[4], X.data[5]]);
  const probability = classifier.probabilities(rowOf(X, 2)).data[classifier.classes.indexOf(y[2]! as string)]!;
  const [x1, x2] = Array.from(X.data.slice(4, 6), (value) => formatNumber(value, 3));
  expect(third.reading!.startsWith(`Row 3, x1 ${x1}, x2 ${x2}: true class ${y[2]}, predicted A `)).toBe(true);
  expect(third.reading).toContain(`${y[2]} ${formatPercent(probability)}`);
  const share = -Math.log(probability) / live.evaluator.at(live.now.params) / X.rows;
  const loss = formatNumber(-Math.log(probability), 3);
  expect(third.reading).toContain(` Its loss is ${loss}, ${formatNumber(100 * share, 2)} % of the sum.`);
  const all = X.rows + lab.heldOut!.X.rows;
  const what = ({ reading, marks }: typeof third) => ({ reading, marks });
  expect([what(frame({ row: 2 + all })), what(frame({ row: 2 - all }))]).toEqual([what(third), what(third)]);
  expect(frame({ row: -1 }).reading).toMatch(new RegExp(`^Held-out row ${lab.heldOut!.X.rows}, `));
  const near = (dx: number) => frame({ at: [X.data[4]! + dx, X.data[5]!], reach: [1e-6, 1e-6] });
  expect(what(near(5e-7))).toEqual(what(third));
  expect(near(2e-6).marks).toEqual({}); // the prediction at this place is read, and not a row
  expect(near(2e-6).reading).toMatch(/^At x1 /);
});

test("a row of a line is at its target, a row of several features at its prediction, and its error in the histogram", () => {
  for (const [data, features] of [
    ["line", 1],
    ["ravine", 2],
  ] as const) {
    const { lab, frame, model } = runOf(stateWith(generated(data), "linear"), 5);
    expect(lab.features).toHaveLength(features);
    const { X, y } = features === 1 ? lab.train : lab.heldOut!;
    const predicted = (model as FittedRegression).predict(X)[4]!;
    const { marks, reading } = frame({ row: 4 });
    expect(marks.model).toEqual(features === 1 ? [X.data[4], y[4]] : [y[4], predicted]);
    // The histogram has the held-out rows only.
    expect(marks.errors).toEqual(features === 1 ? undefined : [(y[4] as number) - predicted, null]);
    expect(reading).toContain(
      `true ${formatNumber(y[4] as number)}, predicted ${formatNumber(predicted)}. Its loss is `,
    );
    const held = lab.heldOut!;
    const error = (held.y[7] as number) - (model as FittedRegression).predict(held.X)[7]!;
    const back = frame({ chart: "errors", at: [error, 3], reach: [1e-9, 1] });
    expect(back.reading).toMatch(/^Held-out row 8/);
    expect(back.marks.model![1]).toBe(features === 1 ? held.y[7] : (model as FittedRegression).predict(held.X)[7]);
  }
});

test("a row of two classes is on both curves at the threshold that is its own probability", () => {
  const { lab, frame, model } = runOf(modelStates.logistic, 20);
  const { X, y } = lab.heldOut!;
  const classifier = model as FittedClassifier;
  const scores = Array.from({ length: X.rows }, (_, i) => classifier.probabilities(X).data[2 * i + 1]!);
  const isPositive = Array.from(y, (label) => label === classifier.classes[1]);
  const positives = isPositive.filter(Boolean).length;
  for (const row of [0, 3, 11]) {
    const { marks } = frame({ row: lab.train.X.rows + row });
    const found = scores.map((score) => score >= scores[row]!);
    const right = found.filter((isFound, i) => isFound && isPositive[i]).length;
    const all = found.filter(Boolean).length;
    expect(marks.roc![0]).toBeCloseTo((all - right) / (X.rows - positives), 12);
    expect(marks.roc![1]).toBeCloseTo(right / positives, 12);
    expect(marks.precision![0]).toBeCloseTo(right / positives, 12);
    expect(marks.precision![1]).toBeCloseTo(right / all, 12);
    // From the curve back to a row of the same threshold: the other charts have the same marks.
    const back = frame({ chart: "precision", at: marks.precision as [number, number], reach: [1e-9, 1e-9] });
    expect(back.marks).toEqual(marks);
  }
  expect(frame({ row: 0 }).marks.roc).toBeUndefined(); // the curves have the held-out rows only
});

test("a row of a network is in the triangle, at the outputs of the last layer, and in the small pictures", () => {
  const state = stateWith(generated("blobs", { classes: 3 }), "network");
  const options = { ...state.model.options, hidden: [5, 2] };
  const { lab, frame, model, scenes } = runOf({ ...state, model: { name: "network", options } } as LabState, 12);
  const classifier = model as FittedClassifier;
  expect(classifier.classes).toHaveLength(3);
  const { X } = lab.train;
  const marks = frame({ row: 6 }).marks as Record<keyof Marks, [number, number]>;
  expect(marks.model).toEqual([X.data[12], X.data[13]]);
  const [first, second, third] = classifier.probabilities(rowOf(X, 6)).data;
  // The corners of the triangle, weighted by the probabilities.
  expect(marks.simplex[0]).toBeCloseTo(0 * first! + second! + third! / 2, 9);
  expect(marks.simplex[1]).toBeCloseTo((third! * Math.sqrt(3)) / 2, 9);
  // The mark is on one of the drawn points.
  const [x, y, height] = positionOf(scenes.simplex!, marks.simplex)!;
  const drawn = scenes.simplex!.marks.flatMap((mark) =>
    mark.kind === "points" ? Array.from(mark.xs, (at, i) => [at, mark.ys[i]!]) : [],
  );
  expect(Math.min(...drawn.map(([a, b]) => Math.hypot(a! - x, b! - y)))).toBeLessThan(0.1);
  expect(height).toBe(0);
  const outputs = hiddenOutputs(classifier, rowOf(X, 6), 2).data;
  expect(marks.layer[0]).toBeCloseTo(outputs[0]!, 9);
  expect(marks.layer[1]).toBeCloseTo(outputs[1]!, 9);
  // The small pictures show the same part of the plane as the large one.
  const strip = [0, 1].map((k) => Array.from({ length: X.rows }, (_, row) => frame({ row }).marks.strip![k]!));
  expect(strip.flat().every((share) => share > 0 && share < 1)).toBe(true);
  const places = (k: number) => Array.from({ length: X.rows }, (_, row) => X.data[2 * row + k]!);
  for (const k of [0, 1]) {
    const [a, b] = [0, 9].map((row) => [strip[k]![row]!, places(k)[row]!] as const) as [
      [number, number],
      [number, number],
    ];
    const scale = (a[0] - b[0]) / (a[1] - b[1]);
    for (const row of [3, 20]) expect(strip[k]![row]).toBeCloseTo(a[0] + scale * (places(k)[row]! - a[1]), 9);
  }
  for (const chart of ["simplex", "layer"] as const) {
    const back = frame({ chart, at: marks[chart], reach: [1e-9, 1e-9] });
    expect(back.marks).toEqual(marks);
  }
});

test("an update is marked in all charts over updates, and on the path at its own parameters", () => {
  const { live, frame, session } = runOf(modelStates.linear, 300);
  const kept = live.snapshots.list.map(({ update }) => update);
  expect(kept.length).toBeLessThan(130);
  const snapshot = live.snapshots.before(100);
  const { marks, reading } = frame({ chart: "loss", at: [snapshot.update + 0.2, 5] });
  const at = Array.from(snapshot.params);
  expect(marks).toEqual({
    loss: [snapshot.update, null],
    metric: [snapshot.update, null],
    parts: [snapshot.update, null],
    surface: at,
  });
  expect(reading).toBe(`Update ${snapshot.update}: loss ${formatNumber(live.evaluator.at(snapshot.params), 4)}.`);
  const back = frame({ chart: "surface", at: at as [number, number], reach: [1e-9, 1e-9] });
  expect([back.marks, back.reading]).toEqual([marks, reading]);
  expect(frame({ chart: "surface", at: [at[0]! + 1, at[1]!], reach: [1e-3, 1e-3] }).marks).toEqual({});
  expect(frame({ chart: "metric", at: [1e6, 0] }).marks.loss).toEqual([live.now.update, null]); // the last one
  session.look(0);
  expect(frame({ chart: "surface", at: at as [number, number], reach: [1e-9, 1e-9] }).marks).toEqual({}); // no path there now
});

test("the marks of an update follow the axis of the losses", () => {
  const state = { ...modelStates.logistic, descent: { ...modelStates.logistic.descent, batchSize: 16 } } as LabState;
  const { live, frame, lab } = runOf(state, 40);
  const place = (lossAxis: LabState["view"]["lossAxis"]) =>
    frame({ chart: "metric", at: [20, 0] }, { ...state.view, lossAxis }).marks.loss![0];
  expect(place("updates")).toBe(20);
  expect(place("epochs")).toBe(20 / live.epochs.updatesPerEpoch);
  expect(place("examples")).toBeCloseTo((20 * lab.train.X.rows) / live.epochs.updatesPerEpoch, 9);
  expect(place("seconds")).toBe(live.seconds.at(20));
});

test("nothing is marked where nothing is pointed at, and in charts that the page does not show", () => {
  const { session, frame } = runOf(modelStates.logistic, 5);
  expect(frame({}).marks).toEqual({});
  const focus = { ...noFocus, row: 0 };
  const { marks } = session.frame({ model: { width: 420, height: 300 } }, modelStates.logistic.view, false, null, {
    ...{ parts: [], focus },
  });
  expect(Object.keys(marks)).toEqual(["model"]);
});

test("of many rows, pictures show evenly spaced ones and say so; each is read by its number in the table", () => {
  const { frame, lab, scenes } = runOf(stateWith(generated("moons", { n: 5000 }), "logistic"), 3);
  const { X, y } = lab.train;
  expect(X.rows).toBe(3750);
  const { texts } = makeFrame();
  expect(texts.model).toContain("The points are 2,000 of 3,750 training rows, evenly spaced in the table.");
  const drawn = scenes.model!.a11y.table.rows.filter(([name]) => name === "A" || name === "B");
  const classes = new Set(drawn.map(([name]) => name));
  expect(classes.size).toBe(2);
  for (const [i, row] of [
    [0, 0],
    [999, 1873],
    [1999, 3748],
  ] as const) {
    const { reading, marks } = frame({ row: i });
    expect(reading).toMatch(new RegExp(`^Row ${row + 1}, .*true class ${y[row]},`));
    expect(marks.model).toEqual([X.data[2 * row], X.data[2 * row + 1]]);
  }
  const [first, last] = [lab.heldOut!.X.rows - 1, lab.heldOut!.X.rows].map((k) => frame({ row: 2000 + k }));
  expect(first!.reading).toMatch(/^Held-out row 1250,/);
  expect(last!.reading).toMatch(/^Row 1,/);

  function makeFrame() {
    const state = stateWith(generated("moons", { n: 5000 }), "logistic");
    const session = makeSession();
    session.start(state, null);
    return session.frame({ model: { width: 420, height: 300 } }, state.view, false, null);
  }
});
