// Defaults that depend on the data: learning rates, stop rules, validation rows, and the options of partialFit and load.
import { describe, expect, test } from "vitest";
import { type Matrix, takeRows } from "../src/core/matrix.ts";
import { hingePlan } from "../src/estimators/defaults/plans.ts";
import { expectedSmoothness } from "../src/estimators/defaults/smoothness.ts";
import { rowsInMemory } from "../src/estimators/fit/fitRows.ts";
import { type Scaling, standardization } from "../src/estimators/fit/scaling.ts";
import { decodeNumbers } from "../src/estimators/saved/numberText.ts";
import {
  adam,
  automatic,
  type DescentOptions,
  estimatorFromSpec,
  linearRegression,
  linearSvm,
  lineWithNoise,
  load,
  logisticRegression,
  lowRankRatings,
  matrix,
  matrixFactorization,
  networkClassifier,
  networkRegression,
  type Optimizer,
  plain,
  softmaxRegression,
  trainTestSplit,
} from "../src/index.ts";
import { wasmKernels } from "../src/kernels/wasm.ts";
import { type AnyFitted, distance, text, trials } from "./estimatorTrial.ts";

const named = (name: string) => trials.find((trial) => trial.name === name)!;
/** The mean eigenvalue of [x 1]ᵀ v [x 1] / n: its trace divided by its size. */
function meanEigenvalue(
  { data, rows, columns }: Matrix,
  scaling: Scaling | null,
  weights: Float64Array | null,
): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    const v = weights?.[i] ?? 1;
    sum += v;
    for (let j = 0; j < columns; j++) {
      sum += v * ((data[i * columns + j]! - (scaling?.shift[j] ?? 0)) / (scaling?.scale[j] ?? 1)) ** 2;
    }
  }
  return sum / (rows * (columns + 1));
}

const loaded = (fitted: AnyFitted): AnyFitted => load(text(fitted)) as unknown as AnyFitted;

describe("the learning rate of a smooth model is 1/(𝓛 + l2) in partialFit, and in mini-batches begins at this times a power of two, with 𝓛 of its loss, rows, weights and batch size, and of earlier rows", () => {
  test.each([
    ["linearRegression", 1],
    ["logisticRegression", 0.25],
    ["softmaxRegression", 0.5],
    ["linearSvm squaredHinge of 2", 2],
    ["linearSvm squaredHinge of 3", 2],
  ] as const)("%s", (name, curvature) => {
    const { X, y, make } = named(name);
    const weights = Float64Array.from(y, (_, i) => (i % 5 === 0 ? 3 : 0.5));
    const own = weights.map((w) => (w * 61) / weights.reduce((a, b) => a + b));
    for (const standardize of [true, false]) {
      for (const passed of [null, own]) {
        for (const batch of [61, 8]) {
          const rows = rowsInMemory({ X, y: X, weights: passed });
          const data = { rows, scaling: standardize ? standardization(X) : null, kernels: wasmKernels };
          const smoothness = expectedSmoothness(curvature, batch, { ...data, seed: 7 });
          const { shift, scale } = standardization(X);
          const columns = { shift, scale: scale.map((s) => Math.sqrt(s * s + 0.3 / curvature)) };
          const scaled = expectedSmoothness(curvature, batch, { ...data, scaling: columns, seed: 7 });
          const rateOfRaw = 1 / (scaled + 0.3 / Math.min(...columns.scale) ** 2); // in batches
          const [rate, onwards] = [0, curvature * Math.max(1, meanEigenvalue(X, data.scaling, passed))].map(
            (pull) => 1 / (smoothness + pull + 0.3), // as many rows as before
          ) as [number, number];
          const how = passed ? { weights } : {};
          const model = make({ l2: 0.3, epochs: 2, seed: 7, standardize, ...(batch === 8 ? { batchSize: 8 } : {}) });
          const [first] = model.train(X, y, how);
          const more = model.fit(X, y, how).partialFit(X, y, how);
          const doublings = Math.log2(first!.learningRate / (standardize ? rate : rateOfRaw));
          if (batch === 8) expect(Math.abs(doublings - Math.round(doublings))).toBeLessThan(1e-12);
          else expect(Math.abs(more.history.learningRate[0]! / onwards - 1)).toBeLessThan(1e-12);
          expect(more.options["optimizer"]).toBe("plain");
        }
      }
    }
  });
});

