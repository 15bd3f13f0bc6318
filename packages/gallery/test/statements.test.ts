// Checks the numbers behind the sentences of the gallery page.
import { accuracy, confusionMatrix, explanations } from "downhill";
import { describe, expect, it } from "vitest";
import { leastSquares } from "../src/page/leastSquares.ts";
import { lossRises } from "../src/page/lossRises.ts";
import { gridAround } from "../src/page/section.ts";
import { formulaFactorization, plottedLossFactorization, stableNetwork } from "../src/programs/correctedRuns.ts";
import { factorization, predictedTable } from "../src/programs/factorization.ts";
import { line } from "../src/programs/line.ts";
import { linear } from "../src/programs/linear.ts";
import { logistic } from "../src/programs/logistic.ts";
import { type NetworkProgram, network } from "../src/programs/network.ts";
import { softmax } from "../src/programs/softmax.ts";
import { svm } from "../src/programs/svm.ts";

describe("the line", () => {
  const { data, params } = line();
  const best = leastSquares(data["X"] as Float64Array, data["y"] as Float64Array);
  const [smallest, largest] = best.curvatures;

  it("ends near the line with the lowest error", () => {
    expect(params["m"]).toBeCloseTo(best.slope, 3);
    expect(params["b"]).toBeCloseTo(best.intercept, 3);
  });

  it("has the curvatures and the limit of the learning rate that the page states", () => {
    expect(largest).toBeCloseTo(68.507, 3);
    expect(smallest).toBeCloseTo(0.4964, 4);
    expect(4 / largest).toBeCloseTo(0.058388, 6); // 2 / L of the library's half mean squared error
  });

  it("converges below the limit of the learning rate and diverges above it", () => {
    const below = line({ learningRate: 0.99 * (2 / largest), epochs: 2000, start: [0, 8] }).losses;
    const above = line({ learningRate: 1.01 * (2 / largest), epochs: 2000, start: [0, 8] }).losses;
    expect(lossRises(below).largest.factor).toBeLessThan(1 + 1e-12); // a rise this small is a rounding error
    expect(above.at(-1)).toBeGreaterThan(1e10);
    expect(above.at(-1)! / above.at(-2)!).toBeCloseTo(1.02 ** 2, 6); // (1 − learning rate · curvature)² = 1.02²
  });
});

describe("the programs without a problem", () => {
  it("linear regression reaches the line with the lowest error", () => {
    const { data, params } = linear();
    const best = leastSquares(data["X"] as Float64Array, data["y"] as Float64Array);
    expect(params["w"]).toBeCloseTo(best.slope, 10);
    expect(params["b"]).toBeCloseTo(best.intercept, 4);
  });

  it("logistic regression classifies every point correctly, and its loss falls in every epoch", () => {
    const { fitted, blobs, losses } = logistic();
    expect(accuracy(fitted.predict(blobs.X), blobs.y)).toBe(1);
    expect(lossRises(losses).rises).toBe(0);
  });

  it("the loss of softmax regression goes up and down at first and then falls in every epoch", () => {
    const { losses } = softmax();
    expect(lossRises(losses.slice(0, 30)).rises).toBeGreaterThan(3);
    expect(lossRises(losses.slice(30)).rises).toBe(0);
  });

  it("the objective of the support vector machine falls, and 179 points are within its margin", () => {
    const { losses, fitted, blobs } = svm();
    const scores = fitted.scores(blobs.X).data;
    const within = scores.filter((score, i) => (2 * blobs.y[i]! - 1) * score < 1);
    expect(lossRises(losses).largest.factor).toBeLessThan(1.001);
    expect(losses[60]).toBeLessThan(0.47);
    expect(losses.at(-1)).toBeCloseTo(0.4586, 4);
    expect(within).toHaveLength(179);
    expect(accuracy(fitted.predict(blobs.X), blobs.y)).toBe(0.92);
  });
});

describe("the network", () => {
  const counts = ({ fitted, blobs: { X, y } }: NetworkProgram) =>
    confusionMatrix(fitted.predict(X), Array.from(y)).counts;
  const article = network();
  const stable = stableNetwork();

  it("has the jumps that the page states, and the last epoch is one of them", () => {
    const jumps = lossRises(article.losses);
    expect(jumps).toMatchObject({ rises: 93, doublings: 19 });
    expect(jumps.largest.epoch).toBe(159);
    expect(jumps.largest.factor).toBeCloseTo(77.26, 1);
    expect(jumps.last).toMatchObject({ epoch: 200, before: article.losses[198], after: article.losses[199] });
    expect(jumps.last.before).toBeCloseTo(0.01998, 5);
    expect(jumps.last.after).toBeCloseTo(1.1124, 4);
  });

  it("predicts class 2 nowhere in the picture", () => {
    expect(counts(article)[2]).toEqual([150, 0, 0]);
    expect(article.fitted.predict(gridAround(article.blobs.X).matrix)).not.toContain(2);
    expect(accuracy(article.fitted.predict(article.blobs.X), article.blobs.y)).toBeCloseTo(0.6578, 4);
  });

  it("classifies 98 % of the points correctly one epoch earlier", () => {
    const shorter = network({ epochs: 199 });
    expect(shorter.losses).toEqual(article.losses.slice(0, 199));
    expect(accuracy(shorter.fitted.predict(shorter.blobs.X), shorter.blobs.y)).toBeCloseTo(0.98, 2);
  });

  it("rises in 4 epochs only, with standardized columns and a lower learning rate", () => {
    const { rises, largest } = lossRises(stable.losses);
    expect(rises).toBe(4);
    expect(largest.factor).toBeLessThan(1.013);
    expect(stable.losses.at(-1)).toBeCloseTo(0.02, 3);
    for (const label of [0, 1, 2]) expect(counts(stable)[label]![label]).toBeGreaterThanOrEqual(146);
    expect(accuracy(stable.fitted.predict(stable.blobs.X), stable.blobs.y)).toBeCloseTo(0.9867, 4);
  });

  it("has no large rise with standardized columns and the article's learning rate", () => {
    expect(lossRises(network({ standardize: true }).losses).largest.factor).toBeLessThan(1.14);
  });
});

