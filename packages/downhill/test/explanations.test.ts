// The explanations of results: each finding where it is true, and no finding where it is not.

import { describe, expect, test } from "vitest";
import {
  column,
  crossEntropy,
  deadUnits,
  dense,
  explanations,
  type Finding,
  gradientNoise,
  halfSquared,
  hinge,
  linear,
  linearRegression,
  logistic,
  logisticRegression,
  type Matrix,
  matrix,
  network,
  networkClassifier,
  type PreparedFit,
  type Problem,
  plain,
  random,
  risk,
  runContext,
  type Step,
  signalRecorder,
  softmaxRegression,
  train,
} from "../src/index.ts";
import { classification, evaluated, normals, ratings, regression } from "./problems.ts";

const codes = (findings: readonly Finding[]) => findings.map(({ code }) => code);

describe("plottedLoss", () => {
  const { problem } = regression(60, 3);
  const run = (options: object) => {
    const recorder = signalRecorder();
    let params = new Float64Array(problem.size);
    for (const step of train(problem, plain(0.05), { epochs: 12, ...options })) {
      recorder.add(step);
      params = Float64Array.from(step.solution);
    }
    return { trace: recorder.trace, params };
  };

  test("batches: the mean of an epoch's batch losses is not the objective after it", () => {
    const { trace, params } = run({ batchSize: 5, epochs: 2 });
    const [finding] = explanations(problem, params, { trace, batchRows: 5 });
    expect(finding!.code).toBe("plottedLoss");
    const { batchLoss, objective } = finding!.numbers;
    expect(objective).toBe(evaluated(problem, params).value);
    expect(batchLoss! / objective!).toBeGreaterThan(1.01);
  });

  test("an average: the sentence names it", () => {
    const { trace, params } = run({ batchSize: 5, epochs: 2, average: { weight: "t" } });
    const [finding] = explanations(problem, params, { trace, batchRows: 5, averaged: true });
    expect(finding!.sentence).toContain("averaged parameters");
  });

  test("full batch: there is no difference to explain", () => {
    const { trace, params } = run({});
    expect(codes(explanations(problem, params, { trace }))).toEqual([]);
  });

  test("the penalty is a part of the objective", () => {
    const { problem, X, y } = classification(50, 2, { l2: 1 });
    const params = [0.4, -0.1, 0.05];
    const [finding] = explanations(problem, params);
    const { objective, loss, penalty } = finding!.numbers;
    const mean = y.reduce((sum, label, i) => {
      const z = 0.4 * X[2 * i]! - 0.1 * X[2 * i + 1]! + 0.05;
      return sum + Math.log1p(Math.exp(-label * z)) / 50;
    }, 0);
    expect(loss).toBeCloseTo(mean, 12);
    expect(penalty).toBeCloseTo(0.5 * (0.4 ** 2 + 0.1 ** 2), 12);
    expect(objective).toBeCloseTo(mean + penalty!, 12);
  });
});

describe("separable", () => {
  const data = Float64Array.of(-2, 1, -1, 3, 1, -2, 2, 0.5);
  const inputs = dense({ data, rows: 4, columns: 2 });
  const labels = Float64Array.of(-1, -1, 1, 1);
  const problem = (l2 = 0, labelled = labels): Problem =>
    risk({ predictor: linear(2), loss: logistic(), inputs, targets: column(labelled), l2 });

  test("the margin is the smallest y z", () => {
    const [finding] = explanations(problem(), [3, 0.1, 0]);
    expect(finding!.code).toBe("separable");
    expect(finding!.numbers["margin"]).toBeCloseTo(2.7, 12); // row 1: −(3 · −1 + 0.1 · 3)
    expect(finding!.sentence).toContain("there is no optimum");
    expect(finding!.remedies[0]!.options).toEqual({ l2: 0.25 });
  });

  test("with a penalty the optimum exists", () => {
    const [finding] = explanations(problem(1e-6), [3, 0.1, 0]);
    expect(finding!.sentence).toContain("Only the penalty limits");
    expect(finding!.remedies).toEqual([]);
  });

  test("no finding for a row on the wrong side, on the plane, or within rounding", () => {
    expect(codes(explanations(problem(0, Float64Array.of(-1, 1, 1, 1)), [3, 0.1, 0]))).not.toContain("separable");
    expect(codes(explanations(problem(), [1, 0, 1]))).not.toContain("separable"); // z = 0 in row 1
    expect(codes(explanations(problem(), [1, 1 / 3, 1e-17]))).not.toContain("separable");
  });

  test("three classes, and hinges", () => {
    const targets = column(Float64Array.of(0, 1, 2, 2));
    const three = risk({ predictor: linear(2, 3), loss: crossEntropy(3), inputs, targets });
    const params = [-5, -1, -2, 4, 5, 0, 0, 0, 0];
    const scores = (i: number) =>
      [0, 1, 2].map((c) => params[2 * c]! * data[2 * i]! + params[2 * c + 1]! * data[2 * i + 1]!);
    const margins = [0, 1, 2, 2].map((own, i) => {
      const z = scores(i);
      return z[own]! - Math.max(...z.filter((_, c) => c !== own));
    });
    const found = explanations(three, params).find(({ code }) => code === "separable")!;
    expect(found.numbers["margin"]).toBeCloseTo(Math.min(...margins), 12);
    const svm = risk({ predictor: linear(2), loss: hinge(), inputs, targets: column(labels) });
    const [finding] = explanations(svm, [3, 0.1, 0]);
    expect(finding!.sentence).not.toContain("no optimum"); // the hinge is 0 for large weights
  });

  test("a regression is never separable", () => {
    expect(codes(explanations(regression(20, 2).problem, [1, 1, 1]))).not.toContain("separable");
  });
});

