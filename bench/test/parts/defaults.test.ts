// The comparison of the default settings with the best of 25 rates, on a few quick cases.
import { describe, expect, test } from "vitest";
import { type Case, groups, readTable, standardColumns } from "../../src/defaults/cases.ts";
import { type CaseResult, compareCase } from "../../src/defaults/compareCase.ts";
import { hingeOptimum } from "../../src/defaults/hingeOptimum.ts";
import { defaultsSection, withSection } from "../../src/defaults/section.ts";

test("there is a group for each model, table and scaling", () => {
  expect(new Set(groups.map((each) => JSON.stringify(each))).size).toBe(7 * 5 * 2);
});

describe("the optimum of the hinge", () => {
  test("of four points on a line, by hand", () => {
    // With C = 1/(l2 n) large the margin is exact: w = 1, b = 0, and the objective is l2/2.
    const X = { data: Float64Array.of(-3, -1, 1, 3), rows: 4, columns: 1 };
    expect(hingeOptimum(X, [-1, -1, 1, 1], 0.01)).toBeCloseTo(0.005, 9);
  });

  test("of standardized breast_cancer is that of libsvm", () => {
    const { X, target } = readTable("breast_cancer");
    const signs = target.map((label) => (label === "benign" ? 1 : -1));
    expect(hingeOptimum(standardColumns(X), signs, 1 / X.rows)).toBeCloseTo(0.04661768, 6);
  });
});

describe("the default settings end near the best of 25 rates", () => {
  test.each<Case>([
    { model: "logistic regression", table: "breast_cancer", standardize: true, batch: 32 },
    { model: "SVM, hinge", table: "iris", standardize: true, batch: 1 },
    { model: "factorization", table: "iris", standardize: true, batch: 1 },
  ])("$model, $table, batches of $batch", (chosen) => {
    const { byDefault, bestRate, isNear } = compareCase(chosen);
    expect(isNear).toBe(true);
    expect(byDefault).toBeGreaterThanOrEqual(0);
    expect(byDefault).toBeLessThan(0.01);
    expect(bestRate).toBeGreaterThan(0);
  });
});

test("the section has the counts, the largest distances and the misses", () => {
  const result = (more: Partial<CaseResult>): CaseResult => ({
    ...{ model: "network", table: "iris", standardize: true, batch: 1, byDefault: 2e-4, bestRate: 0, isNear: true },
    ...more,
  });
  const text = defaultsSection([
    result({}),
    result({ table: "wine", byDefault: 0.5, bestRate: 0.1, isNear: false }),
    result({ batch: "full", byDefault: Infinity, isNear: false }),
  ]);
  expect(text).toContain("That holds in 1 of 3 cases, and 1 default run diverged.");
  expect(text).toContain("| network, standardized | 0 of 1; diverged | – | 1 of 2; 5.0e−1 |");
  expect(text).toContain("| network | wine, standardized | one row | 5.0e−1 | 1.0e−1 |");
  expect(withSection("# A\n\n## How good the default settings are\n\nold", text)).toBe(
    `# A\n\n## How good the default settings are\n\n${text}`,
  );
});
