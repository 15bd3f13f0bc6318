// What the page says in words, in numbers.
import { accuracy, confusionMatrix } from "downhill";
import { describe, expect, it } from "vitest";
import { leastSquares } from "../src/page/leastSquares.ts";
import { jumpsOf } from "../src/page/lossRises.ts";
import { gridAround } from "../src/page/section.ts";
import { plottedFactorization, steadyFactorization, steadyNetwork } from "../src/programs/correctedRuns.ts";
import { factorization, rebuilt } from "../src/programs/factorization.ts";
import { line } from "../src/programs/line.ts";
import { linear } from "../src/programs/linear.ts";
import { logistic } from "../src/programs/logistic.ts";
import { type NetworkProgram, network } from "../src/programs/network.ts";
import { softmax } from "../src/programs/softmax.ts";
import { svm } from "../src/programs/svm.ts";

describe("the line", () => {
  const { data, params } = line();
  const best = leastSquares(data["X"] as Float64Array, data["y"] as Float64Array);
  const [flat, steep] = best.curvatures;

  it("comes near the best line", () => {
    expect(params["m"]).toBeCloseTo(best.slope, 3);
    expect(params["b"]).toBeCloseTo(best.intercept, 3);
  });

  it("has a valley 138 times as steep across as along, and a largest rate of 2 / L", () => {
    expect(steep).toBeCloseTo(68.507, 3);
    expect(flat).toBeCloseTo(0.4964, 4);
    expect(4 / steep).toBeCloseTo(0.058388, 6); // 2 / L of the library's half mean squared error
  });

  it("shrinks in every epoch below the limit and grows in the end above it", () => {
    const below = line({ learningRate: 0.99 * (2 / steep), epochs: 2000, start: [0, 8] }).losses;
    const above = line({ learningRate: 1.01 * (2 / steep), epochs: 2000, start: [0, 8] }).losses;
    expect(jumpsOf(below).largest.factor).toBeLessThan(1 + 1e-12); // at the lowest point only rounding moves it
    expect(above.at(-1)).toBeGreaterThan(1e10);
    expect(above.at(-1)! / above.at(-2)!).toBeCloseTo(1.02 ** 2, 6); // (1 − rate · curvature)² = 1.02²
  });
});

