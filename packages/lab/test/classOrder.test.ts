// The order in which the page lists classes, in every list, while the model keeps its own.

import { type LegendItem, type PointsMark, scene } from "@downhill/plots";
import { csvTable, type FittedClassifier, type Label } from "downhill";
import { expect, test } from "vitest";
import { confusionOf, rowsOfCell } from "../src/panels/confusion.ts";
import { noFocus } from "../src/panels/modelPanel.ts";
import { stripFields } from "../src/panels/strip.ts";
import { simplexSpec } from "../src/scenes/simplexScene.ts";
import { classOrder } from "../src/state/classOrder.ts";
import { labRun, type TableRun } from "../src/state/labRun.ts";
import type { LabState } from "../src/state/labState.ts";
import { fittedAt } from "../src/training/fittedAt.ts";
import { makeSession } from "../src/worker/session.ts";
import { fileData, stateWith } from "./states.ts";

test("numbers by their value, texts by the numbers in them, and equal ones as they are", () => {
  const ordered = (classes: Label[]) => classOrder(classes).map((k) => classes[k]);
  expect(ordered(["1", "10", "11", "2"])).toEqual(["1", "2", "10", "11"]);
  expect(ordered([1.5, -10, 1.25, -2])).toEqual([-10, -2, 1.25, 1.5]);
  expect(ordered(["class 10", "class 9", "Class 1"])).toEqual(["Class 1", "class 9", "class 10"]);
  expect(ordered(["b", "", "10", "2", "a"])).toEqual(["", "2", "10", "a", "b"]);
  expect(ordered([true, false])).toEqual([false, true]);
  expect(classOrder(["7", "7.0", "6"])).toEqual([2, 0, 1]);
});

/** A run on a table with the classes 1, 2 and 10, which the model has in the order 1, 10, 2. */
function run(model: "softmax" | "svm", names = ["1", "10", "2"]) {
  const rows = Array.from({ length: 60 }, (_, i) => {
    const k = i % names.length;
    return `${k + ((i * 7) % 10) / 20},${(k % 2) * 2 + ((i * 3) % 10) / 20},${names[k]}`;
  });
  const table = csvTable(["x1,x2,group", ...rows].join("\n"));
  const data = fileData({ target: "group", holds: "classes", classes: names.length, features: ["x1", "x2"] });
  const state: LabState = stateWith(data, model, { learningRate: 0.3 });
  const lab = labRun(state, table) as unknown as TableRun;
  const session = makeSession();
  session.start(state, table);
  for (let i = 0; i < 40; i++) session.next();
  const fitted = fittedAt(state, table, lab);
  const classifier = fitted.model(session.live!.now.params) as FittedClassifier;
  const size = { width: 420, height: 300 };
  const frame = session.frame({ model: size }, state.view, false, null, {
    parts: ["weights", "confusion", "margin"],
    focus: { ...noFocus, row: 0 },
  });
  return { lab, classifier, frame, state };
}

const classesOf = (legend: readonly LegendItem[]) => legend.filter(({ series }) => series !== undefined);

test("legends, the table of classes, the small pictures, the weights and the readings have the order of the page", () => {
  const { lab, classifier, frame } = run("softmax");
  expect(classifier.classes).toEqual(["1", "10", "2"]);
  const { legend, marks } = frame.scenes.model!;
  expect(classesOf(legend).map(({ name }) => name)).toEqual(["1", "2", "10"]);
  // The marker in the legend is that of the points of the class.
  for (const { name, key, series } of classesOf(legend)) {
    expect(series).toBe(classifier.classes.indexOf(name));
    const points = marks.find((mark): mark is PointsMark => mark.kind === "points" && mark.series === series)!;
    expect([key.marker!.shape, key.marker!.fill]).toEqual([points.shape, points.fill]);
  }
  const triangle = scene(simplexSpec(lab, classifier)!);
  expect(classesOf(triangle.legend).map(({ name }) => name)).toEqual(["1", "2", "10"]);
  expect(frame.panel!.confusion!.classes).toEqual(["1", "2", "10"]);
  const { weights } = frame.panel!;
  expect(weights!.layers[0]!.rows.map(({ name, indices }) => [name, indices.at(-1)])).toEqual([
    ["1", 6],
    ["2", 8],
    ["10", 7],
  ]);
  expect(stripFields(classifier, lab.train).map(({ name }) => name)).toEqual(["1", "2", "10"]);
  const { data } = classifier.probabilities(lab.train.X);
  const strip = stripFields(classifier, lab.train)[2]!;
  expect(strip.values(lab.train.X)[4]).toBe(data[4 * 3 + 1]);
  expect(frame.reading).toMatch(/ predicted 1 \S+ %?, 2 \S+ %?, 10 \S+ %?\. /);
});

test("a cell of the table of classes has its own rows in this order too", () => {
  const { lab, classifier } = run("softmax");
  const held = lab.heldOut!;
  const { classes, counts } = confusionOf(lab, classifier, 0.5);
  const predicted = classifier.predict(held.X);
  for (const [i, actual] of classes.entries())
    for (const [j, found] of classes.entries()) {
      const own = Array.from(held.y, (label, row) => String(label) === actual && String(predicted[row]) === found);
      expect(counts[i]![j]).toBe(own.filter(Boolean).length);
      const isChosen = rowsOfCell(lab, classifier, 0.5, [i, j]);
      expect(own.map((_, row) => isChosen(lab.train.X.rows + row))).toEqual(own);
    }
});

test("two classes keep their colours: the second one is the positive one, and the legend has the order of the page", () => {
  const { classifier, frame } = run("svm", ["10", "9"]);
  expect(classifier.classes).toEqual(["10", "9"]);
  expect(classesOf(frame.scenes.model!.legend).map(({ name, series }) => [name, series])).toEqual([
    ["9", 1],
    ["10", 0],
  ]);
  expect(frame.panel!.margin!.widths).toHaveLength(1);
});

test("the scores of a machine with three classes are named", () => {
  const { frame, classifier } = run("svm");
  expect(classifier.classes).toHaveLength(3);
  expect(frame.reading).toMatch(/ with scores 1 \S+, 2 \S+, 10 \S+\./);
});
