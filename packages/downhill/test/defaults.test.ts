import { describe, expect, test } from "vitest";
import { accuracy, linearRegression, logisticRegression, rSquared, softmaxRegression, split } from "../src/index.ts";
import { dataset } from "./dataset.ts";

// The quality of the defaults: the mean score on a fifth of the rows as test rows, over the seeds 0 to 19 of split and fit.
// The runs have the same bits everywhere, so a mean below its bound is a change of the defaults, not chance.
const mean = (scoreOf: (seed: number) => number): number => {
  let sum = 0;
  for (let seed = 0; seed < 20; seed++) sum += scoreOf(seed);
  return sum / 20;
};

describe("mean test accuracy with defaults", () => {
  test.each([
    ["iris", softmaxRegression, 0.955],
    ["wine", softmaxRegression, 0.973],
    ["breast_cancer", logisticRegression, 0.97],
    ["digits", softmaxRegression, 0.96],
  ] as const)(
    "%s",
    (name, regression, lowest) => {
      const { X, y } = dataset(name);
      const score = mean((seed) => {
        const { train, test: rest } = split(X, y, { testShare: 0.2, seed, stratify: true });
        const fitted = regression({ seed }).fit(train.X, train.y);
        expect(fitted.stopped).toBe("converged");
        return accuracy(fitted.predict(rest.X), rest.y);
      });
      expect(score).toBeGreaterThanOrEqual(lowest);
    },
    60_000,
  );
});

test("mean test R² of diabetes with defaults", { timeout: 30_000 }, () => {
  const { X, y } = dataset("diabetes");
  const score = mean((seed) => {
    const { train, test: rest } = split(X, Float64Array.from(y, Number), { testShare: 0.2, seed });
    return rSquared(linearRegression({ seed }).fit(train.X, train.y).predict(rest.X), rest.y);
  });
  expect(score).toBeGreaterThanOrEqual(0.455);
});
