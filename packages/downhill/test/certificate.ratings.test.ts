// The certificate of factorizations: it is below the objectives of long runs with more factors.

import { expect, test } from "vitest";
import {
  certificate,
  type FactorizationOptions,
  type FittedFactorization,
  lowRankRatings,
  matrixFactorization,
  type Ratings,
  random,
  ratingModel,
} from "../src/index.ts";

function draw(seed: number): Ratings {
  const { users, items, ratings } = lowRankRatings({ users: 20, items: 12, rank: 3, seed, observed: 0.5 });
  return { users, items, ratings };
}

const fit = (options: FactorizationOptions, ratings: Ratings): FittedFactorization =>
  matrixFactorization(options as { feedback?: "explicit" }).fit(ratings);

const end = (model: FittedFactorization): number => model.history.objective!.at(-1)!;

/** A certificate with a bound. */
function bound(model: FittedFactorization, ratings: Ratings) {
  const certified = certificate(model, ratings);
  if (!certified.valid) throw new Error(certified.sentence);
  return certified;
}

const terms = { userFactors: 0.1, itemFactors: 0.3, userBiases: 0.02, itemBiases: 0.05 };

test.each<readonly [string, FactorizationOptions]>([
  ["uniform", { penalty: "uniform", biases: false, l2: 0.01 }],
  ["uniform with biases", { penalty: "uniform", l2: 0.02 }],
  ["per rating", { biases: false, l2: 0.2 }],
  ["per rating with biases", { l2: 0.1 }],
  ["a weight for each term", { l2: terms }],
])("%s: no run with more factors ends below objective − gap, and a run to the end is close to it", (_, options) => {
  for (let seed = 0; seed < 6; seed++) {
    const ratings = draw(seed);
    const lowest = end(fit({ ...options, rank: 12, batchSize: "full", epochs: 600, seed }, ratings));
    for (const [rank, epochs] of [
      [1, 3],
      [2, 40],
      [6, 300],
    ] as const) {
      const model = fit({ ...options, rank, epochs, seed: seed + 1 }, ratings);
      const { objective, gap, method, failureProbability } = bound(model, ratings);
      expect([method, failureProbability]).toEqual(["nuclear norm", 1e-12]);
      expect(objective / end(model)).toBeCloseTo(1, 12);
      expect(objective - gap).toBeLessThanOrEqual(lowest);
    }
    const full = fit({ ...options, rank: 12, batchSize: "full", epochs: 2000, seed }, ratings);
    const { objective, gap, relative } = bound(full, ratings);
    expect(relative).toBeLessThan(2e-3);
    expect(objective - gap).toBeLessThanOrEqual(lowest);
  }
});

test("a global optimum is proven to nearly all digits", () => {
  const ratings = draw(3);
  const model = fit({ penalty: "uniform", l2: 0.03, biases: false, epochs: 3000 }, ratings);
  expect(bound(model, ratings).relative).toBeLessThan(1e-6);
});

test("float32 ratings, repeated pairs and ratings that are not standardized", () => {
  const { users, items, ratings } = draw(1);
  const repeated = {
    users: [...Array.from(users, String), "3", "3"],
    items: [...Array.from(items, String), String(items[0]), String(items[0])],
    ratings: Float32Array.of(...Array.from(ratings), 4, 5),
  };
  const model = fit({ standardize: false, batchSize: "full", l2: 0.2, epochs: 400 }, repeated);
  const { objective, relative } = bound(model, repeated);
  expect(objective / end(model)).toBeCloseTo(1, 6);
  expect(relative).toBeLessThan(0.05);
});

test("early stopping: the validation ratings are left out", () => {
  for (let seed = 0; seed < 4; seed++) {
    const ratings = draw(seed);
    for (const share of [0.1, 0.5]) {
      const model = fit({ l2: 0.2, seed, epochs: 20, stop: { validation: { share, patience: 20 } } }, ratings);
      const { objective, gap } = bound(model, ratings);
      expect(model.history.objective!.some((each) => Math.abs(each / objective - 1) < 1e-12)).toBe(true);
      expect(gap).toBeLessThan(objective);
    }
  }
});

test("a rating model takes the rows of its table", () => {
  const stream = random(2);
  const rows = Array.from({ length: 60 }, (_, i) => ({
    who: `u${i % 9}`,
    what: `i${i % 7}`,
    stars: 3 + stream.normal(),
  }));
  const model = ratingModel(matrixFactorization({ l2: 0.3 }), { user: "who", item: "what", rating: "stars" }).fit(rows);
  const certified = certificate(model, rows);
  expect(certified.valid && certified.relative).toBeLessThan(0.5);
  expect(certified.objective! / model.model.history.objective!.at(-1)!).toBeCloseTo(1, 12);
});

test("without a known bound the sentence says why", () => {
  const ratings = draw(0);
  const pairs = { users: ["a", "b"], items: ["x", "y"] };
  const implicit = matrixFactorization({ feedback: "implicit", rank: 1, epochs: 1 }).fit(pairs);
  expect(certificate(implicit, pairs)).toEqual({
    ...{ valid: false, objective: null },
    sentence: "Implicit feedback has no known bound, because each epoch has other negative items.",
  });
  const sentence = "A factorization without a penalty on all its factors and biases has no known bound.";
  for (const l2 of [0, { ...terms, itemFactors: 0 }, { ...terms, userBiases: 0 }]) {
    expect(certificate(fit({ l2, epochs: 1 }, ratings), ratings)).toEqual({ valid: false, objective: null, sentence });
  }
  expect(certificate(fit({ l2: { ...terms, userBiases: 0 }, biases: false, epochs: 1 }, ratings), ratings).valid).toBe(
    true,
  );
});

test("other ratings than those of the training throw", () => {
  const { users, items, ratings } = draw(0);
  const model = fit({ epochs: 1 }, { users, items, ratings });
  const fewer = {
    users: Array.from(users).slice(1),
    items: Array.from(items).slice(1),
    ratings: Array.from(ratings).slice(1),
  };
  expect(() => certificate(model, fewer)).toThrow(
    /^certificate: ratings must be the \d+ ratings of the fit, got \d+\. /,
  );
  expect(() => certificate(model, { users: [99], items: [0], ratings: [1] })).toThrow(
    "certificate: users must be those of the fit, got 99 in row 0. Pass the ratings of the fit.",
  );
});
