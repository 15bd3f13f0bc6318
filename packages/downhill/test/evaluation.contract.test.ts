// Cross-validation and search: the same numbers as by hand, no leak between parts, and a diverged training never looks good.

import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { summaryOf } from "../src/evaluation/foldScores.ts";
import { gridSize, gridTrial, type Ranges, randomTrials } from "../src/evaluation/ranges.ts";
import { ranked, type Trial } from "../src/evaluation/ranking.ts";
import {
  accuracy,
  blobs,
  crossValidate,
  crossValidateSteps,
  type FinishedFold,
  type Fold,
  groupFolds,
  kFolds,
  type Label,
  linearRegression,
  linearSvm,
  loadState,
  logisticRegression,
  logLoss,
  matrix,
  meanPinballLoss,
  networkClassifier,
  permutationImportance,
  plain,
  random,
  rootMeanSquaredError,
  saveState,
  search,
  searchSteps,
  softmaxRegression,
  takeColumn,
  takeRows,
  threads,
} from "../src/index.ts";
import { cases } from "./cases.ts";

const { X, y } = blobs({
  n: 60,
  centers: [
    [0, 0],
    [2, 2],
  ],
  seed: 3,
}); // prettier-ignore
const numbers = Float64Array.from({ length: 60 }, (_, i) => 2 * X.data[2 * i]! - X.data[2 * i + 1]! + (i % 7) / 10);

