import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matrixFromRows } from "../core/matrix.ts";
import { accuracy, classScores, logLoss, logLossOfScores } from "./classification.ts";
import { confusionMatrix } from "./confusionMatrix.ts";

const target = [..."aaaabbbcc"];
const prediction = [..."aaabbbacb"];
const someRows = fc.array(fc.tuple(fc.constantFrom(..."abcd"), fc.constantFrom(..."abcd")), {
  minLength: 1,
  maxLength: 50,
});

describe("accuracy", () => {
  test("examples by hand, with weights, for each type of label", () => {
    expect(accuracy(prediction, target)).toBe(6 / 9);
    expect(accuracy(["a", "b"], ["a", "a"], [3, 1])).toBe(0.75);
    expect(accuracy([true, false], [true, true])).toBe(0.5);
    expect(accuracy(Uint32Array.of(1, 2, 3), Float64Array.of(1, 2, 4))).toBe(2 / 3);
    expect(() => accuracy(["a"], ["a", "b"])).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: accuracy: prediction must have one entry per target (2), got 1. Pass lists of the same length.]`,
    );
  });
});

describe("confusionMatrix", () => {
  test("rows are true classes, columns predicted classes, both sorted", () => {
    expect(confusionMatrix(prediction, target)).toEqual({
      classes: ["a", "b", "c"],
      counts: [
        [3, 1, 0],
        [1, 2, 0],
        [0, 1, 1],
      ],
    });
  });

  test("a label that is only predicted has a row of zeros; classes can be passed", () => {
    expect(confusionMatrix([2, 10], [2, 2])).toEqual({
      classes: [2, 10],
      counts: [
        [1, 1],
        [0, 0],
      ],
    });
    expect(confusionMatrix([2, 2], [2, 2], [10, 2])).toEqual({
      classes: [10, 2],
      counts: [
        [0, 0],
        [0, 2],
      ],
    });
    expect(() => confusionMatrix([2, 3], [2, 2], [2])).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: confusionMatrix: labels must be among the classes (2), got 3. Remove the row, or add the label to classes.]`,
    );
    expect(() => confusionMatrix([2], [2], [2, 2])).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: confusionMatrix: classes must be distinct, got 2 of which 1 are distinct. Remove the repeats.]`,
    );
    expect(() => confusionMatrix([], [])).toThrow(RangeError);
  });

  test("counts add up to the rows, and the diagonal to the accuracy", () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const [guess, truth] = [rows.map(([p]) => p), rows.map(([, t]) => t)];
        const { classes, counts } = confusionMatrix(guess, truth);
        expect(counts.flat().reduce((sum, count) => sum + count, 0)).toBe(rows.length);
        expect(counts.reduce((sum, row, k) => sum + row[k]!, 0) / rows.length).toBe(accuracy(guess, truth));
        const mirrored = confusionMatrix(truth, guess).counts;
        classes.forEach((_, i) => {
          expect(counts[i]).toEqual(mirrored.map((row) => row[i]));
        });
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});

describe("classScores", () => {
  test("examples by hand", () => {
    const { perClass, macro } = classScores(prediction, target);
    expect(perClass).toEqual([
      { label: "a", precision: 3 / 4, recall: 3 / 4, f1: 6 / 8, support: 4 },
      { label: "b", precision: 2 / 4, recall: 2 / 3, f1: 4 / 7, support: 3 },
      { label: "c", precision: 1, recall: 1 / 2, f1: 2 / 3, support: 2 },
    ]);
    expect(macro.precision).toBeCloseTo(2.25 / 3, 15);
    expect(macro.recall).toBeCloseTo((3 / 4 + 2 / 3 + 1 / 2) / 3, 15);
    expect(macro.f1).toBeCloseTo((6 / 8 + 4 / 7 + 2 / 3) / 3, 15);
  });

  test("0/0 is NaN, never 0", () => {
    const { perClass, macro } = classScores(["a", "a"], ["a", "b"], ["a", "b", "c"]);
    expect(perClass[1]).toEqual({ label: "b", precision: Number.NaN, recall: 0, f1: 0, support: 1 });
    expect(perClass[2]).toEqual({ label: "c", precision: Number.NaN, recall: Number.NaN, f1: Number.NaN, support: 0 });
    expect(macro).toEqual({ precision: Number.NaN, recall: Number.NaN, f1: Number.NaN });
    expect(classScores(["b"], ["a"]).perClass[1]!.recall).toBeNaN();
  });

  test("F1 is the harmonic mean of precision and recall; support counts the rows", () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const { perClass } = classScores(
          rows.map(([p]) => p),
          rows.map(([, t]) => t),
        );
        expect(perClass.reduce((sum, { support }) => sum + support, 0)).toBe(rows.length);
        for (const { precision, recall, f1 } of perClass) {
          if (precision > 0 && recall > 0) expect(f1).toBeCloseTo(2 / (1 / precision + 1 / recall), 14);
          else expect(f1).toBe(0);
        }
      }),
      { numRuns: 200, seed: 2 },
    );
  });
});

describe("logLoss", () => {
  const probabilities = matrixFromRows([
    [0.5, 0.25, 0.25],
    [0.125, 0.75, 0.125],
    [0, 0, 1],
  ]);

  test("examples by hand", () => {
    expect(logLoss(probabilities, ["x", "z", "z"], ["x", "y", "z"])).toBeCloseTo((4 * Math.LN2) / 3, 15);
    expect(logLoss(probabilities, ["x", "z", "z"], ["x", "y", "z"], [3, 1, 0])).toBeCloseTo((6 * Math.LN2) / 4, 15);
    expect(logLoss(matrixFromRows([[0.2, 0.8]]), [true], [false, true])).toBeCloseTo(-Math.log(0.8), 15);
  });

  test("probability 0 for a true label gives Infinity, unless the row has weight 0", () => {
    expect(logLoss(probabilities, ["x", "z", "x"], ["x", "y", "z"])).toBe(Infinity);
    expect(logLoss(probabilities, ["x", "z", "x"], ["x", "y", "z"], [1, 1, 0])).toBeCloseTo(2 * Math.LN2, 15);
  });

  test("the class frequencies are the best constant prediction; their loss is the entropy", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 40 }), (labels) => {
        const shares = [0, 1, 2].map((k) => labels.filter((label) => label === k).length / labels.length);
        const loss = (row: number[]) => logLoss(matrixFromRows(labels.map(() => row)), labels, [0, 1, 2]);
        const entropy = shares.reduce((sum, share) => (share > 0 ? sum - share * Math.log(share) : sum), 0);
        expect(Math.abs(loss(shares) - entropy)).toBeLessThan(1e-14);
        expect(loss([1 / 3, 1 / 3, 1 / 3])).toBeGreaterThanOrEqual(entropy - 1e-14);
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  test("wrong shapes, scores and unknown labels throw", () => {
    const classes = ["x", "y", "z"];
    expect(() => logLoss(probabilities, ["x", "z"], classes)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: logLoss: prediction must have one entry per target (2), got 3. Pass lists of the same length.]`,
    );
    expect(() => logLoss(probabilities, ["x", "z", "z"], ["x", "z"])).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: logLoss: classes must have one entry per column of probabilities (3), got 2. Pass lists of the same length.]`,
    );
    expect(() => logLoss(probabilities, ["x", "z", "q"], classes)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: logLoss: labels must be among the classes ("x", "y", "z"), got "q". Remove the row, or add the label to classes.]`,
    );
    expect(() => logLoss(matrixFromRows([[2, -1]]), ["x"], ["x", "y"])).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: logLoss: probabilities must be at least 0 and add up to 1 in each row, got 2, -1 in row 0. Pass probabilities, not scores.]`,
    );
    expect(() => logLoss(matrixFromRows([[0.4, 0.5]]), ["x"], ["x", "y"])).toThrow(RangeError);
  });
});

describe("logLossOfScores", () => {
  const loss = (rows: number[][], target: string[], classes = ["x", "y", "z"], weights?: number[]) =>
    logLossOfScores(matrixFromRows(rows), target, classes, weights);

  test("is the log loss of the softmax of the scores", () => {
    const someScores = fc.array(fc.tuple(...[0, 1, 2].map(() => fc.double({ min: -20, max: 20, noNaN: true }))), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(someScores, fc.infiniteStream(fc.constantFrom("x", "y", "z")), (rows, labels) => {
        const target = rows.map(() => labels.next().value);
        const shares = rows.map((row) => {
          const powers = row.map((s) => Math.exp(s - Math.max(...row)));
          const sum = powers.reduce((a, b) => a + b);
          return powers.map((power) => power / sum);
        });
        const expected = logLoss(matrixFromRows(shares), target, ["x", "y", "z"]);
        expect(Math.abs(loss(rows, target) - expected)).toBeLessThanOrEqual(1e-13 * (1 + expected));
        const shifted = rows.map((row) => row.map((s) => s + 1000));
        expect(loss(shifted, target)).toBeCloseTo(expected, 9);
      }),
      { numRuns: 200, seed: 4 },
    );
  });

  test("is accurate if a probability would be rounded to 0 or 1", () => {
    expect(loss([[1000, 0, 0]], ["y"])).toBe(1000);
    expect(loss([[1e300, -1e300, 0]], ["y"])).toBe(2e300);
    expect(loss([[0, -50, -50]], ["x"])).toBeCloseTo(2 * Math.exp(-50), 35);
    expect(loss([[1e308, -1e308, 0]], ["y"])).toBe(Infinity);
    expect(loss([[-1e308, -1e308, -1e308]], ["y"])).toBeCloseTo(Math.log(3), 15);
  });

  test("one column is the score of the second of two classes", () => {
    const one = (scores: number[], target: string[]) =>
      loss(
        scores.map((z) => [z]),
        target,
        ["no", "yes"],
      );
    expect(one([2], ["yes"])).toBeCloseTo(Math.log1p(Math.exp(-2)), 15);
    expect(one([2], ["no"])).toBeCloseTo(2 + Math.log1p(Math.exp(-2)), 15);
    expect(one([800], ["no"])).toBe(800);
    expect(one([-800, 800], ["no", "yes"])).toBe(0);
    expect(one([-1e308], ["yes"])).toBe(1e308);
    expect(one([3, -1], ["no", "yes"])).toBe(
      loss(
        [
          [0, 3],
          [0, -1],
        ],
        ["no", "yes"],
        ["no", "yes"],
      ),
    );
  });

  test("uses weights, and ignores rows of weight 0", () => {
    expect(
      loss(
        [
          [1000, 0, 0],
          [0, 0, 0],
        ],
        ["y", "x"],
        ["x", "y", "z"],
        [0, 2],
      ),
    ).toBeCloseTo(Math.log(3), 15);
  });

  test("throws for arguments that are not scores with labels", () => {
    expect(() => loss([[1, 2]], ["x"])).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: logLossOfScores: classes must have one entry per column of scores (2), got 3. Pass lists of the same length.]`,
    );
    expect(() => loss([[1]], ["x"])).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: logLossOfScores: classes must have one entry per column of scores (1), got 3. Pass lists of the same length.]`,
    );
    expect(() => loss([[1, Number.NaN, 0]], ["x"])).toThrow(RangeError);
    expect(() => loss([[1, 2, 0]], ["q"])).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: logLossOfScores: labels must be among the classes ("x", "y", "z"), got "q". Remove the row, or add the label to classes.]`,
    );
    expect(() => loss([[1, 2, 0]], ["x", "y"])).toThrow(RangeError);
  });
});
