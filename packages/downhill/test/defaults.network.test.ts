// The defaults of networks: validation rows, early stopping, averaged parameters, and a learning rate that fits the columns.
import { describe, expect, test } from "vitest";
import { random } from "../src/core/random.ts";
import {
  accuracy,
  adam,
  load,
  logLoss,
  type Matrix,
  moons,
  type NetworkClassifierOptions,
  networkClassifier,
  networkRegression,
  split,
} from "../src/index.ts";
import { dataset } from "./dataset.ts";

/** Rows of a class that a few of many columns determine, with a tenth of wrong labels. */
function wideRows(rows: number, seed: number): { X: Matrix; y: string[] } {
  const columns = 150;
  const draw = random(seed);
  const data = Float64Array.from({ length: rows * columns }, () => draw.normal());
  const y = Array.from({ length: rows }, (_, i) => {
    let z = 0;
    for (let j = 0; j < 10; j++) z += data[i * columns + j]!;
    return z > 0 === draw.uniform() > 0.1 ? "yes" : "no";
  });
  return { X: { data, rows, columns }, y };
}

describe("the log loss of test rows with the defaults", () => {
  test("digits", () => {
    const { X, y } = dataset("digits");
    let loss = 0;
    for (let seed = 0; seed < 4; seed++) {
      const { train, test: rest } = split(X, y, { testShare: 0.25, seed, stratify: true });
      const fitted = networkClassifier({ seed }).fit(train.X, train.y);
      expect(fitted.stopped).toBe("validation");
      expect(accuracy(fitted.predict(rest.X), rest.y)).toBeGreaterThan(0.95);
      loss += logLoss(fitted.probabilities(rest.X), rest.y, fitted.classes) / 4;
    }
    expect(loss).toBeLessThan(0.15);
  });

  test("many columns with noise: far below that of the old defaults, 200 epochs of adam(0.01), and below a constant's", () => {
    const [train, rest] = [wideRows(2000, 1), wideRows(1000, 2)];
    const lossOf = (options: NetworkClassifierOptions): number => {
      const fitted = networkClassifier(options).fit(train.X, train.y);
      return logLoss(fitted.probabilities(rest.X), rest.y, fitted.classes);
    };
    const loss = lossOf({});
    expect(loss).toBeLessThan(Math.LN2);
    expect(lossOf({ optimizer: adam(0.01) })).toBeGreaterThan(2 * loss);
  });
});

describe("validation rows by default", () => {
  const { X, y } = moons({ n: 240, noise: 0.3, seed: 1 });
  const optionsOf = (options: NetworkClassifierOptions) => {
    const estimator = networkClassifier({ hidden: [4], ...options });
    const { options: used, rows, history } = estimator.fit(X, y);
    expect(estimator.validationSplit(y)?.test.length).toBe(used["validation"]);
    expect(history.validation === undefined).toBe(used["validation"] === undefined);
    return { rows, validation: used["validation"], patience: used["patience"] };
  };

  test("are a tenth of the rows, also with a maximum of epochs and in a saved model", () => {
    const tenth = { rows: 216, validation: 24, patience: 20 };
    expect(optionsOf({})).toEqual(tenth);
    expect(optionsOf({ epochs: 3 })).toEqual(tenth);
    const fitted = networkRegression({ epochs: 3 }).fit(X, Float64Array.from(y, Number));
    expect(load(JSON.stringify(fitted), "networkRegression").options).toMatchObject({ validation: 24, patience: 20 });
  });

  test("there are none with an optimizer or stop rules of the user, nor in partialFit", () => {
    const all = { rows: 240, validation: undefined, patience: undefined };
    expect(optionsOf({ optimizer: adam(0.01), epochs: 3 })).toEqual(all);
    expect(optionsOf({ stop: {}, epochs: 3 })).toEqual(all);
    expect(optionsOf({ stop: { validation: { share: 0.5 } }, epochs: 3 })).toEqual({
      ...{ rows: 120, validation: 120, patience: 10 },
    });
    const more = networkClassifier({ epochs: 3 }).fit(X, y).partialFit(X, y);
    expect([more.rows, more.history.validation]).toEqual([216 + 240, undefined]);
  });

  test("there are none with fewer than 100 rows: the run takes all epochs", () => {
    for (const rows of [99, 100]) {
      const few = moons({ n: rows, noise: 0.1, seed: 2 });
      const fitted = networkClassifier().fit(few.X, few.y);
      expect(fitted.rows).toBe(rows === 99 ? 99 : 90);
      if (rows === 99) expect(fitted).toMatchObject({ stopped: "epochs", options: { epochs: 200 } });
    }
  });

  test("a class with one row is a training row", () => {
    const labels = y.map((label, i) => (i === 7 ? 2 : label));
    expect(networkClassifier({ epochs: 2 }).fit(X, labels).classes).toEqual([0, 1, 2]);
  });

  test("if their weights are all 0, the error has advice that works", () => {
    const rows = new Set(networkClassifier().validationSplit(y)!.test);
    const weights = Float64Array.from(y, (_, i) => (rows.has(i) ? 0 : 1));
    const fit = (options: NetworkClassifierOptions) =>
      networkClassifier({ epochs: 2, ...options }).fit(X, y, { weights });
    expect(() => fit({})).toThrow("pass another seed, or stop: {}");
    expect(fit({ seed: 1 }).rows).toBe(216);
    expect(fit({ stop: {} }).rows).toBe(240);
  });

  test("the model has the parameters of the lowest validation loss", () => {
    const estimator = networkClassifier({ hidden: [30], epochs: 60 });
    const history: number[] = [];
    const models: string[] = [];
    for (const step of estimator.train(X, y, { every: "epoch" })) {
      history.push(step.history.validation!.at(-1)!);
      models.push(step.solution.join());
    }
    const best = history.indexOf(Math.min(...history));
    expect(estimator.fit(X, y).params().join()).toBe(models[best]);
  });
});

