// The meaning of the numbers of a fitted model: scores, probabilities, coefficients, scaling, weights, labels, l1.
import { describe, expect, test } from "vitest";
import type { Label } from "../src/core/label.ts";
import { takeRows } from "../src/core/matrix.ts";
import {
  linearRegression,
  logisticRegression,
  nesterov,
  networkRegression,
  plain,
  softmaxRegression,
} from "../src/index.ts";
import { answers, distance, outputs, rowsOf, trials } from "./estimatorTrial.ts";

const full = { optimizer: plain(0.05), batchSize: "full", epochs: 40 } as const;

describe.each(trials.filter(({ classes }) => classes > 0))(
  "$name",
  ({ X, y, make, probabilistic, classes, convex, name }) => {
    const fitted = make(full).fit(X, y);
    const scores = fitted.scores!(X);
    const k = scores.columns;

    test("predict is the class of the highest score, or the sign of a single score", () => {
      expect(k).toBe(classes === 2 && fitted.kind !== "softmax" ? 1 : classes);
      const expected = y.map((_, i) => {
        const own = [...scores.data.subarray(i * k, i * k + k)];
        return fitted.classes![k === 1 ? Number(own[0]! > 0) : own.indexOf(Math.max(...own))];
      });
      expect(fitted.predict(X)).toEqual(expected);
      // 40 steps are enough for a convex model, but not for a network
      if (convex) expect(expected.filter((label, i) => label === y[i]).length).toBeGreaterThan(0.6 * y.length);
    });

    test.runIf(probabilistic)(
      "probabilities are computed from the scores, add up to 1, and are largest for the predicted class",
      () => {
        const { data, columns } = fitted.probabilities!(X);
        expect(columns).toBe(classes);
        const predicted = fitted.predict(X);
        for (let i = 0; i < X.rows; i++) {
          const p = [...data.subarray(i * classes, (i + 1) * classes)];
          const z = [...(k === 1 ? [0] : []), ...scores.data.subarray(i * k, i * k + k)];
          const total = z.reduce((sum, each) => sum + Math.exp(each), 0);
          // exp of two programs may differ by a few ulp; scores stay below 10
          expect(
            distance(
              p,
              z.map((each) => Math.exp(each) / total),
            ),
          ).toBeLessThan(1e-14);
          expect(Math.abs(p.reduce((a, b) => a + b) - 1)).toBeLessThan(1e-15 * classes);
          expect(fitted.classes![p.indexOf(Math.max(...p))]).toBe(predicted[i]);
        }
      },
    );

    test.runIf(!probabilistic)("a model with the hinge throws for probabilities", () => {
      expect(() => fitted.probabilities!(X)).toThrow(
        /^probabilities: the model must have probabilities, got a linearSvm\. /,
      );
    });

    test("predictions have the labels of the targets: strings, numbers, booleans, in order", () => {
      const names = ["ant", "bee", "cat"];
      const asNumbers = y.map((label) => 10 - names.indexOf(label as string));
      expect(make(full).fit(X, asNumbers).classes).toEqual([8, 9, 10].slice(-classes));
      expect(answers(make(full).fit(X, asNumbers), X).every(Number.isFinite)).toBe(true);
      const mixed: Label[] = [true, 7, "x"];
      const y3 = y.map((label) => mixed[names.indexOf(label as string)]!);
      const other = make(full).fit(X, y3);
      expect(other.classes).toEqual(mixed.slice(0, classes));
      expect(other.predict(X)).toEqual((fitted.predict(X) as string[]).map((label) => mixed[names.indexOf(label)]));
    });

    test("scores have the order of the option classes, also if the rows lack a class", () => {
      const classes = [...fitted.classes!].reverse();
      const turned = make({ ...full, classes }).fit(X, y);
      expect(turned.classes).toEqual(classes);
      if (convex) expect(turned.predict(X)).toEqual(fitted.predict(X)); // a network has a random start with any order of the classes
      if (k === 1)
        expect(
          distance(
            turned.scores!(X).data,
            scores.data.map((z) => -z),
          ),
        ).toBeLessThan(1e-12);
      const first = y.flatMap((label, i) => (label === "ant" ? [i] : []));
      const one = rowsOf({ X, y }, first);
      const wide = make({ ...full, classes: fitted.classes! }).fit(one.X, one.y);
      expect(new Set(wide.predict(one.X) as Label[])).toEqual(new Set(["ant"]));
      const bee = rowsOf({ X, y }, [1]);
      expect(wide.partialFit(bee.X, bee.y).classes).toEqual(fitted.classes);
      expect(() => fitted.partialFit(bee.X, ["dog"])).toThrow(
        /^partialFit: labels must be among the classes .*, got "dog"\. /,
      );
    });

    test("balanced class weights are n / (classes · rows of the class), as weights by name are", () => {
      const rows = y.flatMap((label, i) => (label === "ant" || i % 5 < 2 ? [i] : []));
      const part = rowsOf({ X, y }, rows);
      const count = (name: Label) => part.y.filter((label) => label === name).length;
      const weights = Object.fromEntries(fitted.classes!.map((c) => [c, rows.length / (classes * count(c))]));
      const balanced = make({ ...full, classWeights: "balanced" }).fit(part.X, part.y);
      const byName = make({ ...full, classWeights: weights as Record<string, number> }).fit(part.X, part.y);
      const perRow = part.y.map((label) => weights[String(label)]!);
      const asSamples = make(full).fit(part.X, part.y, { weights: perRow });
      expect(distance(byName.params(), balanced.params())).toBeLessThan(1e-13);
      expect(distance(asSamples.params(), balanced.params())).toBeLessThan(1e-13);
      expect(distance(make(full).fit(part.X, part.y).params(), balanced.params())).toBeGreaterThan(1e-3);
      const twice = make({ ...full, classWeights: weights as Record<string, number> });
      const squared = make(full).fit(part.X, part.y, { weights: perRow.map((w) => w * w) });
      expect(distance(twice.fit(part.X, part.y, { weights: perRow }).params(), squared.params())).toBeLessThan(1e-13);
    });

    test("one row per class, one feature, a constant column, two classes with equal rows", () => {
      const first = [...Array(classes).keys()].map((c) => y.indexOf(["ant", "bee", "cat"][c]!));
      const subset = rowsOf({ X, y }, first);
      const steep = { ...full, epochs: 400, l2: 0.001, optimizer: plain(name.includes("network") ? 0.3 : 0.05) };
      expect(make(steep).fit(subset.X, subset.y).predict(subset.X)).toEqual(subset.y);
      const column = { data: X.data.filter((_, at) => at % 3 === 0), rows: X.rows, columns: 1 };
      expect(answers(make(full).fit(column, y), column).every(Number.isFinite)).toBe(true);
      const same = { data: new Float64Array(2 * X.rows).fill(1e15 + 0.5), rows: X.rows, columns: 2 };
      const blind = make(full).fit(same, y);
      expect(new Set(blind.predict(same) as Label[]).size).toBe(1);
      expect(outputs(blind, same).every((z) => Math.abs(z) < 10)).toBe(true);
    });
  },
);

