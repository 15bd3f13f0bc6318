import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { matrixFromRows } from "../../src/core/matrix.ts";
import { brierScore } from "../../src/metrics/brierScore.ts";
import { calibrationCurve } from "../../src/metrics/calibration.ts";
import { chooseThreshold } from "../../src/metrics/chooseThreshold.ts";
import { accuracy, balancedAccuracy, classScores, logLoss } from "../../src/metrics/classification.ts";
import { confusionMatrix } from "../../src/metrics/confusionMatrix.ts";
import { dSquared } from "../../src/metrics/dSquared.ts";
import { meanPinballLoss } from "../../src/metrics/pinballLoss.ts";
import { meanPoissonDeviance } from "../../src/metrics/poissonDeviance.ts";
import { precisionRecallCurve } from "../../src/metrics/precisionRecall.ts";
import { meanAbsoluteError, meanSquaredError, rootMeanSquaredError, rSquared } from "../../src/metrics/regression.ts";
import { rocCurve } from "../../src/metrics/roc.ts";

// Goldens of scikit-learn; formulas and versions are in metrics.py. Both programs add 60 terms: the rounding error is below
// 60 · 1.1e-16 of the sum, far below 1e-12.
type Numbers = number[];
const golden: {
  regression: Record<"prediction" | "target" | "weights", Numbers> & Record<string, number>;
  classification: {
    classes: string[];
    prediction: string[];
    target: string[];
    weights: Numbers;
    probabilities: Numbers[];
    confusion: Numbers[];
    macro: Numbers;
  } & Record<"precision" | "recall" | "f1" | "support", Numbers> &
    Record<"balancedAccuracy" | "accuracy" | "accuracyWeighted" | "logLoss" | "logLossWeighted", number>;
  losses: Record<"counts" | "means", Numbers> & Record<string, number>;
  roc: Record<"scores" | "labels" | "falsePositiveRate" | "truePositiveRate" | "thresholds", Numbers> & {
    area: number;
  };
  precisionRecall: { precision: Numbers; recall: Numbers; averagePrecision: number };
  calibration: Record<"probabilities" | "labels" | "predicted" | "observed", Numbers>;
  brier: Record<"brierScore" | "brierScoreWeighted", number>;
  thresholds: { f1: number; costs: [number, number][]; lowest: Numbers };
} = JSON.parse(readFileSync(new URL("metrics.json", import.meta.url), "utf8"));

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    expect(Math.abs(actual[i]! - expected[i]!)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(expected[i]!)));
  }
}

describe("scikit-learn's numbers", () => {
  test("regression", () => {
    const { prediction, target, weights, ...expected } = golden.regression;
    const actual: Record<string, number> = {
      meanSquaredError: meanSquaredError(prediction, target),
      meanSquaredErrorWeighted: meanSquaredError(prediction, target, weights),
      rootMeanSquaredError: rootMeanSquaredError(prediction, target),
      meanAbsoluteError: meanAbsoluteError(prediction, target),
      meanAbsoluteErrorWeighted: meanAbsoluteError(prediction, target, weights),
      rSquared: rSquared(prediction, target),
    };
    expect(Object.keys(actual)).toEqual(Object.keys(expected));
    expectClose(Object.values(actual), Object.values(expected));
  });

  test("quantiles and counts", () => {
    const { prediction, target, weights } = golden.regression;
    const { counts, means, ...expected } = golden.losses;
    const actual: Record<string, number> = {
      pinball: meanPinballLoss(prediction, target, 0.9),
      pinballWeighted: meanPinballLoss(prediction, target, 0.9, weights),
      dSquaredPinball: dSquared(prediction, target, { quantile: 0.9 }),
      dSquaredAbsolute: dSquared(prediction, target, "absolute"),
      poisson: meanPoissonDeviance(means, counts),
      poissonWeighted: meanPoissonDeviance(means, counts, weights),
      dSquaredPoisson: dSquared(means, counts, "poisson"),
    };
    expect(Object.keys(actual)).toEqual(Object.keys(expected));
    expectClose(Object.values(actual), Object.values(expected));
  });

  test("classification", () => {
    const { classes, prediction, target, weights, probabilities, ...expected } = golden.classification;
    const scores = classScores(prediction, target);
    expect(confusionMatrix(prediction, target)).toEqual({ classes, counts: expected.confusion });
    expectClose(
      scores.perClass.map(({ precision }) => precision),
      expected.precision,
    );
    expectClose(
      scores.perClass.map(({ recall }) => recall),
      expected.recall,
    );
    expectClose(
      scores.perClass.map(({ f1 }) => f1),
      expected.f1,
    );
    expect(scores.perClass.map(({ support }) => support)).toEqual(expected.support);
    expectClose([scores.macro.precision, scores.macro.recall, scores.macro.f1], expected.macro);
    const table = matrixFromRows(probabilities);
    expectClose(
      [
        balancedAccuracy(prediction, target),
        accuracy(prediction, target),
        accuracy(prediction, target, weights),
        logLoss(table, target, classes),
        logLoss(table, target, classes, weights),
      ],
      [
        expected.balancedAccuracy,
        expected.accuracy,
        expected.accuracyWeighted,
        expected.logLoss,
        expected.logLossWeighted,
      ],
    );
  });

  test("receiver operating characteristic", () => {
    const { scores, labels, falsePositiveRate, truePositiveRate, thresholds, area } = golden.roc;
    const curve = rocCurve(scores, labels, 1);
    expectClose(curve.falsePositiveRate, falsePositiveRate);
    expectClose(curve.truePositiveRate, truePositiveRate);
    expect([...curve.thresholds]).toEqual([Infinity, ...thresholds]);
    expectClose([curve.area], [area]);
  });

  test("precision and recall", () => {
    const { scores, labels } = golden.roc;
    const { precision, recall, averagePrecision } = golden.precisionRecall;
    const curve = precisionRecallCurve(scores, labels, 1);
    expectClose(curve.precision, precision);
    expectClose(curve.recall, recall);
    expectClose([curve.averagePrecision], [averagePrecision]);
  });

  test("calibration", () => {
    const { probabilities, labels, predicted, observed } = golden.calibration;
    const curve = calibrationCurve(probabilities, labels, 1);
    expectClose(curve.predicted, predicted);
    expectClose(curve.observed, observed);
    expect(curve.counts.reduce((sum, count) => sum + count)).toBe(labels.length);
  });

  test("Brier score", () => {
    const { probabilities, labels } = golden.calibration;
    expectClose(
      [brierScore(probabilities, labels, 1), brierScore(probabilities, labels, 1, golden.regression.weights)],
      [golden.brier.brierScore, golden.brier.brierScoreWeighted],
    );
  });

  test("the largest F1 and the lowest costs of all thresholds", () => {
    const { probabilities, labels } = golden.calibration;
    const { f1, costs, lowest } = golden.thresholds;
    const best = chooseThreshold(probabilities, labels, 1, "f1");
    expectClose([best.value], [f1]);
    costs.forEach(([falsePositive, falseNegative], i) => {
      const chosen = chooseThreshold(probabilities, labels, 1, { falsePositive, falseNegative });
      expectClose([chosen.value], [lowest[i]!]);
    });
    const predicted = probabilities.map((p) => Number(p >= best.threshold));
    expectClose([classScores(predicted, labels).perClass[1]!.f1], [f1]);
  });
});