/** The learning rates of a run on rows with a number of columns, in batches. */
function ratesOf(columns: number, rows: number, options: NetworkClassifierOptions): ArrayLike<number> {
  const X = { data: Float64Array.from({ length: rows * columns }, (_, i) => (i * 7) % 11), rows, columns };
  const y = Array.from({ length: rows }, (_, i) => (i * i) % 5);
  return networkRegression({ hidden: [1], stop: {}, ...options }).fit(X, y).history.learningRate;
}

describe("the learning rate", () => {
  test.each<readonly [number, number, NetworkClassifierOptions, number]>([
    [1, 64, { epochs: 2000 }, 0.01], // 4000 updates
    [32, 64, { epochs: 2000 }, 0.01],
    [128, 64, { epochs: 2000 }, 0.005],
    [3200, 64, { epochs: 2000 }, 0.001],
    [1, 64, { epochs: 8000 }, 0.01], // at least 0.01 in batches of 32
    [1, 64, { epochs: 1000 }, 0.01 * Math.sqrt(2)],
    [1, 64, { epochs: 100 }, 0.02], // at most 0.02
    [1, 64, { epochs: 250, batchSize: 1 }, 0.005],
    [1, 64, { epochs: 2500, batchSize: 1 }, 0.01 * Math.sqrt(1 / 32)],
    [1, 64, { epochs: 1000, batchSize: 8 }, 0.01 * Math.sqrt(1 / 2)],
  ])("%i columns, %i rows and %j: %d", (columns, rows, options, rate) => {
    const rates = Array.from(ratesOf(columns, rows, options));
    expect(Math.abs(rates[0]! / rate - 1)).toBeLessThan(1e-12);
    expect(rates.lastIndexOf(rates[0]!)).toBe(rates.length / 2 - 1); // then it falls
    expect(rates.at(-1)! / rate).toBeLessThan(0.02);
  });

  test("partialFit has a constant one, smaller in proportion with fewer rows than a batch", () => {
    const { X, y } = moons({ n: 90, seed: 1 });
    const fitted = networkClassifier({ batchSize: "full", epochs: 1 }).fit(X, y);
    expect(fitted.options).toMatchObject({ optimizer: "automatic" });
    expect(fitted.partialFit(X, y).history.learningRate).toEqual([0.01]);
    const eight = { X: { ...X, rows: 8, data: X.data.slice(0, 8 * X.columns) }, y: y.slice(0, 8) };
    expect(fitted.partialFit(eight.X, eight.y).history.learningRate).toEqual([0.0025]);
  });
});

test.each([
  ["full", 200],
  [32, 200],
  [1, 20],
] as const)(
  "batches of %s: the objective is near that of the best of 12 constant rates, or below it",
  (batchSize, epochs) => {
    const { X, y } = dataset("breast_cancer");
    const objectiveOf = (options: NetworkClassifierOptions): number =>
      networkClassifier({ batchSize, epochs, stop: {}, ...options })
        .fit(X, y)
        .history.objective!.at(-1)!;
    const best = Math.min(...Array.from({ length: 12 }, (_, i) => objectiveOf({ optimizer: adam(1e-4 * 2 ** i) })));
    expect(objectiveOf({})).toBeLessThan(best + 1e-3);
  },
);

test("in full batch a run never ends above its start, also with raw columns, few rows and float32", () => {
  for (let seed = 0; seed < 60; seed++) {
    const draw = random(seed);
    const [rows, columns] = [2 + Math.floor(40 * draw.uniform()), 1 + Math.floor(6 * draw.uniform())];
    const unit = 10 ** (4 * draw.uniform() - 2);
    const numbers = Array.from({ length: rows * columns }, () => unit * draw.normal());
    const X = { rows, columns, data: seed % 3 ? Float64Array.from(numbers) : Float32Array.from(numbers) };
    const y = Array.from({ length: rows }, (_, i) => (i < 2 ? i : Number(numbers[i * columns]! > 0)));
    const activation = (["relu", "tanh", "sigmoid"] as const)[seed % 3]!;
    const fitted = networkClassifier({
      batchSize: "full",
      seed,
      activation,
      standardize: seed % 2 === 0,
      epochs: 60,
    }).fit(X, y);
    expect(fitted.history.objective!.at(-1)!).toBeLessThanOrEqual(fitted.history.batchLoss[0]!);
  }
});