describe.each(trials)("$name", ({ name, X, y, make, linear, mean, tuned }) => {
  test("shifted and scaled columns change predictions only by rounding", () => {
    const moved = { ...X, data: X.data.map((x, at) => x * [1e-3, 512, -7][at % 3]! + [5, 0, -2][at % 3]!) };
    const [a, b] = [make(full).fit(X, y), make(full).fit(moved, y)];
    // −7 changes the sign of the column, but not of the random start of a network
    if (linear) expect(distance(outputs(b, moved), outputs(a, X))).toBeLessThan(1e-11);
    const straight = { ...X, data: X.data.map((x, at) => x * [1e-3, 512, 7][at % 3]! + [5, 0, -2][at % 3]!) };
    expect(distance(outputs(make(full).fit(straight, y), straight), outputs(a, X))).toBeLessThan(1e-11);
  });

  test.runIf(linear)("coefficients and intercepts are in the user's units", () => {
    for (const standardize of [true, false]) {
      const scaled = { ...X, data: X.data.map((x, at) => (standardize ? x : x / [130, 0.01, 4][at % 3]!)) };
      const fitted = make({ ...full, standardize }).fit(scaled, y);
      const { coefficients, intercepts } = fitted;
      const k = intercepts!.length;
      expect([coefficients!.rows, coefficients!.columns]).toEqual([k, 3]);
      const z = Float64Array.from({ length: X.rows * k }, (_, at) => {
        const [i, c] = [Math.floor(at / k), at % k];
        let sum = intercepts![c]!;
        for (let j = 0; j < 3; j++) sum += coefficients!.data[3 * c + j]! * scaled.data[3 * i + j]!;
        return sum;
      });
      expect(distance(mean ? z.map(mean) : z, outputs(fitted, scaled))).toBeLessThan(1e-12);
    }
  });

  // Weights do not affect the standardization, so rows and their copies are compared without it.
  const plainly = { ...full, l2: 0.05, standardize: false } as const;
  const near = { ...X, data: X.data.map((x, at) => (x - [100, 0, -4][at % 3]!) / [30, 0.01, 1][at % 3]!) };
  const target = typeof y[0] === "number" && !mean ? y.map((t) => (Number(t) - 40) / 5) : y;

  // The width of these losses comes from a first fit, and their slopes are steep: they multiply its rounding errors.
  const sameRun = /absolute|quantile|huber/.test(name) ? 1e-9 : 1e-12;

  test("weight 2 counts a row twice, weight 0 leaves it out, and only ratios of weights matter", () => {
    const counts = target.map((_, i) => [1, 2, 0, 1][i % 4]!);
    const rows = counts.flatMap((count, i) => Array<number>(count).fill(i));
    const copies = rowsOf({ X: near, y: target }, rows);
    const byWeights = make(plainly).fit(near, target, { weights: counts });
    const byCopies = make(plainly).fit(copies.X, copies.y);
    const threefold = make(plainly).fit(near, target, { weights: counts.map((count) => 3 * count) });
    expect(distance(byWeights.params(), byCopies.params())).toBeLessThan(sameRun);
    expect(distance(threefold.params(), byWeights.params())).toBeLessThan(sameRun);
    expect(distance(byWeights.history.objective!, byCopies.history.objective!)).toBeLessThan(sameRun);
    expect(distance(make(plainly).fit(near, target).params(), byWeights.params())).toBeGreaterThan(1e-3);
    const [p, q] = [byWeights, byCopies].map((fitted) =>
      fitted.partialFit(near, target, { weights: counts, epochs: 3 }),
    );
    expect(distance(p!.params(), q!.params())).toBeLessThan(10 * sameRun); // further updates multiply the difference
  });

  test.runIf(!tuned)("the history's last objective is the formula at the end", () => {
    const fitted = make({ ...plainly, l2: 0.3 }).fit(near, target);
    const without = make({ ...plainly, l2: 0, epochs: 1, start: fitted.params() }).fit(near, target);
    // the first batch loss of a run from these parameters with l2 = 0 is the mean loss without penalty
    const penalty = fitted.history.objective!.at(-1)! - without.history.batchLoss[0]!;
    if (!linear) return expect(penalty).toBeGreaterThan(0);
    const W = fitted.params().subarray(0, fitted.coefficients!.data.length);
    const squares = W.reduce((sum, w) => sum + w * w, 0);
    return expect(Math.abs(penalty - 0.15 * squares)).toBeLessThan(1e-13);
  });
});

