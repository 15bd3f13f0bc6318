// The charts of cells, bars, rates and pairs.

import { describe, expect, test } from "vitest";
import { scene } from "../draw.ts";
import type { RectsMark, Scene, TextMark } from "../scene/scene.ts";
import { coefficients } from "./coefficients.ts";
import { confusionMatrix } from "./confusionMatrix.ts";
import { predictedVsActual } from "./predictedVsActual.ts";
import { ratingMatrices } from "./ratingMatrices.ts";
import { roc } from "./roc.ts";
import { scatterLine } from "./scatterLine.ts";

const texts = ({ marks }: Scene): string[] =>
  marks.filter((mark): mark is TextMark => mark.kind === "text").map(({ text }) => text);
const sentence = ({ a11y }: Scene): string => a11y.caption;
const rects = ({ marks }: Scene): RectsMark[] => marks.filter((mark): mark is RectsMark => mark.kind === "rects");

test("confusionMatrix writes counts and row shares, and colours by the share", () => {
  const drawn = scene(confusionMatrix({ title: "Confusion", classes: ["a", "b"], counts: [30, 10, 0, 0] }));
  expect(texts(drawn)).toEqual(expect.arrayContaining(["30", "75 %", "10", "25 %", "0", "0 %"]));
  expect(rects(drawn).length).toBe(4);
  expect(drawn.axes[2]!.domain).toEqual([0, 100]);
  expect(sentence(drawn)).toBe("True against predicted class for 2 classes: 30 of 40 right (75.0 %).");
  expect(() => confusionMatrix({ title: "", classes: ["a", "b"], counts: [1, 2, 3] })).toThrow(
    /counts must have 4 values/,
  );
  expect(() => confusionMatrix({ title: "", classes: ["a"], counts: [-1] })).toThrow(
    /counts\[0\] must be at least 0, got -1/,
  );
});

describe("ratingMatrices", () => {
  const values = [1, 2, Number.NaN, 4, 5, 3];
  const drawn = scene(
    ratingMatrices({ title: "Ratings", matrices: [{ name: "Observed", rows: 2, columns: 3, values }] }),
  );
  test("hatches what is missing and writes what there is room for", () => {
    const hatched = rects(drawn).filter(({ hatch }) => hatch !== undefined);
    expect(hatched.map(({ cells }) => cells.length)).toEqual([1]);
    expect(texts(drawn)).toEqual(
      expect.arrayContaining(["1", "2", "4", "5", "3", "Item index", "User index", "Observed"]),
    );
    expect(drawn.a11y.table.rows.length).toBe(5);
    expect(sentence(drawn)).toBe("Observed: 2 by 3, 5 of 6 cells filled. Values from 1 to 5.");
  });
  test("neighbours of one colour are one rectangle", () => {
    const many = Float64Array.from({ length: 3600 }, (_, i) => Math.floor(i / 20) % 7);
    const big = scene(
      ratingMatrices({ title: "Big", matrices: [{ name: "All", rows: 60, columns: 60, values: many }] }),
    );
    expect(rects(big).length).toBe(7);
    expect(rects(big).reduce((sum, { cells }) => sum + cells.length, 0)).toBe(180);
  });
  test("more than 4000 cells are drawn as means, and it is said", () => {
    const many = Float64Array.from({ length: 500 * 20 }, (_, i) => (Math.floor(i / 20) % 3 === 0 ? 6 : i % 20));
    const big = scene(
      ratingMatrices({ title: "Big", matrices: [{ name: "All", rows: 500, columns: 20, values: many }] }),
    );
    const cells = rects(big).flatMap((mark) => mark.cells);
    expect(new Set(cells.map(([, y]) => y)).size).toBe(167);
    expect(JSON.stringify(big.marks)).toContain("Each cell is the mean of the ratings in 3 by 1.");
  });
  test("refuses infinite ratings, and none at all", () => {
    const one = (value: number) => () =>
      ratingMatrices({ title: "", matrices: [{ name: "", rows: 1, columns: 1, values: [value] }] });
    expect(one(Number.POSITIVE_INFINITY)).toThrow(/values\[0\] must be finite or NaN, got Infinity/);
    expect(one(Number.NaN)).toThrow(/matrices must hold at least one rating, got none/);
  });
});

test("roc computes the area and names it in the legend", () => {
  const drawn = scene(
    roc({
      title: "ROC",
      curves: [{ name: "model", falsePositiveRate: [0, 0, 0.5, 1], truePositiveRate: [0, 0.5, 1, 1] }],
    }),
  );
  expect(drawn.legend.map(({ name }) => name)).toEqual(["model (area 0.875)", "chance (area 0.5)"]);
  const [x, y] = drawn.axes;
  expect(x!.pixels[1] - x!.pixels[0]).toBeCloseTo(y!.pixels[0] - y!.pixels[1], 9);
  expect(() =>
    roc({ title: "", curves: [{ name: "", falsePositiveRate: [0, 1], truePositiveRate: [0, 0.9] }] }),
  ).toThrow(/truePositiveRate must run from 0 to 1, got 0 to 0\.9/);
  expect(() =>
    roc({ title: "", curves: [{ name: "", falsePositiveRate: [0, 0.5, 0.4, 1], truePositiveRate: [0, 0, 0, 1] }] }),
  ).toThrow(/falsePositiveRate\[2\] must not fall, got 0\.4/);
});

