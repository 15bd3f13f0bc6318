import { expect, test } from "vitest";
import type { Column } from "../table/column.ts";
import { factsOf } from "../table/labels.ts";
import { chooseModel } from "./choose.ts";

const numbers = (values: number[]): Column => ({ name: "y", kind: "number", values: Float64Array.from(values) });
const texts = (values: string[]): Column => {
  const different = [...new Set(values)];
  return {
    name: "y",
    kind: "text",
    texts: different,
    codes: Uint32Array.from(values, (text) => different.indexOf(text)),
  };
};
const choose = (column: Column, asked?: Parameters<typeof chooseModel>[0]) => {
  const { model, task } = chooseModel(asked, column, factsOf(column));
  return `${model} ${task}`;
};
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

test("two values of any kind: logistic", () => {
  expect(choose(texts(["a", "b", "a"]))).toBe("logistic classification");
  expect(choose(numbers([0.5, 2.5, 0.5]))).toBe("logistic classification");
  expect(choose({ name: "y", kind: "boolean", values: Float64Array.of(1, 0) })).toBe("logistic classification");
});

test("text, or at most 20 whole numbers: softmax; else linear", () => {
  expect(choose(texts(["a", "b", "c"]))).toBe("softmax classification");
  expect(choose(numbers(upTo(20)))).toBe("softmax classification");
  expect(choose(numbers(upTo(21)))).toBe("linear regression");
  expect(choose(numbers([0.5, 1, 2]))).toBe("linear regression");
});

test("a network follows the same rule; the others are what they are", () => {
  expect(choose(numbers(upTo(20)), "network")).toBe("network classification");
  expect(choose(numbers(upTo(21)), "network")).toBe("network regression");
  expect(choose(numbers(upTo(21)), "softmax")).toBe("softmax classification");
  expect(choose(numbers(upTo(3)), "linear")).toBe("linear regression");
});