describe("l1 makes weights exactly 0; a larger l1 more of them", () => {
  const regression = trials.find(({ kind }) => kind === "linear")!;
  const two = trials.find(({ kind }) => kind === "logistic")!;
  const three = trials.find(({ kind }) => kind === "softmax")!;
  test.each([
    [
      "linear",
      (l1: number) => linearRegression({ ...full, l1, l2: 0, epochs: 500 }).fit(regression.X, regression.y as number[]),
      20,
    ],
    ["logistic", (l1: number) => logisticRegression({ ...full, l1, l2: 0, epochs: 500 }).fit(two.X, two.y), 1],
    ["softmax", (l1: number) => softmaxRegression({ ...full, l1, l2: 0, epochs: 500 }).fit(three.X, three.y), 1],
  ] as const)("%s", (_, fit, enough) => {
    const zeros = [0, 0.05 * enough, enough].map((l1) => fit(l1).coefficients.data.filter((w) => w === 0).length);
    const size = fit(0).coefficients.data.length;
    expect(zeros[0]).toBe(0);
    expect(zeros[1]).toBeGreaterThan(0);
    expect(zeros[1]).toBeLessThan(size);
    expect(zeros[2]).toBe(size);
  });
});

describe("a network's target", () => {
  const { X, y } = trials.find(({ name }) => name === "networkRegression")!;
  const numbers = y as number[];
  const options = { ...full, hidden: [4] };

  test("is standardized as the columns are; predictions have its shift and scale", () => {
    const a = networkRegression(options).fit(X, numbers);
    const b = networkRegression(options).fit(
      X,
      numbers.map((t) => 1024 * t - 3),
    );
    expect(
      distance(
        b.predict(X),
        a.predict(X).map((z) => 1024 * z - 3),
      ),
    ).toBeLessThan(1e-12);
  });

  test("is not standardized with standardize: false", () => {
    const near = { ...X, data: X.data.map((x, at) => (x - [100, 0, -4][at % 3]!) / [30, 0.01, 1][at % 3]!) };
    const bare = networkRegression({ ...options, standardize: false, start: "zeros", epochs: 1 });
    // from zero, one step changes only the last intercept, by learning rate · mean y
    const mean = numbers.reduce((a, b) => a + b) / numbers.length;
    expect(
      distance(
        bare.fit(near, numbers).predict(near),
        numbers.map(() => 0.05 * mean),
      ),
    ).toBeLessThan(1e-14);
  });

  test("is standardized by the training rows only, if there are validation rows", () => {
    const share = { validation: { share: 0.25, patience: 50 } };
    const { body } = networkRegression({ ...options, stop: share })
      .fit(X, numbers)
      .toJSON() as {
      body: { targetScaling: unknown; scaling: unknown };
    };
    // with the first column of X as the target both scalings have the same numbers
    const column = X.data.filter((_, at) => at % 3 === 0);
    const one = { data: column, rows: X.rows, columns: 1 };
    const same = networkRegression({ ...options, stop: share })
      .fit(one, column)
      .toJSON() as { body: typeof body };
    expect(same.body.targetScaling).toEqual(same.body.scaling);
    expect(body.targetScaling).not.toBeNull();
  });

  test("can be constant", () => {
    const fitted = networkRegression(options).fit(
      X,
      numbers.map(() => 7),
    );
    expect(distance(fitted.predict(takeRows(X, [0])), [7])).toBeLessThan(0.5);
  });
});

test("two equal columns have equal weights; a constant column has weight 0", () => {
  const { X, y } = trials.find(({ kind }) => kind === "linear")!;
  const doubled = {
    data: Float64Array.from({ length: 3 * X.rows }, (_, at) => (at % 3 === 2 ? 1e9 + 0.1 : X.data[at - (at % 3)]!)),
    rows: X.rows,
    columns: 3,
  };
  const optimizer = nesterov(0.1);
  const { coefficients } = linearRegression({ optimizer, epochs: 500 }).fit(doubled, y as number[]);
  expect(coefficients.data[0]).toBe(coefficients.data[1]);
  expect(coefficients.data[0]).not.toBe(0);
  expect(coefficients.data[2]).toBe(0);
});
