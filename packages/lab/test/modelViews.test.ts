// The pictures of the models: rings on wrong rows, slack, confidence, one feature; and the parts that fit the data.
import {
  type ClassRegions,
  type LineChart,
  type MarginRegions,
  type ProbabilityField,
  type ScatterLine,
  scene,
} from "@downhill/plots";
import { formatNumber, formatPercent } from "@downhill/plots/format";
import { type FittedClassifier, type FittedLinearClassifier, hiddenOutputs, type TableData } from "downhill";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../../scripts/chromium.mjs";
import { noFocus } from "../src/panels/modelPanel.ts";
import { stripFields, thumbnailsOf } from "../src/panels/strip.ts";
import { modelSpec } from "../src/scenes/modelScene.ts";
import { columnOf, drawnRows } from "../src/scenes/pictureRows.ts";
import { labRun, type TableRun } from "../src/state/labRun.ts";
import type { LabState } from "../src/state/labState.ts";
import { ownTable } from "../src/state/tableColumns.ts";
import { fittedAt } from "../src/training/fittedAt.ts";
import { startRun } from "../src/training/liveRun.ts";
import { rowPlaces } from "../src/worker/rowPlaces.ts";
import { makeSession } from "../src/worker/session.ts";
import { pictureOf, pictureText } from "../src/worker/shown.ts";
import { useSite } from "./site.ts";
import { fileData, generated, modelStates, stateWith } from "./states.ts";

const size = { width: 420, height: 300 };
const TIMEOUT = 180_000; // milliseconds, for a browser's start on a busy machine
const poll = <T>(value: () => T | Promise<T>) => expect.poll(value, { timeout: 60_000 });

/** The picture of a run of a classifier after some updates. */
function pictureAfter(
  state: LabState,
  updates: number,
  focus: Partial<typeof noFocus> = {},
  table: TableData = ownTable(state)!,
) {
  const lab = labRun(state, table) as TableRun;
  const fitted = fittedAt(state, table, lab);
  const live = startRun({ prepare: (resume) => lab.prepare({ every: 1, ...(resume && { resume }) }) });
  for (let i = 0; i < updates; i++) live.next();
  const run = { state, lab, fitted, live };
  const { params } = live.now;
  const picture = pictureOf(run, params, { ...noFocus, ...focus }, null)!;
  const model = fitted.model(params) as FittedClassifier;
  return { run, lab, model, picture, spec: modelSpec(model, picture, 40), drawn: drawnRows(lab.train, lab.heldOut) };
}

test("the rows with a wrong class have a ring, by the threshold; those of a chosen cell instead, if there is one", () => {
  for (const threshold of [0.5, 0.9]) {
    const state = { ...modelStates.logistic, view: { ...modelStates.logistic.view, threshold } };
    const { model, spec, drawn } = pictureAfter(state, 5);
    const { points } = spec as ProbabilityField;
    const { data } = model.probabilities(drawn.X);
    const wrong = Array.from(drawn.y, (label, row) => (label === model.classes[1]) !== data[2 * row + 1]! >= threshold);
    expect(wrong.filter(Boolean).length).toBeGreaterThan(10);
    expect(Array.from(points!.ring!)).toEqual(wrong);
    expect(points!.ringName).toBe("wrong class");
  }
  const { spec, drawn, model, lab } = pictureAfter(modelStates.softmax, 5, { cell: [0, 0] });
  const { points } = spec as ClassRegions;
  const right = model.predict(drawn.X).map((label, row) => label === "A" && drawn.y[row] === "A" && drawn.hollow[row]!);
  expect(lab.heldOut).not.toBeNull(); // the table of classes is that of the held-out rows
  expect([points!.ringName, Array.from(points!.ring!)]).toEqual(["chosen cell", right]);
});

test("a model that starts at zeros has no wrong rows, because it predicts no class yet", () => {
  for (const state of [modelStates.logistic, modelStates.softmax]) {
    const { points } = pictureAfter(state, 0).spec as ProbabilityField;
    expect(Array.from(points!.ring!).some(Boolean)).toBe(false);
    expect(Array.from((pictureAfter(state, 1).spec as ProbabilityField).points!.ring!).some(Boolean)).toBe(true);
  }
});