describe("deadUnits", () => {
  const data = Float64Array.of(1, 2, 3, 4);
  const problem = (weights?: Float64Array) =>
    risk({
      predictor: network(1, [3, 2], 1),
      loss: halfSquared(),
      inputs: dense({ data, rows: 4, columns: 1 }),
      targets: column(new Float64Array(4)),
      ...(weights && { weights: column(weights) }),
    });
  // z¹ = x, −x, x − 3.5; z² = a₁ + a₂ + a₃, −a₁
  const params = [1, -1, 1, 0, 0, -3.5, 1, 1, 1, -1, 0, 0, 0, 0, 1, 1, 0];

  test("a unit is dead if max z ≤ 0 over all rows, in each layer", () => {
    expect(deadUnits(problem(), params)).toEqual([
      { dead: 1, units: 3 },
      { dead: 1, units: 2 },
    ]);
    const finding = explanations(problem(), params).find(({ code }) => code === "deadUnits")!;
    expect(finding.sentence).toContain(
      "2 of 5 hidden units are 0 for every row (1 of 3 in layer 1, 1 of 2 in layer 2)",
    );
  });

  test("a row without weight does not count", () => {
    expect(deadUnits(problem(Float64Array.of(4 / 3, 4 / 3, 4 / 3, 0)), params)[0]).toEqual({ dead: 2, units: 3 });
  });

  test("no gradient reaches a dead unit, and one reaches all others", () => {
    const { gradient } = evaluated(problem(), params);
    expect([gradient[1], gradient[4]]).toEqual([0, 0]); // weight and intercept of unit 2
    expect(gradient[0]).not.toBe(0);
    expect(gradient[2]).not.toBe(0);
  });

  test("after a start at zeros, the remedy is a random start: with another activation the units stay equal", () => {
    const draw = random(7);
    const X = Array.from({ length: 120 }, () => [draw.normal(), draw.normal()]);
    const y = X.map(([a, b]) => (a! * b! > 0 ? "same" : "different"));
    const trained = (options: object) => {
      const estimator = networkClassifier({ hidden: [6], activation: "relu", seed: 1, epochs: 200, ...options });
      const model = estimator.fit(X, y);
      const { problem } = estimator.prepare(X, y);
      const found = explanations(problem, model.params()).find(({ code }) => code === "deadUnits");
      return { found, loss: evaluated(problem, model.params()).value, weights: model.params().slice(0, 12) };
    };
    const zeros = trained({ start: "zeros" });
    expect(zeros.found!.remedies).toEqual([{ text: "Start at random parameters.", options: { start: "random" } }]);
    expect(zeros.found!.sentence).toContain("All units stay equal, with any activation.");
    const helped = trained({ start: "zeros", ...zeros.found!.remedies[0]!.options });
    expect(helped.loss).toBeLessThan(0.5 * zeros.loss);
    const tanh = trained({ start: "zeros", activation: "tanh" });
    expect(new Set(tanh.weights.filter((_, j) => j % 2 === 0)).size).toBe(1); // all units have the same weight of a column
    expect(tanh.loss).toBeGreaterThan(0.9 * zeros.loss);
  });

  test("dead units of a random start have the remedy tanh", () => {
    const finding = explanations(
      problem(),
      params.map((value, j) => (j >= 3 && j < 5 ? -100 : value)),
    ).find(({ code }) => code === "deadUnits")!;
    expect(finding.numbers["dead"]).toBeGreaterThan(2.5);
    expect(finding.remedies.map(({ options }) => options)).toEqual([{ activation: "tanh" }]);
  });

  test("tanh units, linear scores and factorizations have none", () => {
    const tanh = risk({
      predictor: network(1, [2], 1, "tanh"),
      loss: halfSquared(),
      inputs: dense({ data, rows: 4, columns: 1 }),
      targets: column(new Float64Array(4)),
    });
    expect(deadUnits(tanh, new Float64Array(tanh.size))).toEqual([]);
    expect(deadUnits(regression(20, 2).problem, new Float64Array(3))).toEqual([]);
    const factorization = ratings(5, 6, 20);
    expect(deadUnits(factorization, new Float64Array(factorization.size))).toEqual([]);
    expect(codes(explanations(factorization, new Float64Array(factorization.size)))).toEqual(["constant"]);
  });
});

