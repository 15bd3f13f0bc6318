import { expect, test } from "vitest";
import { chooseModel, type ModelRequest, type Target } from "./chooseModel.ts";
import { targetFactsOf } from "./targetFacts.ts";

interface Column extends Target {
  readonly y: Float64Array | readonly (string | boolean)[];
}

const numbers = (values: number[]): Column => ({ name: "y", kind: "number", y: Float64Array.from(values) });
const texts = (values: string[]): Column => ({ name: "y", kind: "category", y: values });
const choiceOf = (column: Column, request: ModelRequest = {}) => chooseModel(request, column, targetFactsOf(column.y));
const choose = (column: Column, request: ModelRequest = {}) => {
  const { model, task } = choiceOf(column, request);
  return `${model} ${task}`;
};
/** Rows with these values in turn. */
const rows = (count: number, ...values: number[]) =>
  numbers(Array.from({ length: count }, (_, i) => values[i % values.length]!));
const from = (low: number, high: number) => Array.from({ length: high - low + 1 }, (_, i) => low + i);

test("text and true and false are classes", () => {
  expect(choose(texts(["a", "b", "a"]))).toBe("logistic classification");
  expect(choose(texts(["a", "b", "c"]))).toBe("softmax classification");
  expect(choose({ name: "y", kind: "boolean", y: [true, false] })).toBe("logistic classification");
});

test.each<[string, Column, string]>([
  ["10, 20, 30, 40 in four rows", numbers([10, 20, 30, 40]), "linear regression"],
  ["1, 2, 3, 4 in four rows", numbers([1, 2, 3, 4]), "linear regression"],
  ["ratings 1 … 5", rows(25, ...from(1, 5)), "softmax classification"],
  ["ratings 1 … 5 in too few rows", rows(24, ...from(1, 5)), "linear regression"],
  ["digits 0 … 9", rows(1797, ...from(0, 9)), "softmax classification"],
  ["years", rows(5000, ...from(2010, 2020)), "linear regression"],
  ["two years", rows(50, 2019, 2020), "logistic classification"],
  ["zip codes", rows(5000, 10_001, 60_601, 94_105), "linear regression"],
  ["cylinders", rows(400, 4, 6, 8), "linear regression"],
  ["0 and 1 in few rows", rows(3, 0, 1), "logistic classification"],
  ["−1 and 1 in few rows", rows(3, -1, 1), "logistic classification"],
  ["1 and 2", rows(10, 1, 2), "logistic classification"],
  ["1 and 2 in few rows", rows(9, 1, 2), "linear regression"],
  ["0 and 100", rows(10, 0, 100), "logistic classification"],
  ["−2 … 2", rows(100, ...from(-2, 2)), "softmax classification"],
  ["counts 0 … 20", rows(10_000, ...from(0, 20)), "linear regression"],
  ["counts 0 … 19", rows(10_000, ...from(0, 19)), "softmax classification"],
  ["ages 18 … 30", rows(10_000, ...from(18, 30)), "linear regression"],
  ["a gap", rows(100, 0, 1, 3), "linear regression"],
  ["0.4 and 1.7", rows(100, 0.4, 1.7), "linear regression"],
  ["0, 1 and a 0.4", numbers([...from(0, 99).map((i) => i % 2), 0.4]), "linear regression"],
])("%s", (_, column, expected) => {
  expect(choose(column)).toBe(expected);
});

test("the reason and the other choice; the other choice works", () => {
  const line = (column: Column, request?: ModelRequest) => {
    const { reason, otherwise } = choiceOf(column, request);
    return otherwise === "" ? reason : `${reason} (${otherwise})`;
  };
  expect(line(numbers([10, 20, 30, 40]))).toBe(
    "y has 4 different values in 4 rows, all whole numbers from 10 to 40 (to predict classes: --model softmax)",
  );
  expect(choose(numbers([10, 20, 30, 40]), { model: "softmax" })).toBe("softmax classification");
  expect(line(rows(50, 2019, 2020))).toBe(
    "y has 2 different values in 50 rows, all whole numbers from 2019 to 2020 (to predict numbers: --model linear)",
  );
  expect(choose(rows(50, 2019, 2020), { model: "linear" })).toBe("linear regression");
  expect(line(rows(50, 0.4, 1.7))).toBe(
    "y has 2 different values in 50 rows, from 0.4 to 1.7 (to predict classes: --model logistic)",
  );
  expect(choose(rows(50, 0.4, 1.7), { model: "logistic" })).toBe("logistic classification");
  expect(line(numbers(from(1, 40).map((i) => i / 3)))).toBe(
    "y has 40 different values in 40 rows, from 0.3333 to 13.33",
  );
  expect(line(texts(["a", "b"]))).toBe("y has 2 different values, all text");
});

test("a network follows the same rule, unless --column sets the kind", () => {
  const [codes, amounts] = [rows(100, ...from(0, 4)), numbers(from(1, 40))];
  expect(choose(codes, { model: "network" })).toBe("network classification");
  expect(choiceOf(codes, { model: "network" }).otherwise).toBe("to predict numbers: --column y:number");
  expect(choose(codes, { model: "network", kind: "number" })).toBe("network regression");
  expect(choose(amounts, { model: "network" })).toBe("network regression");
  expect(choiceOf(amounts, { model: "network" }).otherwise).toBe("to predict classes: --column y:category");
  expect(choose(codes, { kind: "number" })).toBe("linear regression");
  expect(choiceOf(codes, { kind: "number" }).otherwise).toBe("");
  expect(() => choose(codes, { kind: "number", model: "svm" })).toThrow(
    'train: --model svm predicts classes, but "y" is a number because of --column. Use --model linear or network, or leave out --column.',
  );
  expect(choose(amounts, { model: "softmax" })).toBe("softmax classification");
});
