// The problems on which the number of evaluations is compared: tables of datasets/, generated tables, and known condition numbers.
import { type Matrix, matrix, random } from "downhill";
import { manyClasses, twoClasses } from "../data/labelledRows.ts";
import { readTable, standardColumns, tables } from "../defaults/cases.ts";

export type Loss = "least squares" | "logistic" | "softmax" | "squared hinge";

/** A smooth objective with l2, and perhaps l1. The columns are used as they are. */
export interface EvaluationProblem {
  readonly name: string;
  readonly loss: Loss;
  readonly X: Matrix;
  /** Numbers for least squares, −1 and 1 for two classes, 0, 1, … for softmax. */
  readonly y: Float64Array;
  readonly l2: number;
  readonly l1: number;
}

/** The problems, one after another, so that only one table is in memory. */
export function* evaluationProblems(): Generator<EvaluationProblem> {
  for (const name of tables) yield* problemsOfTable(name);
  yield* generated();
  for (const condition of [1, 1e2, 1e4, 1e6, 1e8]) yield* withCondition(condition);
  yield lasso("lasso", 100, 300, 0);
  yield lasso("lasso, neighbours correlated 0.95", 500, 100, 0.95);
}

function* problemsOfTable(name: (typeof tables)[number]): Generator<EvaluationProblem> {
  const { X, target } = readTable(name);
  const columns = standardColumns(X);
  const isNumber = name === "diabetes";
  const labels = [...new Set(target)];
  const numbers = Float64Array.from(target, (text) => (isNumber ? Number(text) : labels.indexOf(text)));
  const sorted = numbers.toSorted();
  const thirds = [sorted[Math.floor(sorted.length / 3)]!, sorted[Math.floor((2 * sorted.length) / 3)]!];
  const classes = isNumber ? numbers.map((x) => thirds.filter((edge) => x > edge).length) : numbers;
  const signs = isNumber
    ? numbers.map((x) => (x > sorted[sorted.length >> 1]! ? 1 : -1))
    : numbers.map((k) => (k === 0 ? -1 : 1));
  const l2 = 1 / X.rows;
  const l1 = 1e-3;
  yield { name, loss: "least squares", X: columns, y: numbers, l2: 0, l1: 0 };
  yield { name, loss: "logistic", X: columns, y: signs, l2, l1: 0 };
  yield { name: `${name}, raw columns`, loss: "logistic", X, y: signs, l2, l1: 0 };
  yield { name, loss: "softmax", X: columns, y: classes, l2, l1: 0 };
  yield { name, loss: "squared hinge", X: columns, y: signs, l2, l1: 0 };
  yield { name, loss: "logistic", X: columns, y: signs, l2: 0, l1 };
  yield { name, loss: "softmax", X: columns, y: classes, l2: 0, l1 };
}

/** Tables with the shapes of well-known ones: sparse 0 and 1 (w8a), few columns of very different units (diamonds), pixels (MNIST). */
function* generated(): Generator<EvaluationProblem> {
  const sparse = sparseRows(49_749, 300, 0.04);
  const like = (name: string, loss: Loss, rows: { X: Matrix; y: Float64Array }): EvaluationProblem => ({
    ...{ name, loss, ...rows },
    ...{ l2: 1 / rows.X.rows, l1: 0 },
  });
  yield like("sparse 0 and 1", "logistic", sparse);
  yield like("sparse 0 and 1", "squared hinge", sparse);
  yield { ...like("sparse 0 and 1", "logistic", sparse), l2: 0, l1: 1e-4 };
  const sizes = manyClasses(5, { rows: 53_940, columns: 7, seed: 5, correlation: 0.98 });
  yield like("7 correlated columns, 5 classes", "softmax", { X: matrix(sizes.X, 53_940, 7), y: sizes.y });
  const pixels = pixelRows(2000, 784);
  yield like("pixels, 10 classes", "softmax", pixels);
  yield like("pixels, 2 classes", "squared hinge", { X: pixels.X, y: pixels.y.map((k) => (k < 5 ? -1 : 1)) });
  const many = twoClasses({ rows: 100_000, columns: 20, seed: 7 });
  yield like("normal columns", "logistic", { X: matrix(many.X, 100_000, 20), y: many.y });
}

/** Rows of 0 and 1, most of them 0, with a rare class. */
export function sparseRows(rows: number, columns: number, share: number): { X: Matrix; y: Float64Array } {
  const draw = random(3).fork("sparse");
  const effects = Float64Array.from({ length: columns }, () => 1.5 * draw.normal());
  const often = Float64Array.from({ length: columns }, () => 2 * share * draw.uniform());
  const data = new Float64Array(rows * columns);
  const y = Float64Array.from({ length: rows }, (_, i) => {
    let z = -2 + draw.normal();
    for (let j = 0; j < columns; j++) {
      if (draw.uniform() >= often[j]!) continue;
      data[i * columns + j] = 1;
      z += effects[j]!;
    }
    return z > 0 ? 1 : -1;
  });
  return { X: matrix(data, rows, columns), y };
}

/** Pictures of ten smooth patterns with noise; pixels at the edge are always 0. */
export function pixelRows(rows: number, columns: number): { X: Matrix; y: Float64Array } {
  const draw = random(4).fork("pixels");
  const side = Math.round(Math.sqrt(columns));
  const inside = (k: number): boolean =>
    Math.min(k % side, Math.floor(k / side)) > 3 && Math.max(k % side, k / side) < side - 4;
  const patterns = Array.from({ length: 10 }, () => {
    const [a, b, c] = [draw.uniform(), draw.uniform(), draw.uniform()];
    return Float64Array.from({ length: columns }, (_, k) =>
      inside(k) ? Math.max(0, Math.sin(a * (k % side) + 6 * c) * Math.cos((b * k) / side)) : 0,
    );
  });
  const data = new Float64Array(rows * columns);
  const y = Float64Array.from({ length: rows }, (_, i) => {
    const label = Math.floor(10 * draw.uniform());
    for (let k = 0; k < columns; k++) {
      if (inside(k)) data[i * columns + k] = Math.max(0, patterns[label]![k]! + 0.6 * draw.normal());
    }
    return label;
  });
  return { X: matrix(data, rows, columns), y };
}

/** Columns whose squares have this condition number: normal columns, each with its own unit. */
function* withCondition(condition: number): Generator<EvaluationProblem> {
  const [rows, columns] = [2000, 30];
  const { X, y } = twoClasses({ rows, columns, seed: 9 });
  const units = Float64Array.from({ length: columns }, (_, j) => condition ** (-j / (2 * (columns - 1))));
  const scaled = matrix(
    X.map((x, at) => x * units[at % columns]!),
    rows,
    columns,
  );
  const name = `condition number about ${condition.toExponential(0)}`;
  yield { name, loss: "least squares", X: scaled, y, l2: 0, l1: 0 };
  yield { name, loss: "logistic", X: scaled, y, l2: 1e-3 / condition, l1: 0 };
}

function lasso(name: string, rows: number, columns: number, correlation: number): EvaluationProblem {
  const { X } = twoClasses({ rows, columns, seed: 2, correlation });
  const draw = random(2).fork("noise");
  const y = Float64Array.from(
    { length: rows },
    (_, i) => X[i * columns]! - 2 * X[i * columns + 1]! + X[i * columns + 2]! + 0.3 * draw.normal(),
  );
  return { name, loss: "least squares", X: matrix(X, rows, columns), y, l2: 0, l1: 1e-3 };
}