test("regions have the highest probability of each cell as their confidence, and the sentence says that they have less colour", () => {
  const { run, spec } = pictureAfter(modelStates.softmax, 20);
  const { field, confidence } = spec as ClassRegions;
  const { scores } = field as { scores: Float64Array };
  for (const cell of [0, 700, 1599]) {
    const own = Array.from(scores.subarray(3 * cell, 3 * cell + 3));
    const total = own.reduce((sum, score) => sum + Math.exp(score), 0);
    expect(confidence![cell]).toBeCloseTo(Math.exp(Math.max(...own)) / total, 12);
  }
  expect(pictureText(run)).toMatch(/^A region has less colour where its class is less probable\./);
  expect(pictureText(pictureAfter(modelStates.logistic, 1).run)).not.toMatch(/less colour/);
  const svm = pictureAfter(stateWith(generated("blobs", { classes: 3 }), "svm", { learningRate: 0.01 }), 5);
  expect((svm.spec as ClassRegions).confidence).toBeUndefined(); // it has no probabilities
});

test("the slack of a support vector machine is its hinge: the picture has the score of the model in units of the data", () => {
  const { model, spec, drawn } = pictureAfter(modelStates.svm, 30);
  const { score, points, support } = spec as MarginRegions;
  const scores = (model as FittedLinearClassifier).scores(drawn.X).data;
  for (const row of [0, 1, 2, drawn.y.length - 1]) {
    const [a, b] = [points!.x1[row]!, points!.x2[row]!];
    expect(score!.weights[0] * a + score!.weights[1] * b + score!.intercept).toBeCloseTo(scores[row]!, 9);
  }
  expect(points!.ring).toBeUndefined();
  const lines = scene(spec).marks.filter((mark) => "series" in mark && mark.series === 2);
  const hinges = Array.from(scores).filter((value, row) => value * (drawn.y[row] === model.classes[1] ? 1 : -1) < 1);
  expect(hinges.length).toBeGreaterThan(3);
  expect(support!.length).toBe(hinges.length);
  expect(lines[0]!.kind === "path" && lines[0]!.d.match(/M/g)).toHaveLength(hinges.length);
});

test("of one feature, a row is near the height of its class, and is read where it is drawn; the line of the threshold is at it", () => {
  for (const [name, low, level] of [
    ["logistic", 0, 0.3],
    ["svm", -1, 0],
  ] as const) {
    const data = fileData({ name: "one.csv", target: "answer", holds: "classes", classes: 2 });
    const own = stateWith(data, name, { learningRate: 0.01 });
    const state: LabState = { ...own, view: { ...own.view, threshold: 0.3 } };
    const rows = Array.from({ length: 60 }, (_, i) => ({ size: i % 10, answer: i % 10 > 4 ? "yes" : "no" }));
    const { lab, model, picture, spec, drawn, run } = pictureAfter(state, 3, {}, rows);
    const { x, y, shift, reference } = spec as ScatterLine;
    expect(Array.from(y)).toEqual(Array.from(drawn.y, (label) => (label === "yes" ? 1 : low)));
    expect(Math.max(...Array.from(shift!, Math.abs))).toBeLessThan(0.09);
    expect(new Set(Array.from(x, (value, i) => `${value} ${y[i]! + shift![i]!}`)).size).toBe(60); // no two at the same place
    expect(reference).toMatchObject({ slope: 0, intercept: level });
    const places = rowPlaces("model", lab, model, picture);
    expect(places.flatMap((part) => Array.from(part.y!))).toEqual(Array.from(y, (value, i) => value + shift![i]!));
    expect(places.map(({ isHeldOut }) => isHeldOut)).toEqual([false, true]);
    expect(pictureText(run)).toMatch(/^Each point is a little above or below its class/);
  }
});

test("coefficients of several features are the parameters, beside those with the lowest loss, with the condition number of the data", () => {
  const state = stateWith(generated("ravine", { features: 3, condition: 50, noise: 0 }), "linear", {
    learningRate: 0.1,
  });
  const session = makeSession();
  session.start(state, null);
  for (let i = 0; i < 5; i++) session.next();
  const charts = () => session.frame({ coefficients: size, residuals: size }, state.view, false, null);
  const { scenes, texts } = charts();
  const rows = scenes.coefficients!.a11y.table.rows as [string, number, number][];
  expect(rows.map(([name]) => name)).toEqual(["x1", "x2", "x3"]);
  expect(rows.map(([, value]) => value)).toEqual(Array.from(session.live!.now.params.subarray(0, 3)));
  const { condition } = session.live!.forecast;
  expect(condition).toBeGreaterThan(1);
  expect(texts.coefficients).toContain(`The condition number is ${formatNumber(condition!, 3)}:`);
  // Without noise, the lowest loss has no errors, so the gradient at the reference is 0.
  const best = Float64Array.from([...rows.map(([, , value]) => value), session.live!.problem.size]);
  best[3] = 0;
  const { evaluator } = session.live!;
  const moved = rows.map((_, k) => best.map((value, i) => (i === k ? value + 0.01 : value)));
  for (const other of moved) expect(evaluator.at(other)).toBeGreaterThan(evaluator.at(best) + 1e-9);
  // The errors over the predictions: of a held-out row, its target is their sum.
  const errors = scenes.residuals!.a11y.table.rows as [number, number][];
  const lab = labRun(state, ownTable(state)!) as TableRun;
  expect(errors).toHaveLength(lab.heldOut!.X.rows);
  for (const [i, [predicted, error]] of errors.entries())
    expect(predicted + error).toBeCloseTo(lab.heldOut!.y[i] as number, 12);
});