describe("crossValidate", () => {
  test("has the scores of a loop over the folds", () => {
    const { folds, mean, deviation } = crossValidate(logisticRegression(), { X, y }, { folds: 4, seed: 5 });
    const splits = kFolds(y, { k: 4, seed: 5, stratify: true });
    const losses = splits.map((rows, i) => {
      const take = (part: Uint32Array) => ({ X: takeRows(X, part), y: Array.from(part, (row) => y[row]!) });
      const [training, rest] = [take(rows.train), take(rows.test)];
      const model = logisticRegression().fit(training.X, training.y);
      expect(folds[i]!.rows).toEqual(rows);
      expect(JSON.stringify(folds[i]!.model)).toBe(JSON.stringify(model));
      expect(folds[i]!.probabilities).toEqual(takeColumn(model.probabilities(rest.X), 1));
      expect(folds[i]!.test!.accuracy).toBe(accuracy(model.predict(rest.X), rest.y));
      expect(folds[i]!.train!.accuracy).toBe(accuracy(model.predict(training.X), training.y));
      expect(folds[i]!.test!.logLoss).toBeCloseTo(logLoss(model.probabilities(rest.X), rest.y, model.classes), 12);
      return folds[i]!.test!.logLoss!;
    });
    const center = losses.reduce((sum, loss) => sum + loss, 0) / 4;
    expect(mean!.test.logLoss).toBeCloseTo(center, 12);
    expect(deviation!.test.logLoss).toBeCloseTo(
      Math.sqrt(losses.reduce((sum, loss) => sum + (loss - center) ** 2, 0) / 3),
      12,
    );
  });

  test("the baseline knows the training targets only", () => {
    const { folds } = crossValidate(linearRegression(), { X, y: numbers }, { folds: 3 });
    for (const { rows, baseline } of folds) {
      const training = Array.from(rows.train, (row) => numbers[row]!);
      const constant = training.reduce((sum, value) => sum + value, 0) / training.length;
      const rest = Float64Array.from(rows.test, (row) => numbers[row]!);
      expect(baseline!.rootMeanSquaredError).toBeCloseTo(
        rootMeanSquaredError(
          rest.map(() => constant),
          rest,
        ),
        12,
      );
      expect(baseline!.rSquared!).toBeLessThanOrEqual(0);
    }
    const labels = Array.from(y, (_, i) => (i % 10 === 0 ? "rare" : "usual"));
    const { mean } = crossValidate(logisticRegression(), { X, y: labels }, { folds: 3 });
    expect(mean!.baseline.accuracy).toBeCloseTo(0.9, 12);
    expect(mean!.baseline.balancedAccuracy).toBe(0.5);
    expect(mean!.baseline.rocArea).toBe(0.5);
    expect(mean!.baseline.averagePrecision).toBeCloseTo(0.9, 12); // "usual" is the second class
    expect(mean!.baseline.brierScore).toBeCloseTo(0.09, 12);
    expect(mean!.baseline.logLoss).toBeCloseTo(-0.9 * Math.log(0.9) - 0.1 * Math.log(0.1), 12);
  });

  test("constant losses have the median or the quantile as their baseline", () => {
    const far = numbers.map((value, i) => (i % 12 === 0 ? value + 1000 : value));
    const absoluteError = (loss: "absolute" | "squared") =>
      crossValidate(linearRegression({ loss }), { X, y: far }, { folds: 3 }).mean!.baseline.meanAbsoluteError!;
    expect(absoluteError("absolute")).toBeLessThan(absoluteError("squared") * 0.7);
    const high = crossValidate(linearRegression({ loss: "quantile", quantile: 0.9 }), { X, y: numbers }, { folds: 3 });
    for (const { rows, baseline } of high.folds) {
      const sorted = Float64Array.from(rows.train, (row) => numbers[row]!).sort();
      const rest = Float64Array.from(rows.test, (row) => numbers[row]!);
      const constant = rest.map(() => sorted[35]!); // 36 of 40 rows are not larger
      expect(baseline!.meanPinballLoss).toBe(meanPinballLoss(constant, rest, 0.9));
    }
    expect(high.mean!.test.meanPinballLoss!).toBeLessThan(high.mean!.baseline.meanPinballLoss!);
    const counts = numbers.map((value) => Math.max(0, Math.round(value)));
    const poisson = search(
      ({ l2 }) => linearRegression({ loss: "poisson", l2 }),
      { X, y: counts },
      { ranges: { l2: [0, 1] } },
    );
    expect(poisson.metric).toBe("meanPoissonDeviance");
    expect(poisson.best!.score!).toBeLessThan(poisson.best!.mean!.baseline.meanPoissonDeviance!);
  });

  test("no group has rows on both sides, and times only move forward", () => {
    const groups = Array.from(y, (_, i) => `customer ${i % 9}`);
    const grouped = crossValidate(logisticRegression(), { X, y }, { folds: 3, groups, seed: 2 });
    expect(grouped.folds.map(({ rows }) => rows)).toEqual(groupFolds(groups, { k: 3, seed: 2 }));
    const times = Array.from(y, (_, i) => (i * 7) % 60);
    for (const { rows } of crossValidate(linearRegression(), { X, y: numbers }, { folds: 3, times }).folds) {
      const latest = Math.max(...Array.from(rows.train, (row) => times[row]!));
      expect(Math.min(...Array.from(rows.test, (row) => times[row]!))).toBeGreaterThan(latest);
    }
  });

  test("weights belong to their rows", () => {
    const weights = Float64Array.from(y, (_, i) => (i % 3 === 0 ? 0 : 1));
    const { folds } = crossValidate(linearRegression(), { X, y: numbers, weights }, { folds: 2 });
    const rows = folds[0]!.rows.train.filter((row) => weights[row] === 1);
    const own = linearRegression({ standardize: false }).fit(
      takeRows(X, rows),
      Array.from(rows, (row) => numbers[row]!),
    );
    expect(folds[0]!.model!.intercepts[0]).toBeCloseTo(own.intercepts[0]!, 4);
  });

  test("a model without probabilities has no log loss; a class that the training rows lack has an infinite one", () => {
    const svm = crossValidate(linearSvm({ epochs: 5 }), { X, y }, { folds: 2 }).mean!.test;
    expect(Object.keys(svm)).toEqual(["accuracy", "balancedAccuracy", "f1", "averagePrecision", "rocArea"]);
    const labels = Array.from(y, (label, i) => (i === 30 ? "only once" : String(label)));
    const { folds } = crossValidate(softmaxRegression(), { X, y: labels }, { folds: 3 });
    expect(folds.filter(({ test }) => test!.logLoss === Infinity).length).toBe(1);
    expect(folds.every(({ test }) => test!.accuracy! < 1 || test!.logLoss! < Infinity)).toBe(true);
  });

  test("two scores per row give the ranking of their difference", () => {
    const one = crossValidate(logisticRegression({ l2: 0.1 }), { X, y }, { folds: 3 }).mean!.test;
    const two = crossValidate(softmaxRegression({ l2: 0.2 }), { X, y }, { folds: 3 }).mean!.test;
    // Softmax with weights ±w/2 has the probabilities of logistic regression with w, and half its squared weights.
    for (const name of ["rocArea", "averagePrecision", "f1", "accuracy"] as const) expect(two[name]).toBe(one[name]);
    expect(two.logLoss).toBeCloseTo(one.logLoss!, 4);
  });

  test("a fold whose training diverges has no scores, and there is no mean", () => {
    const diverging = linearRegression({ optimizer: plain(5), standardize: false });
    const all = crossValidate(diverging, { X, y: numbers }, { folds: 3 });
    expect(all.folds.map(({ test, train, baseline, model }) => [test, train, baseline, model])).toEqual(
      Array(3).fill([null, null, null, null]),
    );
    expect(all.folds[0]!.diverged).toContain("at update");
    expect([all.mean, all.deviation]).toEqual([null, null]);
    // Only the rows of one group are large enough to diverge, so only the fold that is tested on them has scores.
    const wide = matrix(
      X.data.map((value, at) => (at < 40 ? 50 * value : value)),
      60,
      2,
    );
    const groups = Array.from(y, (_, i) => (i < 20 ? "wide" : i < 40 ? "b" : "c"));
    const some = crossValidate(
      linearRegression({ optimizer: plain(0.05), standardize: false, epochs: 50 }),
      { X: wide, y: numbers },
      { folds: 3, groups },
    );
    expect(some.folds.filter(({ diverged }) => diverged === null).length).toBe(1);
    expect(some.mean).toBeNull();
  });

  test("the steps have the result over the folds so far", () => {
    const data = { X, y };
    const whole = crossValidate(logisticRegression(), data, { folds: 3 });
    const found = [...crossValidateSteps(logisticRegression(), data, { folds: 3 })];
    expect(found.map(({ finished, total }) => [finished, total])).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]); // prettier-ignore
    expect(JSON.stringify(found[2]!.result())).toBe(JSON.stringify(whole));
    expect(found[0]!.result().folds.length).toBe(1);
    expect(found[0]!.result().mean!.test).toEqual(whole.folds[0]!.test);
  });

  test("finished folds are not computed again, also after they were saved as bytes", () => {
    const own = { folds: 4, seed: 2 };
    const found = [...crossValidateSteps(logisticRegression(), { X, y }, own)].map(({ fold }) => fold);
    const scoresOf = (folds: readonly FinishedFold[]) =>
      folds.map(({ model: _, ...scores }: Partial<Fold<unknown>>) => scores);
    for (let done = 0; done <= 4; done++) {
      const finished = found.slice(0, done).map(({ rows: _, model: __, ...scores }) => scores);
      const resume = loadState(saveState(null, finished)).notes as FinishedFold[];
      const { folds, mean, deviation } = crossValidate(logisticRegression(), { X, y }, { ...own, resume });
      expect(scoresOf(folds)).toStrictEqual(scoresOf(found));
      expect({ mean, deviation }).toEqual(summaryOf(found));
      expect(folds.map(({ model }) => model === null)).toEqual([0, 1, 2, 3].map((at) => at < done));
    }
    const wrong = (resume: unknown) => () =>
      crossValidate(logisticRegression(), { X, y }, { ...own, resume: resume as FinishedFold[] });
    for (const resume of [[...found, found[0]!], [{}], [null], "folds", [{ ...found[0]!, probabilities: [1] }]]) {
      expect(wrong(resume)).toThrow(
        "crossValidate: resume must be a list of at most 4 finished folds of the same data and options, got ",
      );
    }
  });

  test("options and data that are not allowed throw, and the advice works", () => {
    const run = (options: object, labels: ArrayLike<Label> = y) =>
      crossValidate(logisticRegression(), { X, y: labels }, options);
    expect(() => run({ k: 3 })).toThrow('crossValidate: option "k" is unknown');
    expect(() => run({ folds: 1 })).toThrow("folds must be a whole number of at least 2, got 1");
    expect(() => run({ groups: [1, 2] })).toThrow("groups must have one entry per row (60), got 2");
    expect(() => run({ times: [1] })).toThrow("times must have one entry per row (60), got 1");
    expect(() => run({}, ["a"])).toThrow("y must have one entry per row of X (60), got 1");
    expect(() => run({ stratify: true, groups: Array.from(y, (_, i) => i) })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: crossValidate: only one of groups, times and stratify can divide the rows. Leave out the others.]`,
    );
    const sorted = Array.from(y, (_, i) => (i < 40 ? "no" : "yes"));
    const times = sorted.map((_, i) => i);
    expect(() => run({ times, folds: 2 }, sorted)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: crossValidate: the training rows of each fold must have at least two classes, got 1 in fold 1. Pass fewer folds, or rows with more classes.]`,
    );
    expect(
      run(
        { times, folds: 2 },
        sorted.toReversed().map((label, i) => (i === 1 ? "no" : label)),
      ).folds.length,
    ).toBe(2);
  });
});

