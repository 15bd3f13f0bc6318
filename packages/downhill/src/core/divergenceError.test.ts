import { expect, test } from "vitest";
import { DivergenceError } from "./divergenceError.ts";

test("DivergenceError has the update, the learning rate and the last finite parameters", () => {
  const params = Float64Array.of(1, 2);
  const error = new DivergenceError("loss became NaN", 12, 3, params);
  expect(error.message).toBe(
    "train: loss became NaN at update 12 (learning rate 3). Lower the learning rate or standardize the columns of X.",
  );
  expect([error.name, error.update, error.learningRate, error.params]).toEqual(["DivergenceError", 12, 3, params]);
});
