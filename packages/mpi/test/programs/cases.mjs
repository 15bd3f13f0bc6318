// Fits of all models whose batches are large enough that ranks share them. Each case returns a text with all digits of the model and its history.
import {
  adam,
  linearRegression,
  linearSvm,
  logisticRegression,
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
const matrix = { float64: data, float32: Float32Array.from(data) };

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
  return found;
}