test("the penalty and the hinge of a support vector machine are stacked, and their sum is the loss", () => {
  const { descent } = modelStates.svm;
  const state: LabState = { ...modelStates.svm, descent: { ...descent, l2: 0.05 } };
  const session = makeSession();
  session.start(state, null);
  for (let i = 0; i < 12; i++) session.next();
  const { scenes, texts } = session.frame({ parts: size }, state.view, false, null);
  const rows = scenes.parts!.a11y.table.rows as [string, number, number][];
  const of = (name: string) => new Map(rows.filter(([each]) => each === name).map(([, x, y]) => [x, y]));
  const [penalty, hinge] = [of("penalty"), of("hinge")];
  const { snapshots, now, evaluator } = session.live!;
  expect(penalty.size).toBeGreaterThan(5);
  for (const { update, params } of [...snapshots.list.filter((each) => hinge.has(each.update)), now])
    expect(penalty.get(update)! + hinge.get(update)!).toBeCloseTo(evaluator.at(params), 12);
  expect(penalty.get(12)).toBeGreaterThan(0);
  const areas = scenes.parts!.marks.filter((mark) => mark.kind === "path" && mark.fill !== undefined);
  expect(areas).toHaveLength(2);
  expect(texts.parts).toBe("The upper edge is the loss.");
});

test("the probabilities are those at the pointer, or else at the chosen point, or at the mean; of the update that is looked back at", () => {
  const state = modelStates.softmax;
  const session = makeSession();
  session.start(state, null);
  for (let i = 0; i < 30; i++) session.next();
  const lab = labRun(state, ownTable(state)!) as TableRun;
  const fitted = fittedAt(state, ownTable(state)!, lab);
  const expected = (params: Float64Array, at: readonly number[]) =>
    Array.from((fitted.model(params) as FittedClassifier).probabilities([at]).data);
  const read = (focus: object) =>
    session.frame({ model: size }, state.view, false, null, { parts: ["point"], focus: { ...noFocus, ...focus } });
  const shares = (focus: object) => read(focus).shares!.map(({ share }) => share);
  const { params } = session.live!.now;
  const means = [0, 1].map((j) => columnOf(lab.train.X, j).reduce((sum, value) => sum + value / lab.train.X.rows, 0));
  const pointer = { chart: "model", at: [0.5, 7], reach: [1e-9, 1e-9] };
  for (const [i, share] of shares({}).entries()) expect(share).toBeCloseTo(expected(params, means)[i]!, 9);
  expect(shares(pointer)).toEqual(expected(params, [0.5, 7]));
  const row = read({ row: 4, chart: "model" });
  expect(row.reading).toMatch(/^Row 5, /);
  expect(row.shares!.map(({ share }) => share)).toEqual(expected(params, Array.from(lab.train.X.data.subarray(8, 10))));
  session.point([1, 2]);
  expect([shares({}), shares(pointer)]).toEqual([expected(params, [1, 2]), expected(params, [0.5, 7])]);
  const before = session.live!.snapshots.list.find(({ update }) => update > 0 && update < 20)!;
  session.look(before.update);
  expect(before.params).not.toEqual(params);
  expect(shares(pointer)).toEqual(expected(before.params, [0.5, 7]));
  expect(read(pointer).reading).toContain(`A ${formatPercent(expected(before.params, [0.5, 7])[0]!)}`);
});

