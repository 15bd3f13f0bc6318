import { expect, test } from "vitest";
import { cases } from "../../../test/cases.ts";
import { linearRegression, load } from "../../index.ts";

const fitted = linearRegression({ l2: 0 }).fit([[1], [2], [3]], [3, 5, 7]);
const text = JSON.stringify(fitted);

test("a program can hold thousands of models that have predicted", () => {
  // All cases are more than the memories that an engine can have, about 13,000.
  const models = Array.from({ length: cases(1000, 15_000) }, () => load(text) as typeof fitted);
  for (const model of models) {
    model.predict([[4]]); // only the second call gives it a memory of its own
    expect(model.predict([[4]])).toEqual(fitted.predict([[4]]));
  }
});

test("a model whose memory was released predicts the same bits", () => {
  const [first, ...others] = Array.from({ length: 40 }, () => load(text) as typeof fitted);
  const before = first!.predict([[0.1], [7]]);
  expect(first!.predict([[0.1], [7]])).toEqual(before);
  for (const other of others) for (let call = 0; call < 2; call++) other.predict([[1]]);
  expect(first!.predict([[0.1], [7]])).toEqual(before);
});