describe("the default of a smooth model", () => {
  const smooth = trials.filter(
    ({ name, tuned }) => /Regression|squaredHinge/.test(name) && !tuned && !/network|huber/i.test(name),
  );

  test.each(smooth)(
    "$name: the automatic learning rate in full batch, which needs no other call of the kernels",
    ({ X, y, make }) => {
      let bound = 0;
      const kernels: NonNullable<NonNullable<Parameters<typeof make>[0]>["kernels"]> = (memory, elementType) => {
        bound++;
        return wasmKernels(memory, elementType);
      };
      const fitted = make({ kernels }).fit(X, y);
      expect(fitted).toMatchObject({ stopped: "converged", options: { optimizer: "automatic", batchSize: "full" } });
      expect(fitted.updates).toBeLessThan(100);
      expect(bound).toBe(2); // to add up the sizes, and for the run; the computation of 𝓛 would bind them again
      expect(text(make({ optimizer: automatic() }).fit(X, y))).toBe(text(fitted));
      expect(make({ batchSize: 61 }).fit(X, y).params()).toEqual(fitted.params());
      expect(make({ batchSize: 8, epochs: 1 }).fit(X, y).options["optimizer"]).toBe("plain");
    },
  );

  test("also with l1, and weights at 0 are exactly 0", () => {
    const { X, y } = named("logisticRegression");
    const fitted = logisticRegression({ l1: 0.1 }).fit(X, y);
    expect(fitted).toMatchObject({ stopped: "converged", options: { optimizer: "automatic" } });
    expect(fitted.coefficients.data.some((w) => w === 0)).toBe(true);
  });

  test("is full batch for any number of rows; other optimizers use mini-batches above 100 000 rows", () => {
    const X = matrix(
      Float64Array.from({ length: 100_001 }, (_, i) => (i % 7) - 3),
      100_001,
      1,
    );
    const y = X.data.map((x) => 2 * x + 1);
    const optionsOf = (options: DescentOptions) => linearRegression(options).fit(X, y).options;
    expect(optionsOf({})).toMatchObject({ batchSize: "full", optimizer: "automatic" });
    expect(optionsOf({ optimizer: automatic() })).toMatchObject({ batchSize: "full", epochs: 10_000 });
    expect(optionsOf({ optimizer: adam(0.01), epochs: 1 })).toMatchObject({ batchSize: 256 });
    const more = linearRegression({ epochs: 1 }).fit(X, y).partialFit(X, y);
    expect(more.options).toMatchObject({ batchSize: 256, optimizer: "plain" });
  });
});

describe("stopping", () => {
  const { X, y, make } = named("linearRegression");

  test("by default as soon as 1e-9 of the objective remains, in full batch", () => {
    const [fitted, longer] = [undefined, { remaining: 1e-14 }].map((stop) => make({ stop }).fit(X, y));
    expect([fitted!.stopped, longer!.stopped]).toEqual(["converged", "converged"]);
    const optimum = longer!.history.objective!.at(-1)!;
    const above = fitted!.history.objective!.map((value) => value / optimum - 1);
    expect(above.at(-1)!).toBeLessThan(1e-9);
    for (const share of above.slice(0, -2)) expect(share).toBeGreaterThan(1e-10); // half the decrement may be above it by a few times
  });

  test("an optimizer of the user keeps the stop rules of the user", () => {
    const optimizer = plain(0.3);
    const never = { gradient: 0 };
    expect(make({ optimizer, epochs: 800, stop: never }).fit(X, y)).toMatchObject({ stopped: "epochs", updates: 800 });
    expect(make({ optimizer, epochs: 800, stop: { gradient: 1e-3 } }).fit(X, y).stopped).toBe("converged");
    expect(make({ optimizer, epochs: 800, stop: { change: { tolerance: 1e-6 } } }).fit(X, y).stopped).toBe("stalled");
  });

  test("batchLosses records the value of every batch", () => {
    const { history, updates } = make({ batchSize: 8, epochs: 3, batchLosses: true }).fit(X, y);
    expect(history.batchLosses!.length).toBe(updates);
    expect(make({ batchSize: 8, epochs: 3 }).fit(X, y).history.batchLosses).toBeUndefined();
  });
});