test("over one feature, a hidden unit is a curve of its output, and its small picture is filled between 0 and it", () => {
  const state = stateWith(generated("curve", { degree: 2 }), "network", { learningRate: 0.1 });
  const { spec, picture, model } = pictureAfter(state, 20, { thumbnail: "unit 3" });
  expect([spec.kind, spec.title]).toEqual(["lineChart", "Output of unit 3"]);
  const [line] = (spec as LineChart).lines;
  const outputs = (x: ArrayLike<number>) =>
    hiddenOutputs(
      model,
      Array.from(x, (value) => [value, value * value]),
    );
  const own = outputs(line!.x);
  for (const i of [0, 50, 100]) expect(line!.y[i]).toBeCloseTo(own.data[8 * i + 2]!, 12);
  const [thumbnail] = thumbnailsOf(stripFields(model, picture.rows).slice(2, 3), picture);
  const [low, high] = [line!.x[0]!, line!.x[100]!];
  const some = outputs(Float64Array.from({ length: 24 }, (_, i) => low + ((high - low) * i) / 23));
  const values = Array.from({ length: 24 }, (_, i) => some.data[8 * i + 2]!);
  const bound = Math.max(...values.map(Math.abs));
  for (const [column, value] of values.entries()) {
    const cells = Array.from({ length: 24 }, (_, row) => thumbnail!.levels[24 * row + column]!);
    const filled = cells.filter((level) => level !== 128);
    expect(Math.abs(filled.length - (12 * Math.abs(value)) / bound)).toBeLessThanOrEqual(0.5 + 1e-9);
    expect(new Set(filled)).toEqual(new Set(filled.length === 0 ? [] : [value > 0 ? 255 : 0]));
  }
  const session = makeSession();
  session.start(state, null);
  const parts = (name: "strip" | "weights") =>
    session.frame({}, state.view, false, null, { parts: [name], focus: noFocus });
  expect(parts("strip").panel!.strip).toHaveLength(8);
});

describe.runIf(hasChromium)("on the page", () => {
  const site = useSite();

  test("of several features, the parts have the coefficients and the errors over the predictions; of one feature, only the errors", {
    timeout: TIMEOUT,
  }, async () => {
    for (const [hash, names] of [
      ["#1&d=ravine&m=linear&at=3", ["coefficients", "residuals"]],
      ["#1&d=line&m=linear&at=3", ["residuals"]],
    ] as const) {
      const page = await (await site.browser.newContext({ reducedMotion: "reduce" })).newPage();
      await page.goto(`${site.address}${hash}`);
      await poll(() => page.locator(".counters .update").innerText()).toBe("3");
      await page.evaluate(`for (const each of document.querySelectorAll(".model details.part")) each.open = true`);
      const shown = `[...document.querySelectorAll(".model lab-chart")].filter((chart) => chart.scene != null && chart.checkVisibility()).map((chart) => chart.getAttribute("name"))`;
      await poll(() => page.evaluate<string[]>(shown)).toEqual(expect.arrayContaining([...names]));
      expect(await page.locator('lab-chart[name="coefficients"]').count()).toBe(names.length - 1);
      await page.context().close();
    }
  });

  test("a unit of a network over one feature is shown in the large picture; a network of several features has no such pictures", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await (await site.browser.newContext({ reducedMotion: "reduce" })).newPage();
    await page.goto(`${site.address}#1&d=curve&m=network,activation:relu`);
    await page.locator("summary", { hasText: "Hidden units" }).click();
    await page.getByRole("button", { name: /^unit 2/ }).focus();
    const title = `document.querySelector('lab-chart[name="model"]').scene.a11y.title`;
    await poll(() => page.evaluate(title)).toBe("Output of unit 2");
    expect(await page.getByText("lines at which the units bend").count()).toBe(0); // they are lines of a plane
    await page.goto(`${site.address}#1&d=ravine&m=network`);
    await poll(() => page.evaluate(title)).toBe("Predictions of the held-out rows");
    expect(await page.locator("summary", { hasText: "Hidden units" }).count()).toBe(0);
    await page.context().close();
  });

  test.each([
    ["#1&d=ravine&m=linear", []],
    ["#1&d=curve&m=network", ["x"]],
    ["#1", ["x1", "x2"]],
  ] as const)("%s: the fields of a point are the axes of the picture", { timeout: TIMEOUT }, async (hash, names) => {
    const page = await (await site.browser.newContext({ reducedMotion: "reduce" })).newPage();
    await page.goto(`${site.address}${hash}`);
    await poll(() => page.locator('lab-chart[name="model"] canvas').count()).toBe(1);
    const part = page.locator("details", { hasText: "Prediction at a point" });
    await poll(() => part.count()).toBe(Math.min(1, names.length));
    await poll(() => part.locator("label").allTextContents()).toEqual(names.map((name) => `${name} `));
    if (names.length > 0) {
      await part.locator("summary").click();
      const values = (): Promise<number[]> =>
        part.locator("meter").evaluateAll((meters) => meters.map((meter) => Number(meter.getAttribute("value"))));
      await poll(async () => (await values()).length).toBe(names.length === 2 ? 2 : 0); // a regression has no probabilities
      if (names.length === 2) expect((await values())[0]! + (await values())[1]!).toBeCloseTo(1, 9);
      for (const field of await part.locator("input").all()) await field.fill("0.5");
      await page.keyboard.press("Tab");
      await poll(() => part.locator("output").innerText()).toMatch(new RegExp(`^At ${names[0]} 0\\.5`));
    }
    await page.context().close();
  });
});