describe("constant", () => {
  const draw = random(4);
  const X = Array.from({ length: 200 }, () => [draw.normal(), draw.normal()]);
  const y = X.map(([x]) => (x! + 0.5 * draw.normal() > 1.8 ? "rare" : "frequent"));

  test("all rows are predicted to be of the most frequent class; balanced weights help", () => {
    const share = y.filter((label) => label === "frequent").length / y.length;
    const found = (options: object) => {
      const estimator = logisticRegression({ l2: 1, ...options });
      return explanations(estimator.prepare(X, y).problem, estimator.fit(X, y).params());
    };
    const finding = found({}).find(({ code }) => code === "constant")!;
    expect(finding.numbers["share"]).toBeCloseTo(share, 12);
    expect(finding.sentence).toContain(`An accuracy of ${Number((100 * share).toPrecision(2))} %`);
    expect(codes(found(finding.remedies[0]!.options))).not.toContain("constant");
  });

  test("a network at zeros predicts one class; after training it does not", () => {
    const estimator = networkClassifier({ hidden: [4], seed: 1 });
    const { problem } = estimator.prepare(X, y);
    expect(codes(explanations(problem, new Float64Array(problem.size)))).toContain("constant");
  });

  test("a regression at its mean is no better than a constant", () => {
    const { problem, y: targets } = regression(40, 2);
    const mean = targets.reduce((sum, target) => sum + target / 40, 0);
    const [finding] = explanations(problem, [0, 0, mean]);
    expect(finding!.code).toBe("constant");
    expect(finding!.numbers["loss"]).toBeCloseTo(finding!.numbers["constant"]!, 12);
  });
});

describe("collinear", () => {
  const draw = random(9);
  const n = 30;
  const rows = Array.from({ length: n }, () => [draw.normal(), draw.normal(), draw.normal()]);
  const found = (columns: (row: number[], i: number) => number[], names: string[], l2 = 0) => {
    const data = Float64Array.from(rows.flatMap(columns));
    const d = data.length / n;
    const problem = risk({
      predictor: linear(d),
      loss: halfSquared(),
      inputs: dense({ data, rows: n, columns: d }),
      targets: column(normals(draw, n)),
      l2,
    });
    return explanations(problem, new Float64Array(d + 1), { names }).filter(({ code }) => code === "collinear");
  };

  const sets = (findings: readonly Finding[]) => findings.map(({ columns }) => [...columns!].sort());

  test("a sum of columns, whatever their units", () => {
    const findings = found(([a, b, c]) => [a! * 1e6, b!, c!, a! + 2 * b! + 7], ["a", "b", "c", "total"]);
    expect(sets(findings)).toEqual([["a", "b", "total"]]);
    expect(findings[0]!.sentence).toMatch(
      /^One of these columns is a sum of multiples of the others and a constant: \w+, \w+, \w+[.]/,
    );
  });

  test("all categories of a one-hot encoding, a constant and a copy", () => {
    const oneHot = found((_, i) => [0, 1, 2].map((c) => (i % 3 === c ? 1 : 0)), ["red", "green", "blue"]);
    expect(sets(oneHot)).toEqual([["blue", "green", "red"]]);
    expect(found(([a]) => [a!, 4], ["a", "four"])[0]!.sentence).toContain(
      "One column is constant, so its weight has no meaning: four.",
    );
    expect(found(([a]) => [a!, a!], ["a", "copy"], 0.1)[0]!.sentence).toContain("Only the penalty determines");
  });

  test("no finding for columns that are only similar", () => {
    expect(found(([a, b]) => [a!, a! + 1e-3 * b!], ["a", "near"])).toEqual([]);
  });
});

describe("noiseFloor", () => {
  test("the predicted height is a finding if it is visible", () => {
    const { problem } = regression(30, 2);
    const params = [0.5, 0.2, 0.1];
    const at = (noiseFloor: number | null) =>
      codes(explanations(problem, params, { forecast: { noiseFloor, learningRate: 0.1 } }));
    expect(at(1)).toContain("noiseFloor");
    expect(at(1e-9)).not.toContain("noiseFloor");
    expect(at(null)).not.toContain("noiseFloor");
  });
});

