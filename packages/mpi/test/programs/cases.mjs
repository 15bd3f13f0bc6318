// Fits of all models whose batches are large enough that ranks share them. Each case returns a text with all digits of the model and its history.
import {
  adam,
  linearRegression,
  linearSvm,
  logisticRegression,
  matrixFactorization,
  momentum,
  networkClassifier,
  networkRegression,
  softmaxRegression,
} from "downhill";
import { numbers } from "./numbers.mjs";

const ROWS = 16_000;
const COLUMNS = 66;

const data = numbers(ROWS * COLUMNS, 7);
const noise = numbers(ROWS, 11);
const score = Float64Array.from({ length: ROWS }, (_, i) => {
  let sum = 0.5 * noise[i];
  for (let j = 0; j < 6; j++) sum += (j % 2 === 0 ? 1 : -0.5) * data[i * COLUMNS + j];
  return sum;
});
const weights = Float64Array.from(noise, (x) => 1 + 0.5 * x);
const twoClasses = Array.from(score, (x) => (x > 0.2 ? "yes" : "no"));
const threeClasses = Array.from(score, (x) => (x > 0.5 ? "high" : x > -0.5 ? "middle" : "low"));
const matrix = { float64: data, float32: new Float32Array(data) };

const full = { epochs: 4 };
// Ranks share the first batch of an epoch; the second one is too small.
const mini = { batchSize: 15_900, epochs: 2, optimizer: adam(0.02), seed: 3 };
const models = {
  linear: [linearRegression, score, {}],
  lasso: [linearRegression, score, { l1: 0.01 }],
  huber: [linearRegression, score, { loss: "huber" }],
  logistic: [logisticRegression, twoClasses, {}],
  softmax: [softmaxRegression, threeClasses, {}],
  svm: [linearSvm, twoClasses, {}],
  squaredSvm: [linearSvm, twoClasses, { loss: "squaredHinge" }],
  classifier: [networkClassifier, threeClasses, { hidden: [12], seed: 2 }],
  regression: [networkRegression, score, { hidden: [12], seed: 2 }],
};

const RATINGS = 42_000; // ranks share the blocks of a grid with at least 4096 ratings for each of its 8 diagonals, also of 80 % of them

/** Distinct pairs of 500 users and 300 items, in no order. */
const pairs = Array.from({ length: RATINGS }, (_, i) => (i * 7919) % 150_000);
const stars = numbers(RATINGS, 13);
const ratings = {
  users: pairs.map((pair) => Math.floor(pair / 300)),
  items: pairs.map((pair) => pair % 300),
  ratings: Float64Array.from(stars, (x, i) => 3 + 1.5 * x + (pairs[i] % 7) / 7),
};

const byGrid = { rank: 4, epochs: 3, seed: 5 };
const factorizations = [
  ["float64", byGrid, {}],
  ["float32", byGrid, { single: true }],
  ["without biases, with batch losses", { ...byGrid, biases: false, batchLosses: true }, {}],
  ["validation", { ...byGrid, epochs: 12, stop: { validation: { share: 0.2, patience: 2 } } }, {}],
  ["average", { ...byGrid, average: { from: 2 } }, {}],
  ["steps", byGrid, { every: 9_000 }],
  ["resumed", { ...byGrid, trace: "running" }, { every: 7_001 }],
].map(([name, options, { single = false, every }]) => ({
  name: `factorization ${name}`,
  fit(shared) {
    const data = single ? { ...ratings, ratings: Float32Array.from(ratings.ratings) } : ratings;
    const estimator = matrixFactorization(options);
    if (every === undefined) {
      const fitted = estimator.fit(data, shared);
      return JSON.stringify([fitted, fitted.history]);
    }
    let found = [];
    let state;
    for (const step of estimator.train(data, { ...shared, every })) {
      found.push([step.t, step.batchLoss, step.params[step.t % step.params.length]]);
      state ??= step.epoch === 2 ? step.state() : undefined;
    }
    if (name === "resumed") found = [estimator.fit(data, { ...shared, resume: state })];
    return JSON.stringify(found);
  },
}));

/** @returns {{ name: string, fit: (shared: object) => string }[]} */
export function cases() {
  const found = [];
  for (const [name, [estimator, y, options]] of Object.entries(models)) {
    for (const elementType of ["float64", "float32"]) {
      const X = { data: matrix[elementType], rows: ROWS, columns: COLUMNS };
      const add = (batches, run, fitOptions = {}) =>
        found.push({
          name: `${name} ${elementType} ${batches}`,
          fit(shared) {
            const fitted = estimator({ ...options, ...run }).fit(X, y, { ...fitOptions, ...shared });
            return JSON.stringify([fitted, fitted.history]);
          },
        });
      add("full", full);
      if (name !== "lasso") add("mini", mini);
      if (name === "linear") add("converged", { epochs: 40 });
      if (name === "logistic") {
        add("weights", full, { weights });
        add("validation", { ...full, stop: { validation: { share: 0.5 } } });
        add("momentum average", { ...mini, optimizer: momentum(0.05), average: { from: 1 } });
      }
    }
  }
  return [...found, ...factorizations];
}
