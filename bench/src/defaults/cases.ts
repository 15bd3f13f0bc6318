// The cases of the comparison of default settings: models, tables, with and without standardization, and kinds of batches.
import { readFileSync } from "node:fs";
import {
  adam,
  type Label,
  linearRegression,
  linearSvm,
  logisticRegression,
  type Matrix,
  matrixFactorization,
  matrixFromRows,
  networkClassifier,
  networkRegression,
  type Optimizer,
  type PreparedFit,
  plain,
  type Ratings,
  softmaxRegression,
} from "downhill";
import { inRepository } from "../inRepository.ts";

export const tables = ["iris", "wine", "breast_cancer", "digits", "diabetes"] as const;
export const models = [
  "linear regression",
  "logistic regression",
  "softmax regression",
  "SVM, hinge",
  "SVM, squared hinge",
  "network",
  "factorization",
] as const;
export const batches = ["full", 32, 1] as const;

/** Cases that have the same objective. */
export interface Group {
  readonly model: (typeof models)[number];
  readonly table: (typeof tables)[number];
  readonly standardize: boolean;
}

export interface Case extends Group {
  readonly batch: (typeof batches)[number];
}

export const groups: readonly Group[] = models.flatMap((model) =>
  tables.flatMap((table) => [true, false].map((standardize) => ({ model, table, standardize }))),
);

/** A table of datasets/: the numbers, and the last column as text. */
export function readTable(name: Case["table"]): { X: Matrix; target: string[] } {
  const [, ...lines] = readFileSync(inRepository(`datasets/${name}.csv`), "utf8")
    .trim()
    .split("\n");
  const cells = lines.map((line) => line.split(","));
  return {
    X: matrixFromRows(cells.map((row) => row.slice(0, -1).map(Number))),
    target: cells.map((row) => row.at(-1)!),
  };
}

/** A fit with the default settings before its first update, its rows, and the optimizers of the sweep. */
export interface PreparedCase {
  readonly prepared: PreparedFit;
  readonly optimizerWith: (rate: number) => Optimizer;
  readonly X: Matrix;
  readonly y: readonly Label[];
}

/** The fit of a case. Networks train on all rows for all epochs, so that the objective of all runs is the same. */
export function prepareCase({ model, table, standardize, batch }: Case): PreparedCase {
  const { X, target } = readTable(table);
  const isNumber = table === "diabetes";
  const options = { standardize, batchSize: batch };
  const numbers = isNumber ? target.map(Number) : target.map((label) => [...new Set(target)].indexOf(label));
  const classes = isNumber ? quantileGroups(numbers, model === "logistic regression" ? 2 : 3) : target;
  const withPlain = (y: readonly Label[], prepared: PreparedFit): PreparedCase => ({
    prepared,
    optimizerWith: plain,
    X,
    y,
  });
  switch (model) {
    case "linear regression":
      return withPlain(numbers, linearRegression(options).prepare(X, numbers));
    case "logistic regression": {
      const two = classes.map((label) => (label === classes[0] ? "first" : "other"));
      return withPlain(two, logisticRegression(options).prepare(X, two));
    }
    case "softmax regression":
      return withPlain(classes, softmaxRegression(options).prepare(X, classes));
    case "SVM, hinge":
      return withPlain(classes, linearSvm(options).prepare(X, classes));
    case "SVM, squared hinge":
      return withPlain(classes, linearSvm({ ...options, loss: "squaredHinge" }).prepare(X, classes));
    case "network": {
      const all = { ...options, stop: {}, epochs: batch === 1 ? 20 : 200 };
      const prepared = isNumber
        ? networkRegression(all).prepare(X, numbers)
        : networkClassifier(all).prepare(X, target);
      return { prepared, optimizerWith: adam, X, y: target };
    }
    case "factorization":
      return withPlain(target, matrixFactorization(options).prepare(cellsAsRatings(X)));
  }
}

/** The number of the group of each value, in groups of about the same size. */
function quantileGroups(values: readonly number[], count: number): string[] {
  const sorted = values.toSorted((a, b) => a - b);
  const edges = Array.from({ length: count - 1 }, (_, k) => sorted[Math.floor(((k + 1) * sorted.length) / count)]!);
  return values.map((value) => `group ${edges.filter((edge) => value > edge).length}`);
}

/** The columns with mean 0 and deviation 1. */
export function standardColumns(X: Matrix): Matrix {
  const { rows, columns } = X;
  const data = Float64Array.from(X.data);
  for (let j = 0; j < columns; j++) {
    const column = Float64Array.from({ length: rows }, (_, i) => data[i * columns + j]!);
    const mean = column.reduce((sum, x) => sum + x / rows, 0);
    const deviation = Math.sqrt(column.reduce((sum, x) => sum + (x - mean) ** 2 / rows, 0)) || 1;
    column.forEach((x, i) => {
      data[i * columns + j] = (x - mean) / deviation;
    });
  }
  return { rows, columns, data };
}

/** The standardized cells of a table, as ratings that rows give to columns. */
function cellsAsRatings(X: Matrix): Ratings {
  return {
    users: Array.from(X.data, (_, at) => Math.floor(at / X.columns)),
    items: Array.from(X.data, (_, at) => at % X.columns),
    ratings: standardColumns(X).data,
  };
}
