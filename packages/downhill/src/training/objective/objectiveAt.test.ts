import { expect, test } from "vitest";
import { dataset } from "../../../test/dataset.ts";
import { logisticRegression, objectiveAt, plain, problemOf, train } from "../../index.ts";

test("is the objective of the last step of a run, bit for bit", () => {
  const { X, y } = dataset("breast_cancer");
  for (const [l2, l1] of [
    [0.01, 0],
    [0, 0.01],
  ] as const) {
    const { problem, steps } = logisticRegression({ l2, l1 }).prepare(X, y);
    let last: { solution: ArrayLike<number>; value: number } | undefined;
    for (const step of steps()) last = { solution: Float64Array.from(step.solution), value: step.objective() };
    expect(objectiveAt(problem, last!.solution)).toBe(last!.value);
  }
});

test("of a function of the user it is the function", () => {
  const problem = problemOf(([x], gradient) => {
    gradient[0] = 2 * x!;
    return x! * x!;
  }, 1);
  expect(objectiveAt(problem, [3])).toBe(9);
  expect([...train(problem, plain(0.1), { start: Float64Array.of(3), epochs: 1 })][0]!.batchLoss).toBe(9);
});

test("wrong parameters are errors with advice", () => {
  const { problem } = logisticRegression().prepare([[1], [2], [4]], [0, 1, 1]);
  expect(() => objectiveAt(problem, [1])).toThrow(
    "objectiveAt: params must have one entry per parameter (2), got 1. Pass lists of the same length.",
  );
  expect(() => objectiveAt(problem, [1, Number.NaN])).toThrow(/^objectiveAt: params must hold finite numbers, got NaN/);
});
