// The consultation before a training.
import { diagnose, linearRegression, matrixFactorization, plain } from "downhill";
import { expect, test } from "vitest";

test("a prepared fit has the diagnosis of its estimator and data, and is not prepared again", () => {
  const X = [
    [1, 20],
    [2, 10],
    [3, 50],
    [4, 10],
    [5, 30],
  ];
  const y = [1, 3, 2, 5, 4];
  const estimator = linearRegression({ optimizer: plain(0.1), standardize: false });
  const fit = estimator.prepare(X, y);
  const plainOf = (diagnosis: unknown): unknown => JSON.parse(JSON.stringify(diagnosis));
  expect(plainOf(diagnose(fit, { rates: 5 }))).toEqual(plainOf(diagnose(estimator, { X, y }, { rates: 5 })));
  const ratings = { users: ["a", "a", "b", "b"], items: ["x", "y", "x", "z"], ratings: [1, 2, 4, 5] };
  const recommender = matrixFactorization({ rank: 2 });
  expect(plainOf(diagnose(recommender.prepare(ratings)))).toEqual(plainOf(diagnose(recommender, ratings)));
  expect(() => diagnose(fit, { rates: 0 })).toThrow(RangeError);
});

test("the forecast of least squares has the condition number, and that of other losses does not", () => {
  const estimator = linearRegression({ optimizer: plain(0.1), standardize: false });
  const { forecast, curvature } = diagnose(estimator, {
    X: [
      [1, 20],
      [2, 10],
      [3, 50],
    ],
    y: [1, 3, 2],
  });
  expect(forecast.condition! / curvature.raw.condition!).toBeCloseTo(1, 10);
  const absolute = linearRegression({ optimizer: plain(0.1), loss: "huber" });
  expect(diagnose(absolute, { X: [[1], [2], [3]], y: [1, 3, 2] }).forecast.condition).toBeNull();
});