describe.each(trials)("$name: validation rows", ({ X, y, make, classes, convex, mean, tuned }) => {
  const validation = { share: 0.25, patience: 100 };
  const options = { optimizer: plain(0.05), batchSize: "full", epochs: 6, seed: 9, stop: { validation } } as const;
  const rows = classes > 0 ? trainTestSplit(y, { testShare: 0.25, seed: 9, stratify: true }) : null;
  const { train, test: rest } = rows ?? trainTestSplit(X.rows, { testShare: 0.25, seed: 9 });
  for (const each of [train, rest]) each.sort(); // in the order of the table

  test("the seed determines the validation rows, with the same share of each class; scaling and l2 come from the training rows", () => {
    const fitted = make(options).fit(X, y);
    const { body } = fitted.toJSON() as { body: { scaling: { shift: string; scale: string } } };
    const expected = standardization(takeRows(X, train));
    expect([...decodeNumbers(body.scaling.shift)]).toEqual([...expected.shift]);
    expect([...decodeNumbers(body.scaling.scale)]).toEqual([...expected.scale]);
    const meanCount = train.reduce((sum, i) => sum + Number(y[i]), 0) / train.length;
    const l2 = mean ? meanCount / train.length : fitted.kind === "linear" ? 0 : 1 / train.length;
    expect(Math.abs((fitted.options["l2"] as number) - l2)).toBeLessThan(1e-15);
  });

  test("training does not use them: their targets change only the validation loss", () => {
    if (classes > 0) return; // another label would change the split by classes
    const other = y.map((t, i) => (rest.includes(i) ? Number(t) + 100 : t));
    const [a, b] = [y, other].map((targets) => make(options).fit(X, targets).history);
    expect(b!.objective).toEqual(a!.objective);
    expect(b!.validation).not.toEqual(a!.validation);
  });

  test.runIf(!tuned)("the validation loss is computed without penalties", () => {
    const near = { ...X, data: X.data.map((x, at) => (x - [100, 0, -4][at % 3]!) / [30, 0.01, 1][at % 3]!) };
    const passed = { ...options, standardize: false, l2: 2 };
    const validation = make(passed).fit(near, y).history.validation!;
    // the first loss of a run on these rows only, without l2, from the same parameters
    let at = 0;
    for (const step of make(passed).train(near, y)) {
      const there = {
        ...options,
        stop: {},
        standardize: false,
        l2: 0,
        epochs: 1,
        start: Float64Array.from(step.params),
      };
      const named = classes > 0 ? { classes: [...new Set(y)].sort() } : {};
      const [first] = make({ ...there, ...named }).train(
        takeRows(near, rest),
        [...rest].map((i) => y[i]!),
      );
      expect(distance([validation[at++]!], [first!.batchLoss])).toBeLessThan(1e-13);
    }
    expect(at).toBe(6);
  });

  test("partialFit trains on all of its rows", () => {
    const more = make({ ...options, batchSize: 8 })
      .fit(X, y)
      .partialFit(X, y);
    expect(more.updates).toBe(6 * Math.ceil(train.length / 8) + Math.ceil(61 / 8));
    expect(more.history.validation).toBeUndefined();
  });

  test("weights have mean 1 over the training rows", () => {
    if (!convex) return;
    const weights = Float64Array.from(y, (_, i) => (rest.includes(i) ? 50 : 2)); // all training targets are equal
    const [a, b] = [{ weights }, {}].map((how) => make(options).fit(X, y, how).params());
    expect(distance(a!, b!)).toBeLessThan(1e-12);
  });
});

describe("partialFit of a loaded model uses the data of the file", () => {
  const far = { l1: 100, l2: 0, epochs: 3, optimizer: plain(0.1) };

  test("l1", () => {
    const [two, three, number] = ["logisticRegression", "softmaxRegression", "linearRegression"].map(named);
    const models: AnyFitted[] = [
      logisticRegression(far).fit(two!.X, two!.y),
      softmaxRegression(far).fit(three!.X, three!.y),
      linearRegression(far).fit(number!.X, number!.y as number[]) as unknown as AnyFitted,
    ];
    for (const [at, fitted] of models.entries()) {
      const { X, y } = [two!, three!, number!][at]!;
      const again = loaded(fitted).partialFit(X, y, { epochs: 5 });
      expect(again.coefficients!.data.every((w) => w === 0)).toBe(true);
      expect(again.options["l1"]).toBe(100);
    }
  });

  test.each(trials)("$name: loss, shape, scaling, classes", ({ X, y, make }) => {
    const fitted = make({ epochs: 3, optimizer: plain(0.02), batchSize: "full", l2: 0.5, seed: 4 }).fit(X, y);
    const again = loaded(fitted).partialFit(X, y, { epochs: 2 });
    expect([again.settings, again.classes, again.features]).toEqual([fitted.settings, fitted.classes, 3]);
    expect(again.options).toMatchObject({ l2: 0.5, seed: 4, standardize: true });
    expect(again.history.objective!.at(-1)!).toBeLessThan(fitted.history.objective!.at(-1)!);
    expect(loaded(again).params()).toEqual(again.params());
  });
});

