import { DuckDBInstance } from "@duckdb/node-api";
import {
  exportSql,
  type Label,
  linearRegression,
  linearSvm,
  logisticRegression,
  networkRegression,
  random,
  softmaxRegression,
} from "downhill";
import { expect, test } from "vitest";

const connection = await (await DuckDBInstance.create(":memory:")).connect();

/** The values of an expression for the rows of a table, in order. */
async function evaluate(expression: string, table: string): Promise<unknown[]> {
  const result = await connection.runAndReadAll(`SELECT ${expression} AS value FROM ${table} ORDER BY row`);
  return result.getRows().map(([value]) => value);
}

const draw = random(9);
const names = ["size", 'the "b"', "score1"];
const numbers = Array.from({ length: 60 }, () =>
  Object.fromEntries(names.map((name, j) => [name, (draw.normal() + j) * [1, 1000, 1e-3][j]!])),
) as Record<string, number>[];
const sum = (row: Record<string, number>): number => row["size"]! + row['the "b"']! / 1000 - row["score1"]! * 1000;
const target = numbers.map((row) => sum(row) + 0.1 * draw.normal());
const two = target.map((value) => value > 0);
const three = target.map((value) => (value > 1 ? "it's high" : value < -1 ? "low" : "middle"));
await connection.run('CREATE TABLE numbers (row INTEGER, size DOUBLE, "the ""b""" DOUBLE, "score1" DOUBLE)');
const appended = await connection.createAppender("numbers");
numbers.forEach((row, i) => {
  appended.appendInteger(i);
  for (const name of names) appended.appendDouble(row[name]!);
  appended.endRow();
});
appended.flushSync();

test.each([
  ["linear", linearRegression().fit(numbers, target)],
  [
    "poisson",
    linearRegression({ loss: "poisson" }).fit(
      numbers,
      target.map((value) => Math.round(value * value)),
    ),
  ],
  ["unscaled", linearRegression({ standardize: false, epochs: 1 }).fit(numbers, target)],
] as const)("the expression of a %s regression predicts as the model", async (_, model) => {
  const expected = model.predict(numbers);
  const got = (await evaluate(exportSql(model), "numbers")) as number[];
  expected.forEach((value, i) => {
    expect(Math.abs(got[i]! - value)).toBeLessThan(1e-11 * (1 + Math.abs(value)));
  });
});

test.each([
  ["logistic", logisticRegression().fit(numbers, two)],
  ["logistic of numbers", logisticRegression().fit(numbers, two.map(Number))],
  ["softmax", softmaxRegression().fit(numbers, three)],
  [
    "softmax of two classes",
    softmaxRegression().fit(
      numbers,
      two.map((value) => (value ? 1.5 : -2)),
    ),
  ],
] as const)("the expressions of a %s regression are its classes and probabilities", async (_, model) => {
  expect(
    (await evaluate(exportSql(model), "numbers")).map(Number.isNaN(Number(model.classes[0])) ? String : asLabel),
  ).toEqual(model.predict(numbers));
  const expected = model.probabilities(numbers);
  for (const [c, label] of model.classes.entries()) {
    const got = (await evaluate(exportSql(model, { probability: label }), "numbers")) as number[];
    got.forEach((p, i) => {
      expect(Math.abs(p - expected.data[i * expected.columns + c]!)).toBeLessThan(1e-12);
    });
  }
});

/** A class as DuckDB returns it: an integer is a bigint or a number, a fraction is a number. */
const asLabel = (value: unknown): Label => (typeof value === "boolean" ? value : Number(value));

test("the expressions of an SVM are its classes and scores", async () => {
  for (const model of [linearSvm({ epochs: 3 }).fit(numbers, two), linearSvm({ epochs: 3 }).fit(numbers, three)]) {
    expect(await evaluate(exportSql(model), "numbers")).toEqual(model.predict(numbers));
    const expected = model.scores(numbers);
    const labels = model.classes.slice(-expected.columns);
    for (const [c, label] of labels.entries()) {
      const got = (await evaluate(exportSql(model, { score: label }), "numbers")) as number[];
      got.forEach((z, i) => {
        expect(Math.abs(z - expected.data[i * expected.columns + c]!)).toBeLessThan(1e-10);
      });
    }
  }
});

test("a row with an infinite, undefined or missing number has no prediction", async () => {
  await connection.run(
    "CREATE TABLE odd AS SELECT row, x AS size FROM (VALUES (0, 1e0), (1, 'inf'::DOUBLE), (2, '-inf'::DOUBLE), (3, 'nan'::DOUBLE), (4, NULL)) AS t(row, x)",
  );
  const rows = [{ size: 0 }, { size: 1 }, { size: 2 }, { size: 3 }];
  for (const model of [
    linearRegression().fit(rows, [1, 2, 4, 3]),
    logisticRegression().fit(rows, ["a", "a", "b", "b"]),
  ]) {
    const [first, ...others] = await evaluate(exportSql(model), "odd");
    expect(first).not.toBeNull();
    expect(others).toEqual([null, null, null, null]);
  }
});

test("a model or a class that SQL cannot express is an error with advice", () => {
  const classifier = logisticRegression().fit(numbers, two);
  const svm = linearSvm({ epochs: 1 }).fit(numbers, two);
  expect(() => exportSql(networkRegression({ epochs: 1 }).fit(numbers, target))).toThrow(
    "exportSql: the model must have linear scores, got a network. Use exportOnnx or exportJs.",
  );
  expect(() => exportSql(linearRegression().fit([[1], [2]], [1, 2]))).toThrow(
    "exportSql: the columns must have names, got a model of numbers without names. Fit records or a matrix with names.",
  );
  expect(() => exportSql(classifier, { probability: "yes" })).toThrow(
    'exportSql: probability must be a class of the model, got "yes". Pass one of false, true.',
  );
  expect(() => exportSql(linearRegression().fit(numbers, target), { probability: "yes" })).toThrow(
    'exportSql: probability must be a class of the model, got "yes". Leave it out for a regression.',
  );
  expect(() => exportSql(svm, { probability: true })).toThrow(
    "must have probabilities, got a linearSvm. Use the option score",
  );
  expect(() => exportSql(svm, { score: false })).toThrow(
    "exportSql: score must be true, the class of the only score, got false. Pass true.",
  );
  expect(() => exportSql(classifier, { score: true, probability: true })).toThrow("Remove one of them");
  expect(() => exportSql(classifier, { class: true } as object)).toThrow('option "class" is unknown');
});