describe("the factorization", () => {
  const article = factorization();
  const mask = article.data["mask"] as Float64Array;
  const R = article.data["R"] as Float64Array;

  it("plots a loss that rises and minimises an objective that falls", () => {
    expect(lossRises(article.losses).rises).toBe(74);
    expect(article.losses.at(-1)).toBeGreaterThan(3.8 * article.losses[0]!);
    expect(lossRises(article.objective).rises).toBe(0);
    expect(article.objective[0]).toBeCloseTo(4.1058, 4);
    expect(article.objective.at(-1)).toBeCloseTo(0.788, 4);
  });

  it("minimises the mean of e² + reg (‖p‖² + ‖q‖²) over the ratings", () => {
    const { userFactors, itemFactors } = article.fitted;
    const square = (row: ArrayLike<number>) => Array.from(row).reduce((sum, value) => sum + value * value, 0);
    const table = predictedTable(article.fitted);
    let sum = 0;
    for (const at of mask.keys()) {
      if (!mask[at]) continue;
      const [user, item] = [Math.floor(at / 25), at % 25];
      const norms =
        square(userFactors.data.slice(4 * user, 4 * user + 4)) + square(itemFactors.data.slice(4 * item, 4 * item + 4));
      sum += (R[at]! - table[at]!) ** 2 + 0.1 * norms;
    }
    expect(article.objective.at(-1)).toBeCloseTo(sum / 301, 12);
  });

  it("has a plotted loss that rises because its penalty grows by more than its errors fall", () => {
    const { errors, losses, objective, params } = article;
    const at = Float64Array.of(...(params["P"] as Float64Array), ...(params["Q"] as Float64Array));
    const growth = (total: Float64Array) => total.at(-1)! - errors.at(-1)! - (total[0]! - errors[0]!);
    const fall = errors[0]! - errors.at(-1)!;
    expect(growth(losses)).toBeGreaterThan(fall);
    expect(growth(objective)).toBeLessThan(fall);
    // The library separates its objectives, which are half as large, into the same parts.
    for (const [{ fit }, total] of [[article, objective] as const, [plottedLossFactorization(), losses] as const]) {
      const { numbers } = explanations(fit.problem, at)[0]!;
      expect(2 * numbers["loss"]!).toBeCloseTo(errors.at(-1)!, 12);
      expect(2 * numbers["penalty"]!).toBeCloseTo(total.at(-1)! - errors.at(-1)!, 12);
    }
  });

  it("predicts the cells without a rating better than a table of zeros", () => {
    expect(article.unseenError).toBeCloseTo(1.0514, 4);
  });

  it("ends with factors of 0 when it minimises the plotted loss", () => {
    const { losses, objective, fitted } = plottedLossFactorization();
    const squares = R.reduce((sum, rating) => sum + rating * rating, 0);
    expect(objective.map((value, i) => value - losses[i]!).every((gap) => Math.abs(gap) < 1e-12)).toBe(true);
    expect(losses.at(-1)).toBeCloseTo(squares / 301, 10);
    expect(Math.max(...predictedTable(fitted).map(Math.abs))).toBeLessThan(1e-12);
  });

  it("minimises the article's formula divided by 301, and this objective falls in every epoch", () => {
    const { objective, unseenError, fitted } = formulaFactorization();
    const table = predictedTable(fitted);
    const errors = R.reduce((sum, rating, at) => sum + (mask[at] ? (rating - table[at]!) ** 2 : 0), 0);
    const factors = [...fitted.userFactors.data, ...fitted.itemFactors.data];
    const formula = errors + 0.1 * factors.reduce((sum, value) => sum + value * value, 0);
    expect(lossRises(objective).rises).toBe(0);
    expect(objective.at(-1)).toBeCloseTo(formula / 301, 12);
    expect(objective[0]).toBeCloseTo(4.0977, 4);
    expect(objective.at(-1)).toBeCloseTo(0.1875, 4);
    expect(unseenError).toBeCloseTo(1.0852, 4);
  });
});