describe("gradientNoise", () => {
  test.each([
    ["shuffled", 35 / 39],
    ["replacement", 1],
  ] as const)("the mean over random batches approaches the noise of batches with the order %s", (order, factor) => {
    const { problem, X, y, n, d } = regression(40, 2);
    const params = [0.3, -0.2, 0.4];
    const { gradient } = evaluated(problem, params);
    let variance = 0; // of the gradients of single rows
    for (let i = 0; i < n; i++) {
      const row = [X[d * i]!, X[d * i + 1]!, 1];
      const error = row.reduce((z, x, j) => z + x * params[j]!, -y[i]!);
      for (const [j, x] of row.entries()) variance += (error * x - gradient[j]!) ** 2 / n;
    }
    const expected = (variance / 5) * factor; // (n − 5) / (n − 1) if the rows of a batch are different
    const options = { batchSize: 5, batches: 40_000, order } as const;
    const { noise, signal, signalToNoise } = gradientNoise(problem, params, options);
    expect(Math.abs(noise / expected - 1)).toBeLessThan(0.03);
    expect(signal).toBeCloseTo(
      gradient.reduce((sum, g) => sum + g * g, 0),
      12,
    );
    expect(signalToNoise).toBe(signal / noise);
  });

  test("a full batch has no noise", () => {
    const { problem } = regression(40, 2);
    expect(gradientNoise(problem, [1, 2, 3], { batchSize: 40 }).noise).toBeLessThan(1e-25);
  });
});

test("runContext: the shapes of objectives", () => {
  const shape = (problem: Problem) => runContext(problem, plain(0.1)).shape;
  expect(shape(regression(20, 2).problem)).toBe("quadratic");
  expect(shape(regression(20, 2, { l1: 0.1 }).problem)).toBe("smooth");
  expect(shape(classification(20, 2).problem)).toBe("smooth");
  expect(shape(classification(20, 2, { loss: hinge() }).problem)).toBe("convex");
  expect(shape(ratings(5, 5, 20))).toBe("other");
});

describe("after a step, on the rows in the memory of the run", () => {
  const stream = random(12);
  const X = Array.from({ length: 90 }, () => [stream.normal(), stream.normal(), 3]);
  const far = X.map(([a, b, c]) => [a! + (a! > 0 ? 1 : -1), b!, c!]);
  const two = X.map(([a]) => (a! > 0 ? 1 : 0));
  const noisy = X.map(([a, b]) => (a! + b! + 2 * stream.normal() > 0 ? 1 : 0));
  const three = X.map(([a]) => (a! > 0.5 ? 2 : a! > -0.5 ? 1 : 0));
  const numbers = X.map(([a, b]) => a! - b! + stream.normal());

  test.each<readonly [name: string, fit: PreparedFit<Step>, found: readonly string[]]>([
    ["logistic, separable", logisticRegression({ l2: 0, epochs: 50 }).prepare(far, two), ["separable", "collinear"]],
    [
      "logistic in float32",
      logisticRegression({ standardize: false }).prepare(float32(far), two),
      ["plottedLoss", "separable", "collinear"],
    ],
    ["softmax with a penalty", softmaxRegression({ l2: 0.1 }).prepare(X, three), ["plottedLoss", "collinear"]],
    ["linear, batches", linearRegression({ batchSize: 8, epochs: 3 }).prepare(X, numbers), ["collinear"]],
    [
      "early stopping, with the parameters of an earlier epoch",
      networkClassifier({ seed: 2, l2: 0.2, hidden: [6], stop: { validation: { share: 0.3, patience: 2 } } }).prepare(
        X,
        noisy,
      ),
      ["plottedLoss"],
    ],
  ])("%s", (_, fit, found) => {
    let last: Step | undefined;
    for (const step of fit.steps()) last = step;
    const findings = explanations(last!);
    expect(codes(findings)).toEqual(found);
    const copied = explanations(fit.problem, Float64Array.from(last!.best ?? last!.solution));
    expect(findings.map(({ sentence }) => sentence)).toEqual(copied.map(({ sentence }) => sentence));
    if (last!.best) expect(last!.best).not.toEqual(last!.solution);
  });

  test("a step that is not the latest, and an unknown option, throw", () => {
    const steps = train(regression(20, 2).problem, plain(0.1), { epochs: 3 });
    const { value: first } = steps.next();
    steps.next();
    expect(() => explanations(first as Step)).toThrow(/^step\.bound: the run has gone on since this step/);
    const { value: latest } = steps.next();
    expect(() => explanations(latest as Step, { name: [] } as object)).toThrow(/^explanations: /);
  });
});

function float32(rows: readonly number[][]): Matrix {
  return matrix(Float32Array.from(rows.flat()), rows.length, rows[0]!.length);
}