describe("search", () => {
  const ranges = { l2: { from: 1e-4, to: 10, scale: "log" }, standardize: [true, false] } as const;
  const make = (values: { l2: number; standardize: boolean }) => logisticRegression(values);

  test("each trial has the scores of crossValidate, and the best is fitted to all rows", () => {
    const { trials, best, metric, fit } = search(make, { X, y }, { ranges, trials: 4, folds: 3, seed: 1 });
    expect(metric).toBe("logLoss");
    for (const { values, mean, score } of trials) {
      const own = crossValidate(make(values), { X, y }, { folds: 3, seed: 1 });
      expect(mean).toEqual(own.mean);
      expect(score).toBe(own.mean!.test.logLoss);
    }
    expect(trials.map(({ score }) => score)).toEqual(trials.map(({ score }) => score!).toSorted((a, b) => a - b));
    expect(best).toBe(trials[0]);
    expect(JSON.stringify(fit())).toBe(JSON.stringify(make(best!.values).fit(X, y)));
  });

  test("the same seed gives the same result, in any order of the ranges", () => {
    const run = (seed: number, own: Ranges = ranges) =>
      search((values) => make(values as never), { X, y }, { ranges: own, trials: 3, folds: 2, seed });
    const { l2, standardize } = ranges;
    expect(JSON.stringify(run(1))).toBe(JSON.stringify(run(1)));
    const [first, second] = [run(1), run(1, { standardize, l2 })];
    expect(second.trials).toEqual(first.trials);
    expect(run(2).trials.map(({ values }) => values)).not.toEqual(first.trials.map(({ values }) => values));
  });

  test("a trial that diverges never ranks above one that does not", () => {
    const { trials, best, fit } = search(
      ({ rate }) => linearRegression({ optimizer: plain(rate), standardize: false, epochs: 30 }),
      { X, y: numbers },
      { ranges: { rate: [1e-9, 5, 1e-4, 100, 0.01] }, method: "grid", folds: 2 },
    );
    expect(trials.map(({ values }) => values.rate)).toEqual([0.01, 1e-4, 1e-9, 5, 100]);
    expect(trials.slice(3).map(({ score, mean }) => [score, mean])).toEqual([
      [null, null],
      [null, null],
    ]); // prettier-ignore
    expect(trials[4]!.folds[0]!.diverged).toContain("at update");
    expect(best!.values.rate).toBe(0.01);
    expect(fit().predict(X).every(Number.isFinite)).toBe(true);
  });

  test("trials without a score are last, whatever the scores of the others are", () => {
    const score = fc.oneof(fc.constant(null), fc.double({ noNaN: true, noDefaultInfinity: true }));
    const metric = fc.constantFrom("logLoss" as const, "accuracy" as const);
    fc.assert(
      fc.property(fc.array(score, { minLength: 1, maxLength: 12 }), metric, (scores, name) => {
        const trials = scores.map((each, index) => ({ index, score: each }) as Trial<object>);
        const found = ranked(trials, name);
        expect(found.toSorted((a, b) => a.index - b.index)).toEqual(trials);
        const finite = found.filter((trial) => trial.score !== null).map((trial) => trial.score!);
        expect(found.slice(0, finite.length).every((trial) => trial.score !== null)).toBe(true);
        for (let i = 1; i < finite.length; i++) {
          expect(name === "accuracy" ? finite[i]! <= finite[i - 1]! : finite[i]! >= finite[i - 1]!).toBe(true);
        }
      }),
      { numRuns: cases(120, 300), seed: 1 },
    );
  });

  test("an infinite score is no score", () => {
    const labels = Array.from(y, (label, i) => (i === 30 ? "only once" : String(label)));
    const data = { X, y: labels };
    const { trials, best, fit } = search(({ l2 }) => softmaxRegression({ l2 }), data, {
      ranges: { l2: [1, 2] },
      folds: 3,
    });
    expect(trials.map(({ score, mean }) => [score, mean!.test.logLoss])).toEqual(Array(2).fill([null, Infinity]));
    expect(best).toBeNull();
    expect(() => fit()).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: search: a trial must have a finite logLoss, but none of 2 has. Pass another metric, such as "accuracy".]`,
    );
    const byAccuracy = { ranges: { l2: [1, 2] }, folds: 3, metric: "accuracy" } as const;
    expect(search(({ l2 }) => softmaxRegression({ l2 }), data, byAccuracy).best).not.toBeNull();
  });

  test("a search that ends early keeps the finished trials", () => {
    const whole = search(make, { X, y }, { ranges, trials: 3, folds: 2 });
    let steps = 0;
    for (const step of searchSteps(make, { X, y }, { ranges, trials: 3, folds: 2 })) {
      expect([step.finished, step.total, step.trial]).toEqual([steps + 1, 6, Math.floor(steps / 2)]);
      steps += 1;
      const { trials, best } = step.result();
      expect(trials.length).toBe(Math.floor(steps / 2));
      expect(best).toBe(trials[0] ?? null);
      if (steps === 5) {
        expect(trials).toEqual(whole.trials.filter(({ index }) => index < 2));
        break;
      }
    }
    expect(steps).toBe(5);
  });

  test("finished folds are not computed again, and the trials are the same", () => {
    let fits = 0;
    const counted = ({ l2 }: { l2: number }) => {
      const estimator = logisticRegression({ l2 });
      const fit: typeof estimator.fit = (...data) => {
        fits += 1;
        return estimator.fit(...data);
      };
      return { ...estimator, fit };
    };
    const own = { ranges: { l2: [0, 1e-3, 1] }, trials: 3, folds: 3 };
    const whole = search(counted, { X, y }, own);
    expect(fits).toBe(9);
    const steps = [...searchSteps(counted, { X, y }, own)];
    for (const done of [0, 1, 5, 9]) {
      fits = 0;
      const resume = steps.slice(0, done).map(({ fold }) => fold);
      const { trials, best, metric } = search(counted, { X, y }, { ...own, resume });
      expect(fits).toBe(9 - done);
      expect({ trials, best, metric }).toEqual({ trials: whole.trials, best: whole.best, metric: whole.metric });
    }
  });

  describe("threads", async () => {
    const pool = await threads();
    afterAll(() => pool.close());
    test("do not change a bit", () => {
      const large = blobs({
        n: 9000,
        centers: [
          [0, 0, 0, 0, 0, 0, 0, 0],
          [1, 1, 1, 1, 1, 1, 1, 1],
        ],
        seed: 1,
      }); // prettier-ignore
      const run = (own?: typeof pool) => {
        const { trials, fit } = search(
          ({ l2, hidden }) => networkClassifier({ l2, hidden, epochs: 3, batchSize: "full" }),
          large,
          {
            ranges: { l2: { from: 1e-4, to: 1, scale: "log" }, hidden: [[8], [16]] },
            trials: 2,
            folds: 2,
            threads: own,
          },
        );
        return JSON.stringify([trials, fit()]);
      };
      expect(run(pool)).toBe(run());
    });
  });

  test("the values are within their range, distinct and short; the logarithms are evenly distributed", () => {
    const found = randomTrials({ l2: { from: 1e-4, to: 1, scale: "log" } }, 2000, 7).map(({ l2 }) => l2 as number);
    expect(new Set(found).size).toBe(found.length);
    for (const value of found) {
      expect(value >= 1e-4 && value <= 1).toBe(true);
      expect(Number(value.toPrecision(3))).toBe(value);
    }
    const shares = [1e-3, 1e-2, 1e-1].map((limit) => found.filter((value) => value < limit).length / found.length);
    for (const [i, share] of shares.entries()) expect(Math.abs(share - (i + 1) / 4)).toBeLessThan(0.04); // 4 √(3/16 / 2000)
    const integers = randomTrials({ size: { from: 2, to: 5, integer: true } }, 20, 1).map(({ size }) => size);
    expect(integers.toSorted()).toEqual([2, 3, 4, 5]);
  });

  test("a grid has all combinations; lists with few combinations are tried completely", () => {
    const grid: Ranges = {
      l2: { from: 1e-4, to: 1, scale: "log" },
      hidden: [[16], [32]],
      size: { from: 0, to: 1, count: 3 },
    };
    expect(gridSize(grid)).toBe(30);
    const all = Array.from({ length: 30 }, (_, k) => gridTrial(grid, k));
    expect(all.slice(0, 4)).toEqual([
      { l2: 1e-4, hidden: [16], size: 0 },
      { l2: 1e-4, hidden: [16], size: 0.5 },
      { l2: 1e-4, hidden: [16], size: 1 },
      { l2: 1e-4, hidden: [32], size: 0 },
    ]);
    expect([...new Set(all.map(({ l2 }) => l2))]).toEqual([1e-4, 1e-3, 1e-2, 0.1, 1]);
    expect(new Set(all.map((values) => JSON.stringify(values))).size).toBe(30);
    const lists = { a: [1, 2], b: ["x", "y", "z"] };
    expect(randomTrials(lists, 20, 0).length).toBe(6);
    expect(new Set(randomTrials(lists, 4, 0).map((values) => JSON.stringify(values))).size).toBe(4);
  });

  test("ranges and options that are not allowed throw, and the advice works", () => {
    const run = (own: unknown, options: object = {}) =>
      search(
        (values) => logisticRegression(values as object),
        { X, y },
        { ranges: own as Ranges, folds: 2, ...options },
      );
    expect(() => run({})).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: search: ranges must have the values of at least one option, got an object. Pass { l2: [0.01, 0.1] }, for example.]`,
    );
    expect(() => run({ l2: [] })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: search: the list of "l2" must have at least one value, got none. Add a value, or leave out "l2".]`,
    );
    expect(() => run({ l2: { from: 0, to: 1, scale: "log" } })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: search: range "l2": from must be above 0 with scale: "log", got 0. Pass a small number such as 0.0001, or scale: "linear".]`,
    );
    expect(() => run({ l2: { from: 2, to: 1 } })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: search: range "l2": from must be below to, got 2 and 1. Exchange them, or pass a list.]`,
    );
    expect(() => run({ l2: { from: 0.5, to: 2, integer: true } })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: search: range "l2": from and to must be whole numbers with integer: true, got 0.5 and 2. Round them, or leave out integer.]`,
    );
    expect(() => run({ l2: { low: 0.5, to: 2 } })).toThrow('range "l2": member "low" is unknown');
    expect(() => run({ l2: [1, 2, 3] }, { method: "grid", trials: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: search: the grid has 3 combinations, and trials allows only 2. Pass trials: 3, shorter lists, or method: "random".]`,
    );
    expect(() => run({ l2: [1] }, { metric: "rSquared" })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: search: metric must be one of accuracy, balancedAccuracy, logLoss, f1, averagePrecision, rocArea, brierScore for this model, got "rSquared". Pass one of these.]`,
    );
    expect(() => run({ l2: [1] }, { metric: "recall" })).toThrow("metric must be one of accuracy, balancedAccuracy");
    expect(() => run({ depth: [1] })).toThrow('logisticRegression: option "depth" is unknown');
    expect(run({ l2: { from: 0.0001, to: 1, scale: "log" } }, { trials: 2 }).trials.length).toBe(2);
    expect(run({ l2: [1, 2, 3] }, { method: "grid", trials: 3 }).trials.length).toBe(3);
  });
});

