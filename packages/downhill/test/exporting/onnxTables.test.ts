import { expect, test } from "vitest";
import {
  exportOnnx,
  type FittedTableModel,
  linearRegression,
  linearSvm,
  logisticRegression,
  networkClassifier,
  softmaxRegression,
  tableModel,
  withThreshold,
} from "../../src/index.ts";
import { messyOptions, messyRows, messyTargets, otherRows } from "./messyRows.ts";
import { type Inputs, runOnnx } from "./onnxRuntime.ts";

const all = [...messyRows, ...otherRows];
const withTarget = (target: "number" | "two" | "three") =>
  messyRows.map((row, i) => ({ ...row, y: messyTargets[i]![target] }));

const missing = new Set<unknown>([null, undefined, "", "NA", "n/a", "-"]);
const numberOf = (cell: unknown, read: (text: string) => number = Number): number =>
  missing.has(cell) ? Number.NaN : read(String(cell));
const textOf = (cell: unknown): string => (missing.has(cell) ? "" : String(cell).trim());

/** How a program of the user makes the numbers and texts of the inputs of its rows. */
const readers: Record<string, (cell: unknown) => number | string> = {
  age: (cell) => numberOf(cell),
  'height "m"': (cell) => numberOf(cell),
  price: (cell) => numberOf(cell, (text) => Number(text.replace(/[$,]/g, ""))),
  rate: (cell) => numberOf(cell, (text) => Number(text.replace(",", ".").replace(" %", ""))),
  marked: (cell) => numberOf(cell),
  member: (cell) => numberOf(cell, (text) => Number(/yes|true/i.test(text))),
  active: (cell) => numberOf(cell, (text) => Number(text === "true" || text === "1")),
  sex: textOf,
  city: textOf,
  zip: textOf,
  size: textOf,
  joined: (cell) => (cell === null ? Number.NaN : (cell as Date).getTime()),
  born: (cell) => numberOf(cell, (text) => Date.parse(`${text.split("/").reverse().join("-")}T00:00Z`)),
  at: (cell) => numberOf(cell, (text) => 60_000 * (60 * Number(text.slice(0, 2)) + Number(text.slice(3)))),
  __proto_: (cell) => numberOf(cell),
};

/** The inputs of rows. */
function inputsOf(rows: readonly object[], columns: readonly { readonly name: string }[]): Inputs {
  return Object.fromEntries(
    columns.map(({ name }) => {
      const cells = rows.map((row) => readers[name]!((row as Record<string, unknown>)[name]));
      return [name, typeof cells[0] === "string" ? (cells as string[]) : Float64Array.from(cells as number[])];
    }),
  );
}

/** The outputs of the model of a table for rows. */
const outputsOf = (model: FittedTableModel, rows: readonly object[]) =>
  runOnnx(exportOnnx(model), rows.length, inputsOf(rows, model.preparation.columns));

function expectClose(got: unknown, expected: ArrayLike<number>, tolerance: number): void {
  expect((got as Float64Array).length).toBe(expected.length);
  Array.from(expected).forEach((value, at) => {
    expect(Math.abs((got as Float64Array)[at]! - value)).toBeLessThan(tolerance * (1 + Math.abs(value)));
  });
}

test.each([undefined, "quadratic", "splines"] as const)(
  "a regression on raw rows predicts the same numbers, with expand %s",
  async (expand) => {
    const options = { target: "y", expand, ...messyOptions };
    const model = tableModel(linearRegression({ l2: 0.1 }), options).fit(withTarget("number"));
    expectClose((await outputsOf(model, all))["prediction"]!.data, model.predict(all), 1e-10);
  },
);

test.each([
  ["two", logisticRegression()],
  ["two", networkClassifier({ hidden: [6], activation: "tanh", epochs: 5, seed: 1 })],
  ["three", softmaxRegression()],
  ["three", networkClassifier({ hidden: [6], epochs: 5, seed: 1 })],
] as const)(
  "a classifier of %s classes has the same classes and probabilities for raw rows",
  async (target, estimator) => {
    const model = tableModel(estimator, { target: "y", ...messyOptions }).fit(withTarget(target));
    const { label, probabilities } = await outputsOf(model, all);
    expect([...label!.data]).toEqual(model.predict(all));
    expectClose(probabilities!.data, model.probabilities(all).data, 1e-10);
  },
);

test("an SVM has the same classes and scores for raw rows", async () => {
  const model = tableModel(linearSvm({ epochs: 5 }), { target: "y", ...messyOptions }).fit(withTarget("three"));
  const { label, scores } = await outputsOf(model, all);
  expect([...label!.data]).toEqual(model.predict(all));
  expectClose(scores!.data, model.scores(all).data, 1e-10);
});