describe("the well-behaved programs", () => {
  it("linear regression reaches the best line", () => {
    const { data, params } = linear();
    const best = leastSquares(data["X"] as Float64Array, data["y"] as Float64Array);
    expect(params["w"]).toBeCloseTo(best.slope, 10);
    expect(params["b"]).toBeCloseTo(best.intercept, 4);
  });

  it("logistic regression separates its clouds, falling in every epoch", () => {
    const { fitted, blobs, losses } = logistic();
    expect(accuracy(fitted.predict(blobs.X), blobs.y)).toBe(1);
    expect(jumpsOf(losses).rises).toBe(0);
  });

  it("softmax regression zigzags at first, then falls", () => {
    const { losses } = softmax();
    expect(jumpsOf(losses.slice(0, 30)).rises).toBeGreaterThan(3);
    expect(jumpsOf(losses.slice(30)).rises).toBe(0);
  });

  it("the support vector machine falls and keeps a wide margin", () => {
    const { losses, fitted, blobs } = svm();
    const scores = fitted.scores(blobs.X).data;
    const within = scores.filter((score, i) => (2 * blobs.y[i]! - 1) * score < 1);
    expect(jumpsOf(losses).largest.factor).toBeLessThan(1.001);
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
  const steady = steadyNetwork();

  it("jumps, and ends on a jump", () => {
    const jumps = jumpsOf(article.losses);
    expect(jumps).toMatchObject({ rises: 93, doublings: 19 });
    expect(jumps.largest.epoch).toBe(159);
    expect(jumps.largest.factor).toBeCloseTo(77.26, 1);
    expect(jumps.last).toMatchObject({ epoch: 200, before: article.losses[198], after: article.losses[199] });
    expect(jumps.last.before).toBeCloseTo(0.01998, 5);
    expect(jumps.last.after).toBeCloseTo(1.1124, 4);
  });

  it("has lost class 2, everywhere in the picture", () => {
    expect(counts(article)[2]).toEqual([150, 0, 0]);
    expect(article.fitted.predict(gridAround(article.blobs.X).matrix)).not.toContain(2);
    expect(accuracy(article.fitted.predict(article.blobs.X), article.blobs.y)).toBeCloseTo(0.6578, 4);
  });

  it("was well an epoch earlier", () => {
    const shorter = network({ epochs: 199 });
    expect(shorter.losses).toEqual(article.losses.slice(0, 199));
    expect(accuracy(shorter.fitted.predict(shorter.blobs.X), shorter.blobs.y)).toBeCloseTo(0.98, 2);
  });

  it("falls smoothly and keeps its classes on standardized columns at a smaller rate", () => {
    const { rises, largest } = jumpsOf(steady.losses);
    expect(rises).toBe(4);
    expect(largest.factor).toBeLessThan(1.013);
    expect(steady.losses.at(-1)).toBeCloseTo(0.02, 3);
    for (const label of [0, 1, 2]) expect(counts(steady)[label]![label]).toBeGreaterThanOrEqual(146);
    expect(accuracy(steady.fitted.predict(steady.blobs.X), steady.blobs.y)).toBeCloseTo(0.9867, 4);
  });

  it("is mostly steadied by standardizing alone", () => {
    expect(jumpsOf(network({ standardize: true }).losses).largest.factor).toBeLessThan(1.14);
  });
});

describe("the factorization", () => {
  const article = factorization();
  const mask = article.data["mask"] as Float64Array;
  const R = article.data["R"] as Float64Array;

  it("plots what rises and descends what falls", () => {
    expect(jumpsOf(article.losses).rises).toBe(74);
    expect(article.losses.at(-1)).toBeGreaterThan(3.8 * article.losses[0]!);
    expect(jumpsOf(article.descended).rises).toBe(0);
    expect(article.descended[0]).toBeCloseTo(4.1058, 4);
    expect(article.descended.at(-1)).toBeCloseTo(0.788, 4);
  });

  it("descends mean e² + reg (‖p‖² + ‖q‖²) over the ratings", () => {
    const { userFactors, itemFactors } = article.fitted;
    const square = (row: ArrayLike<number>) => Array.from(row).reduce((sum, value) => sum + value * value, 0);
    const table = rebuilt(article.fitted);
    let sum = 0;
    for (const at of mask.keys()) {
      if (!mask[at]) continue;
      const [user, item] = [Math.floor(at / 25), at % 25];
      const norms =
        square(userFactors.data.slice(4 * user, 4 * user + 4)) + square(itemFactors.data.slice(4 * item, 4 * item + 4));
      sum += (R[at]! - table[at]!) ** 2 + 0.1 * norms;
    }
    expect(article.descended.at(-1)).toBeCloseTo(sum / 301, 12);
  });

  it("rebuilds the ratings that it has not seen better than zeros do", () => {
    expect(article.unseenError).toBeCloseTo(1.0514, 4);
  });

  it("would end with no factors at all if it descended the plotted loss", () => {
    const { losses, descended, fitted } = plottedFactorization();
    const squares = R.reduce((sum, rating) => sum + rating * rating, 0);
    expect(descended.map((value, i) => value - losses[i]!).every((gap) => Math.abs(gap) < 1e-12)).toBe(true);
    expect(losses.at(-1)).toBeCloseTo(squares / 301, 10);
    expect(Math.max(...rebuilt(fitted).map(Math.abs))).toBeLessThan(1e-12);
  });

  it("falls in every epoch by the article's formula, and means what it says", () => {
    const { descended, unseenError, fitted } = steadyFactorization();
    const table = rebuilt(fitted);
    const errors = R.reduce((sum, rating, at) => sum + (mask[at] ? (rating - table[at]!) ** 2 : 0), 0);
    const factors = [...fitted.userFactors.data, ...fitted.itemFactors.data];
    const formula = errors + 0.1 * factors.reduce((sum, value) => sum + value * value, 0);
    expect(jumpsOf(descended).rises).toBe(0);
    expect(descended.at(-1)).toBeCloseTo(formula / 301, 12);
    expect(descended[0]).toBeCloseTo(4.0977, 4);
    expect(descended.at(-1)).toBeCloseTo(0.1875, 4);
    expect(unseenError).toBeCloseTo(1.0852, 4);
  });
});
