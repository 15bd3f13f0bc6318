import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { matrixFromRows } from "../../src/core/matrix.ts";
import { random } from "../../src/core/random.ts";
import { linearRegression } from "../../src/estimators/linearRegression.ts";
import { logisticRegression } from "../../src/estimators/logisticRegression.ts";
import { crossValidate } from "../../src/evaluation/crossValidate.ts";
import { permutationImportance } from "../../src/evaluation/permutationImportance.ts";
import type { MetricName } from "../../src/evaluation/scores.ts";

// Goldens of scikit-learn; formulas and versions are in evaluation.py. A run ends when 1e-9 of the objective can still be gained, so the
// parameters agree to about 3e-5 of the optimum's, and the scores to less.
const golden: {
  X: number[][];
  y: number[];
  labels: number[];
  permutations: number[][];
  folds: [rSquared: number, rootMeanSquaredError: number][];
  importance: Record<MetricName, Record<"mean" | "deviation", number[]>>;
} = JSON.parse(readFileSync(new URL("evaluation.json", import.meta.url), "utf8"));
const X = matrixFromRows(golden.X);
const { y, labels } = golden;

describe("scikit-learn's numbers", () => {
  test("cross-validation of least squares with folds by time", () => {
    const { folds } = crossValidate(linearRegression(), { X, y }, { folds: 3, times: y.map((_, row) => row) });
    folds.forEach(({ test }, i) => {
      expect(test!.rSquared).toBeCloseTo(golden.folds[i]![0], 4);
      expect(test!.rootMeanSquaredError).toBeCloseTo(golden.folds[i]![1], 4);
    });
  });

  test("the permutations are those of the goldens", () => {
    const stream = random(0).fork("permutationImportance");
    for (const order of golden.permutations) expect([...stream.permutation(y.length)]).toEqual(order);
  });

  const models = {
    rootMeanSquaredError: [linearRegression().fit(X, y), y],
    rSquared: [linearRegression().fit(X, y), y],
    logLoss: [logisticRegression({ standardize: false }).fit(X, labels), labels],
    rocArea: [logisticRegression({ standardize: false }).fit(X, labels), labels],
  } as const;
  test.each(Object.keys(models) as (keyof typeof models)[])("permutation importance by %s", (metric) => {
    const [model, target] = models[metric];
    const { columns } = permutationImportance(model, { X, y: target }, { metric });
    for (const { column, mean, deviation } of columns) {
      expect(mean).toBeCloseTo(golden.importance[metric].mean[Number(column)]!, 4);
      expect(deviation).toBeCloseTo(golden.importance[metric].deviation[Number(column)]!, 4);
    }
  });
});