test.each(trials)("$name runs on the kernels of its options", ({ X, y, make }) => {
  let bound = 0;
  const kernels: NonNullable<NonNullable<Parameters<typeof make>[0]>["kernels"]> = (memory, elementType) => {
    bound++;
    return wasmKernels(memory, elementType);
  };
  const [own, passed] = [make({ epochs: 2 }), make({ epochs: 2, kernels })].map((model) => model.fit(X, y));
  expect(text(passed!)).toBe(text(own!));
  expect(bound).toBeGreaterThan(0);
});

test("later changes of the array hidden have no effect", () => {
  const { X, y } = named("networkClassifier");
  const hidden = [3];
  const fitted = networkClassifier({ hidden, epochs: 1 }).fit(X, y);
  const saved = text(fitted);
  hidden[0] = 9;
  expect(text(fitted)).toBe(saved);
});

test("seed 0 and l2 0 are allowed and do not mean the default", () => {
  const { X, y, make } = named("linearRegression");
  const fitted = make({ seed: 0, l2: 0, epochs: 2 }).fit(X, y);
  expect(fitted.options).toMatchObject({ seed: 0, l2: 0 });
});

describe('learningRate: "auto" is the default of every estimator', () => {
  const { X, y: numbers } = lineWithNoise({ n: 30, slope: 2, intercept: 1, noise: 1, seed: 0 });
  const labels = Array.from(numbers, (_, i) => (i % 3 === 0 ? "high" : "low"));
  const { users, items, ratings } = lowRankRatings({ users: 9, items: 8, seed: 1 });
  const makers: Record<string, (options: { learningRate?: "auto"; optimizer?: Optimizer; epochs: number }) => string> =
    {
      linearRegression: (options) => text(linearRegression(options).fit(X, numbers)),
      logisticRegression: (options) => text(logisticRegression(options).fit(X, labels)),
      softmaxRegression: (options) => text(softmaxRegression(options).fit(X, labels)),
      linearSvm: (options) => text(linearSvm(options).fit(X, labels)),
      networkClassifier: (options) => text(networkClassifier(options).fit(X, labels)),
      networkRegression: (options) => text(networkRegression(options).fit(X, numbers)),
      matrixFactorization: (options) => text(matrixFactorization(options).fit({ users, items, ratings })),
    };
  test.each(Object.entries(makers))("%s", (name, make) => {
    expect(make({ learningRate: "auto", epochs: 3 })).toBe(make({ epochs: 3 }));
    expect(() => make({ learningRate: "auto", optimizer: plain(0.1), epochs: 3 })).toThrow(
      `${name}: learningRate: "auto" chooses the optimizer too, but one was passed. Leave out one of the two.`,
    );
    expect(() => make({ learningRate: 0.2 as never, epochs: 3 })).toThrow(
      `${name}: learningRate must be "auto", got 0.2. Pass a rate of your own in optimizer: plain(0.2).`,
    );
  });
  test("its spec is that of an estimator", () => {
    const { spec } = logisticRegression({ learningRate: "auto", epochs: 3 });
    const made = estimatorFromSpec(spec()) as ReturnType<typeof logisticRegression>;
    expect(text(made.fit(X, labels))).toBe(makers["logisticRegression"]!({ epochs: 3 }));
  });
});

test("the hinge with more rows than its steps have memory for is trained in mini-batches", () => {
  const none = { rows: 0, features: 2, l2: 1e-6, updates: 0, continued: false, outputs: 1 };
  const others = { optimizer: undefined, batchSize: undefined, epochs: undefined };
  const facts = { smoothness: () => 1, rawColumns: () => null, objectiveAfter: () => 1 };
  const planOf = (rows: number, outputs: number) => hingePlan({ ...none, ...others, ...facts, rows, outputs });
  expect(planOf(4_793_490, 1).batchSize).toBe("full");
  expect(planOf(4_793_491, 1)).toMatchObject({ batchSize: 16, epochs: 20 });
  expect(planOf(1_000_000, 6)).toMatchObject({ batchSize: "full" });
  expect(planOf(1_000_000, 7)).toMatchObject({ batchSize: 16 });
});
