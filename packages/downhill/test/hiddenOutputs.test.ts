// The outputs of hidden layers: those of the formula, and the scores of the model are a linear map of the last ones.
import { describe, expect, test } from "vitest";
import {
  type Activation,
  blobs,
  hiddenOutputs,
  linearRegression,
  load,
  type Matrix,
  networkClassifier,
  networkRegression,
  sparse,
  toDense,
} from "../src/index.ts";

const { X, y } = blobs({ n: 40, centers: 3, seed: 5 });
const columns = X.columns;

const formulas: Readonly<Record<Activation, (z: number) => number>> = {
  relu: (z) => Math.max(0, z),
  tanh: Math.tanh,
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
};

/** One layer by its definition: z_u = b_u + Σ_j W_uj a_j, with W and b at a position of the parameters. */
function layerOf({ data, rows, columns: inputs }: Matrix, params: Float64Array, from: number, units: number): Matrix {
  const z = new Float64Array(rows * units);
  for (let i = 0; i < rows; i++)
    for (let u = 0; u < units; u++) {
      let sum = params[from + inputs * units + u]!;
      for (let j = 0; j < inputs; j++) sum += params[from + u * inputs + j]! * data[i * inputs + j]!;
      z[i * units + u] = sum;
    }
  return { data: z, rows, columns: units };
}

const standardized = (table: Matrix): Matrix => {
  const data = Float64Array.from(table.data);
  for (let j = 0; j < columns; j++) {
    const column = Array.from({ length: table.rows }, (_, i) => data[i * columns + j]!);
    const mean = column.reduce((sum, x) => sum + x, 0) / table.rows;
    const deviation = Math.sqrt(column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / table.rows);
    for (let i = 0; i < table.rows; i++) data[i * columns + j] = (column[i]! - mean) / deviation;
  }
  return { ...table, data };
};

const expectClose = (actual: Matrix, expected: Matrix): void => {
  expect([actual.rows, actual.columns]).toEqual([expected.rows, expected.columns]);
  // Sums of a few products of numbers below 30, in two orders.
  for (let i = 0; i < expected.data.length; i++)
    expect(Math.abs(actual.data[i]! - expected.data[i]!)).toBeLessThan(1e-13);
};

describe.each(["relu", "tanh", "sigmoid"] as const)("the units of %s", (activation) => {
  const apply = (z: Matrix): Matrix => ({ ...z, data: Float64Array.from(z.data, formulas[activation]) });

  test.each([true, false])("are those of the formula in each layer, with standardize %s", (standardize) => {
    const model = networkClassifier({ hidden: [5, 3], activation, standardize, epochs: 4, seed: 2 }).fit(X, y);
    const params = model.params();
    const first = apply(layerOf(standardize ? standardized(X) : X, params, 0, 5));
    const second = apply(layerOf(first, params, 5 * columns + 5, 3));
    expectClose(hiddenOutputs(model, X), first);
    expectClose(hiddenOutputs(model, X, 2), second);
    expectClose(layerOf(hiddenOutputs(model, X, 2), params, params.length - 3 * 3 - 3, 3), model.scores(X));
  });
});

describe("hidden outputs", () => {
  const model = networkClassifier({ hidden: [4], epochs: 3, seed: 1 }).fit(X, y);

  test("are the same of a loaded model, of records and of sparse rows", () => {
    const names = Array.from({ length: columns }, (_, j) => `c${j}`);
    const records = Array.from({ length: 20 }, (_, i) =>
      Object.fromEntries(names.map((name, j) => [name, X.data[i * columns + j]!])),
    );
    const regression = networkRegression({ hidden: [4], epochs: 3, seed: 1 }).fit(
      records,
      records.map((_, i) => i),
    );
    const rows = hiddenOutputs(regression, { data: X.data.slice(0, 20 * columns), rows: 20, columns });
    expect(hiddenOutputs(regression, records)).toEqual(rows);
    expect(rows.data.some((value) => value > 0)).toBe(true);
    expect(hiddenOutputs(load(JSON.stringify(model), "networkClassifier"), X)).toEqual(hiddenOutputs(model, X));
    const few = sparse([0, 1, 2, 4], [0, 1, 0, 1], [1.5, -2, 0.5, 3], 2);
    expectClose(hiddenOutputs(model, few), hiddenOutputs(model, toDense(few)));
  });

  test("need a network, one of its layers, and the columns of the fit", () => {
    const line = linearRegression().fit([[1], [2], [3]], [1, 2, 3]);
    expect(() => hiddenOutputs(line, [[1]])).toThrow(
      new TypeError(
        'hiddenOutputs: model must be a fitted network, got "linear". Fit networkClassifier or networkRegression.',
      ),
    );
    for (const layer of [0, 1.5, Number.NaN]) {
      expect(() => hiddenOutputs(model, X, layer)).toThrow(
        new RangeError(
          `hiddenOutputs: layer must be a whole number of at least 1, got ${layer}. Pass a whole number, such as 1.`,
        ),
      );
    }
    expect(() => hiddenOutputs(model, X, 2)).toThrow(
      new RangeError("hiddenOutputs: layer must be at least 1 and below 2, got 2. Pass a number such as 1."),
    );
    expect(() => hiddenOutputs(model, [[1, 2, 3, 4, 5, 6, 7]])).toThrow("hiddenOutputs: X must have the");
  });
});