test("a threshold decides the class", async () => {
  const model = tableModel(logisticRegression(), { target: "y", ...messyOptions }).fit(withTarget("two"));
  const strict = withThreshold(model, 0.9);
  expect(strict.predict(all)).not.toEqual(model.predict(all));
  const { label } = await outputsOf(strict, all);
  expect([...label!.data]).toEqual(strict.predict(all));
});

test("all dates from 1800 to 2200 have the same parts", async () => {
  const day = 86_400_000;
  const times = Array.from({ length: 5000 }, (_, i) => day * (-62_091 + 29.3 * i) + 1000 * i);
  const rows = times.map((time, i) => ({ when: new Date(time), y: i % 7 }));
  const model = tableModel(linearRegression({ l2: 1 }), { target: "y" }).fit(rows);
  const names = model.preparation.features.map(({ name }) => name);
  expect(names).toHaveLength(6 + 12 + 7 + 22); // and one for each month, weekday and hour that occurs
  expect(names.slice(0, 6)).toEqual(
    ["elapsed days", "year", "month", "day of month", "weekday", "hour"].map((part) => `when ${part}`),
  );
  const { prediction } = await runOnnx(exportOnnx(model), rows.length, { when: Float64Array.from(times) });
  expectClose(prediction!.data, model.predict(rows), 1e-9);
});

const strict = tableModel(logisticRegression(), {
  target: "y",
  missing: "error",
  unseen: "error",
  na: ["unknown", "-999"],
  columns: { size: { kind: "ordinal", order: ["S", "M"] }, depth: { missing: "median" } },
}).fit(
  Array.from({ length: 12 }, (_, i) => ({
    age: i,
    depth: i % 4 === 0 ? "unknown" : i * i,
    sex: i % 2 === 0 ? "male" : "female",
    size: i % 3 === 0 ? "S" : "M",
    member: i % 5 < 2,
    y: i > 5,
  })),
);
const valid = { age: 3, depth: 2, sex: "male", size: "S", member: 1 };
const strictInputs = (change: object): Inputs =>
  Object.fromEntries(
    Object.entries({ ...valid, ...change }).map(([name, cell]) => [
      name,
      typeof cell === "string" ? [cell] : Float64Array.of(cell as number),
    ]),
  );

test.each<[change: object, message: string]>([
  [{ age: Number.NaN }, 'column "age" must be finite and not missing'],
  [{ age: -999 }, 'column "age" must be finite and not missing'],
  [{ depth: Infinity }, 'column "depth" must be finite'],
  [{ member: 0.5 }, 'column "member" must be 0, 1 or NaN'],
  [{ sex: "unseen" }, 'column "sex" must have no missing cell and only categories of the training rows'],
  [{ sex: "" }, 'column "sex" must have no missing cell and only categories of the training rows'],
  [{ sex: "Unknown" }, 'column "sex" must have no missing cell and only categories of the training rows'],
  [{ size: "L" }, 'column "size" must be one of "S", "M"'],
  [{ size: "" }, 'column "size" must be finite and not missing'],
])("a cell that the model cannot read is an error with the column: %j", async (change, message) => {
  const model = exportOnnx(strict);
  await expect(runOnnx(model, 1, strictInputs({}))).resolves.toBeDefined();
  await expect(runOnnx(model, 1, strictInputs(change))).rejects.toThrow(message);
});

test("a number that marks missing cells is a missing cell", async () => {
  const model = exportOnnx(strict);
  const outputs = await Promise.all([-999, Number.NaN].map((depth) => runOnnx(model, 1, strictInputs({ depth }))));
  expect(outputs[0]!["probabilities"]!.data).toEqual(outputs[1]!["probabilities"]!.data);
  expectClose(
    outputs[0]!["probabilities"]!.data,
    strict.probabilities([{ ...valid, member: true, depth: "Unknown" }]).data,
    1e-12,
  );
});

test("columns may have the names of outputs and any characters", async () => {
  const names = ["label", "constant", "Cast", "", "é 😀\u2028", "__proto__", "a\0b"];
  const rows = Array.from({ length: 20 }, (_, i) =>
    Object.fromEntries([...names.map((name, j) => [name, ((i + 1) * (j + 3)) % 7]), ["y", i % 3 === 0]]),
  );
  const model = tableModel(logisticRegression(), { target: "y" }).fit(rows);
  const inputs = new Map(
    model.preparation.columns.map(({ name }) => [name, Float64Array.from(rows, (row) => Number(row[name]))]),
  );
  const renamed = Object.fromEntries(
    [...inputs].map(([name, data]) => [name === "" ? " 2" : name.replace("\0", "\ufffd"), data]),
  );
  const outputs = await runOnnx(exportOnnx(model), rows.length, renamed);
  expect(Object.keys(outputs)).toEqual(["label 2", "probabilities"]);
  expectClose(outputs["probabilities"]!.data, model.probabilities(rows).data, 1e-12);
});