describe("permutationImportance", () => {
  const noise = random(4);
  const rows = Array.from(y, (_, i) => ({ b: noise.normal(), a: X.data[2 * i]!, c: X.data[2 * i + 1]! }));

  test("a column that the model does not use has the importance 0, and the order of columns has no effect", () => {
    const model = linearRegression({ l1: 0.2 }).fit(rows, numbers);
    const { columns, metric, score } = permutationImportance(model, { X: rows, y: numbers }, { repeats: 3 });
    expect(metric).toBe("rootMeanSquaredError");
    expect(score).toBe(rootMeanSquaredError(model.predict(rows), numbers));
    expect(columns.map(({ column }) => column)).toEqual(["a", "c", "b"]);
    expect(columns[2]).toEqual({ column: "b", mean: 0, deviation: 0 });
    const reordered = rows.map(({ a, b, c }) => ({ a, b, c }));
    expect(permutationImportance(model, { X: reordered, y: numbers }, { repeats: 3 }).columns).toEqual(columns);
  });

  test("the default metric belongs to the model; another one can be passed", () => {
    const [svm, classifier] = [linearSvm({ epochs: 5 }).fit(X, y), logisticRegression().fit(X, y)];
    expect(permutationImportance(svm, { X, y }).metric).toBe("accuracy");
    expect(permutationImportance(classifier, { X, y }).metric).toBe("logLoss");
    expect(permutationImportance(classifier, { X, y }, { metric: "rocArea" }).columns[0]!.mean).toBeGreaterThan(0);
    expect(() => permutationImportance(svm, { X, y }, { metric: "logLoss" })).toThrow(
      "metric must be one of accuracy, balancedAccuracy, f1, averagePrecision, rocArea for this model",
    );
    expect(() => permutationImportance(svm, { X, y }, { repeats: 0 })).toThrow(RangeError);
    expect(() => permutationImportance(svm, { X, y: [1] })).toThrow("y must have one entry per row");
  });

  test("the seed decides the permutations", () => {
    const model = linearRegression().fit(X, numbers);
    const run = (seed: number) => permutationImportance(model, { X, y: numbers }, { seed });
    expect(run(1)).toEqual(run(1));
    expect(run(1).columns[0]!.mean).not.toBe(run(2).columns[0]!.mean);
  });
});