describe("coefficients", () => {
  test("bars go to the side of their sign, sorted as asked", () => {
    const drawn = scene(
      coefficients({ title: "Weights", names: ["a", "b", "c"], values: [0.5, -2, 1], sort: "magnitude" }),
    );
    expect(drawn.a11y.table.rows.map(([name]) => name)).toEqual(["b", "c", "a"]);
    const [positive, negative] = rects(drawn);
    const [from, to] = drawn.axes[0]!.pixels;
    const [low, high] = drawn.axes[0]!.domain;
    const zero = from + ((0 - low) / (high - low)) * (to - from);
    expect(positive!.cells.map(([x]) => x)).toEqual([zero, zero]);
    expect(negative!.cells[0]![0] + negative!.cells[0]![2]).toBeCloseTo(zero, 9);
    expect(negative!.cells[0]![1]).toBeLessThan(positive!.cells[0]![1]);
    expect(sentence(drawn)).toBe("3 coefficients; the largest in size is b with −2.");
  });
  test("sixty-four names are all there; on too low a drawing the smallest are left out and said to be", () => {
    const names = Array.from({ length: 64 }, (_, i) => `feature ${i}`);
    const spec = coefficients({ title: "Many", names, values: names.map((_, i) => i - 20) });
    expect(texts(scene(spec)).filter((text) => text.startsWith("feature")).length).toBe(64);
    const low = scene(spec, { height: 300 });
    const shown = texts(low).filter((text) => text.startsWith("feature"));
    expect(shown.length).toBeGreaterThan(8);
    expect(shown).toContain("feature 63");
    expect(JSON.stringify(low.marks)).toContain(`The ${64 - shown.length} smallest are left out.`);
  });
});

test("predictedVsActual has equal axes, and the score in words", () => {
  const drawn = scene(predictedVsActual({ title: "Fit", actual: [1, 2, 3], predicted: [1, 2, 4], residuals: true }));
  expect(drawn.axes[0]!.domain).toEqual(drawn.axes[1]!.domain);
  expect(sentence(drawn)).toBe("3 predictions; root mean squared error 0.5774, R² 0.5.");
  expect(drawn.a11y.table.rows[2]).toEqual([3, 4, -1]);
});

test("options are checked where they are given", () => {
  expect(() => coefficients({ title: "", names: ["a"], values: [1], sort: "size" as "value" })).toThrow(
    'coefficients: sort must be "given" or "magnitude" or "value", got "size". Choose one of these.',
  );
  expect(() => coefficients({ title: "", names: ["a", 2 as unknown as string], values: [1, 2] })).toThrow(
    "coefficients: names[1] must be text, got 2. Pass a text.",
  );
  expect(() => roc({ curves: [] } as unknown as Parameters<typeof roc>[0])).toThrow(
    new TypeError("roc: title must be text, got null. Pass a text."),
  );
});

describe("predictedVsActual of many examples", () => {
  const actual = Float64Array.from({ length: 2001 }, (_, i) => i % 97);
  const predicted = actual.map((value, i) => value + (i % 3));
  const sticks = ({ legend }: Scene): boolean => legend.some(({ name }) => name === "residual");

  test("draws no residuals above 2,000 points, has no legend entry for them, and says so", () => {
    const some = { actual: actual.subarray(1), predicted: predicted.subarray(1) };
    expect(sticks(scene(predictedVsActual({ title: "Fit", ...some, residuals: true })))).toBe(true);
    const drawn = scene(predictedVsActual({ title: "Fit", actual, predicted, residuals: true }));
    expect(sticks(drawn)).toBe(false);
    expect(drawn.marks.some((mark) => mark.kind === "path" && mark.series === 1)).toBe(false);
    const remark = "Residuals are not drawn for more than 2,000 points.";
    expect(sentence(drawn)).toContain(remark);
    expect(JSON.stringify(drawn.marks)).toContain(remark);
  });

  test("says the score of all examples where the points are a sample of them", () => {
    const score = { count: 10_000, rootMeanSquaredError: 3.25, rSquared: 0.75 };
    expect(sentence(scene(predictedVsActual({ title: "Fit", actual, predicted, score })))).toBe(
      "10,000 predictions, of which 2,001 are drawn; root mean squared error 3.25, R² 0.75.",
    );
    expect(() => predictedVsActual({ title: "", actual, predicted, score: { ...score, count: 7 } })).toThrow(
      "predictedVsActual: score.count must be a whole number from 2001, the number of points, got 7. Pass the score of all examples, or leave it out.",
    );
  });
});

test("scatterLine says its equation and refuses half a point", () => {
  const drawn = scene(scatterLine({ title: "Fit", x: [0, 1, 2], y: [1, 3, 5], line: { slope: 2, intercept: -0.25 } }));
  expect(sentence(drawn)).toBe("3 points of y against x with the fitted line: y = 2 x − 0.25.");
  expect(drawn.legend.map(({ name }) => name)).toEqual(["data", "fitted line"]);
  expect(() => scatterLine({ title: "", x: [1, 2], y: [1] })).toThrow(/y must have 2 values, as x says, got 1/);
  expect(() => scatterLine({ title: "", x: [1], y: [1], line: { x: [1], y: [1] } })).toThrow(
    /line\.x must have at least two values, got 1/,
  );
});
