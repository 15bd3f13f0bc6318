// The charts of cells, bars, curves and points.

import { describe, expect, test } from "vitest";
import { ramps } from "../color/ramps.ts";
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

test("confusionMatrix writes counts and shares of the row; the colour is the share", () => {
  const drawn = scene(confusionMatrix({ title: "Confusion", classes: ["a", "b"], counts: [30, 10, 0, 0] }));
  expect(texts(drawn)).toEqual(expect.arrayContaining(["30", "75 %", "10", "25 %", "0", "0 %"]));
  expect(rects(drawn).length).toBe(4);
  expect(drawn.axes[2]!.domain).toEqual([0, 100]);
  expect(sentence(drawn)).toBe(
    "True against predicted class for 2 classes. 30 of 40 examples are predicted correctly (75.0 %).",
  );
  expect(() => confusionMatrix({ title: "", classes: ["a", "b"], counts: [1, 2, 3] })).toThrow(
    /counts must have as many values as classes × classes \(4\), got 3/,
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
  test("hatches cells without a rating, and writes the ratings in the other cells", () => {
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
  test("more than 4,000 cells are drawn as means, and a remark states this", () => {
    const many = Float64Array.from({ length: 500 * 20 }, (_, i) => (Math.floor(i / 20) % 3 === 0 ? 6 : i % 20));
    const big = scene(
      ratingMatrices({ title: "Big", matrices: [{ name: "All", rows: 500, columns: 20, values: many }] }),
    );
    const cells = rects(big).flatMap((mark) => mark.cells);
    expect(new Set(cells.map(([, y]) => y)).size).toBe(167);
    expect(JSON.stringify(big.marks)).toContain("Each cell is the mean of the ratings in 3 by 1.");
  });
  test("throws for infinite ratings, and where there is no rating", () => {
    const one = (value: number) => () =>
      ratingMatrices({ title: "", matrices: [{ name: "", rows: 1, columns: 1, values: [value] }] });
    expect(one(Number.POSITIVE_INFINITY)).toThrow(
      /values\[0\] must be NaN, or finite and at most 1e300 in magnitude, got Infinity/,
    );
    expect(one(Number.NaN)).toThrow(/matrices must hold at least one rating, got none/);
  });
});

test("roc computes the area under each curve; it is in the legend", () => {
  const drawn = scene(
    roc({
      title: "ROC",
      curves: [{ name: "model", falsePositiveRate: [0, 0, 0.5, 1], truePositiveRate: [0, 0.5, 1, 1] }],
    }),
  );
  expect(drawn.legend.map(({ name }) => name)).toEqual(["model (area 0.875)", "random guessing (area 0.5)"]);
  const [x, y] = drawn.axes;
  expect(x!.pixels[1] - x!.pixels[0]).toBeCloseTo(y!.pixels[0] - y!.pixels[1], 9);
  expect(() =>
    roc({ title: "", curves: [{ name: "", falsePositiveRate: [0, 1], truePositiveRate: [0, 0.9] }] }),
  ).toThrow(/truePositiveRate must go from 0 to 1, got 0 to 0\.9/);
  expect(() =>
    roc({ title: "", curves: [{ name: "", falsePositiveRate: [0, 0.5, 0.4, 1], truePositiveRate: [0, 0, 0, 1] }] }),
  ).toThrow(/falsePositiveRate\[2\] must not fall, got 0\.4/);
});

describe("coefficients", () => {
  test("bars go to the side of their sign, in the order of `sort`", () => {
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
    expect(sentence(drawn)).toBe("3 coefficients; the largest in magnitude is b with −2.");
  });
  test("sixty-four names are all drawn; a low drawing leaves out the smallest, and a remark counts them", () => {
    const names = Array.from({ length: 64 }, (_, i) => `feature ${i}`);
    const spec = coefficients({ title: "Many", names, values: names.map((_, i) => i - 20) });
    expect(texts(scene(spec)).filter((text) => text.startsWith("feature")).length).toBe(64);
    const low = scene(spec, { height: 300 });
    const shown = texts(low).filter((text) => text.startsWith("feature"));
    expect(shown.length).toBeGreaterThan(8);
    expect(shown).toContain("feature 63");
    expect(JSON.stringify(low.marks)).toContain(
      `There is no space for the ${64 - shown.length} smallest coefficients.`,
    );
  });
});

test("predictedVsActual has equal axes, and describes the score", () => {
  const drawn = scene(predictedVsActual({ title: "Fit", actual: [1, 2, 3], predicted: [1, 2, 4], residuals: true }));
  expect(drawn.axes[0]!.domain).toEqual(drawn.axes[1]!.domain);
  expect(sentence(drawn)).toBe("3 predictions: root mean squared error 0.5774, R² 0.5.");
  expect(drawn.a11y.table.rows[2]).toEqual([3, 4, -1]);
});

test("options are checked when the chart is made", () => {
  expect(() => coefficients({ title: "", names: ["a"], values: [1], sort: "size" as "value" })).toThrow(
    'coefficients: sort must be "none" or "magnitude" or "value", got "size". Choose one of these.',
  );
  expect(() => coefficients({ title: "", names: ["a", 2 as unknown as string], values: [1, 2] })).toThrow(
    "coefficients: names[1] must be text, got 2. Pass a string.",
  );
  expect(() => roc({ curves: [] } as unknown as Parameters<typeof roc>[0])).toThrow(
    new TypeError("roc: title must be text, got null. Pass a string."),
  );
});

describe("predictedVsActual of many examples", () => {
  const actual = Float64Array.from({ length: 2001 }, (_, i) => i % 97);
  const predicted = actual.map((value, i) => value + (i % 3));
  const hasResiduals = ({ legend }: Scene): boolean => legend.some(({ name }) => name === "errors");

  test("draws no errors above 2,000 points, has no legend entry for them, and a remark states this", () => {
    const some = { actual: actual.subarray(1), predicted: predicted.subarray(1) };
    expect(hasResiduals(scene(predictedVsActual({ title: "Fit", ...some, residuals: true })))).toBe(true);
    const drawn = scene(predictedVsActual({ title: "Fit", actual, predicted, residuals: true }));
    expect(hasResiduals(drawn)).toBe(false);
    expect(drawn.marks.some((mark) => mark.kind === "path" && mark.series === 1)).toBe(false);
    const remark = "The chart shows no errors because there are more than 2,000 points.";
    expect(sentence(drawn)).toContain(remark);
    expect(JSON.stringify(drawn.marks)).toContain(remark);
  });

  test("for a sample of points, describes the score of all rows and counts the points", () => {
    const score = { count: 10_000, rootMeanSquaredError: 3.25, rSquared: 0.75 };
    expect(sentence(scene(predictedVsActual({ title: "Fit", actual, predicted, score })))).toBe(
      "The picture shows 2,001 of 10,000 predictions. All predictions: root mean squared error 3.25, R² 0.75.",
    );
    expect(() => predictedVsActual({ title: "", actual, predicted, score: { ...score, count: 7 } })).toThrow(
      "predictedVsActual: score.count must be a whole number and at least the number of points (2001), got 7. Pass the score of all rows, or leave it out.",
    );
  });
});

test("scatterLine describes its equation, and throws for a point without y", () => {
  const drawn = scene(scatterLine({ title: "Fit", x: [0, 1, 2], y: [1, 3, 5], line: { slope: 2, intercept: -0.25 } }));
  expect(sentence(drawn)).toBe("3 points of y against x with the fitted line: y = 2 x − 0.25.");
  expect(drawn.legend.map(({ name }) => name)).toEqual(["data", "fitted line"]);
  expect(() => scatterLine({ title: "", x: [1, 2], y: [1] })).toThrow(/y must have as many values as x \(2\), got 1/);
  expect(() => scatterLine({ title: "", x: [1], y: [1], line: { x: [1], y: [1] } })).toThrow(
    /line\.x must have at least two values, got 1/,
  );
});

describe("confusionMatrix of many classes", () => {
  const matrix = (n: number, name: (i: number) => string, count = 5): ReturnType<typeof confusionMatrix> =>
    confusionMatrix({
      title: "Confusion matrix",
      classes: Array.from({ length: n }, (_, i) => name(i)),
      counts: Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? count : 0)),
    });
  const shownBy = ({ axes: [x, y] }: Scene): number[] => [x!.ticks.length, y!.ticks.length];

  test("ten classes: all columns and all rows are named, at 340 px with long names too", () => {
    for (const name of [(i: number) => `${i}`, (i: number) => `a rather long name ${i}`])
      for (const width of [340, 480, 960]) expect(shownBy(scene(matrix(10, name), { width }))).toEqual([10, 10]);
  });
  test("if there is no space for all names, a remark says how many of them are shown", () => {
    const drawn = scene(
      matrix(42, (i) => `class ${i}`),
      { width: 340 },
    );
    const [columns, rows] = shownBy(drawn);
    expect(columns).toBeLessThan(42);
    expect(rows).toBeLessThan(42);
    const all = texts({
      ...drawn,
      marks: drawn.marks.flatMap((mark) => (mark.kind === "group" ? mark.marks : mark)),
    }).join(" ");
    expect(all).toContain(`The horizontal axis has space for ${columns} of 42 labels.`);
    expect(all).toContain("The cells are too small for their counts.");
  });
  test("counts stand in all cells or in none", () => {
    const numbers = ({ marks }: Scene): number =>
      marks.filter((mark) => mark.kind === "text" && /^(0|5)$/.test(mark.text) && mark.size === 13).length;
    const name = (i: number): string => "abcdefghijkl"[i]!;
    expect(numbers(scene(matrix(10, name)))).toBe(100);
    expect(numbers(scene(matrix(10, name, 9.876e54)))).toBe(0);
    expect(JSON.stringify(scene(matrix(10, name, 9.876e54)).marks)).toContain(
      "The cells are too small for their counts.",
    );
  });
});

test("ratings of both signs have the diverging colours, with 0 in the middle", () => {
  const drawnOf = (values: number[]): Scene =>
    scene(ratingMatrices({ title: "Ratings", matrices: [{ name: "All", rows: 1, columns: 3, values }] }));
  const signed = drawnOf([-2, 0, 1]);
  expect(signed.axes.at(-1)!.domain).toEqual([-2, 2]);
  expect(rects(signed)[0]!.fill).toEqual(ramps.diverging(0));
  expect(drawnOf([0, 1, 2]).axes.at(-1)!.domain).toEqual([0, 2]);
  expect(rects(drawnOf([0, 1, 2]))[0]!.fill).toEqual(ramps.ratings(0));
});

test("one is singular", () => {
  const one = { title: "One", x: [1], y: [2] };
  expect(sentence(scene(coefficients({ title: "One", names: ["a"], values: [2] })))).toBe("1 coefficient: a with 2.");
  expect(sentence(scene(scatterLine(one)))).toBe("1 point of y against x.");
  expect(sentence(scene(confusionMatrix({ title: "One", classes: ["a"], counts: [3] })))).toContain("for 1 class.");
  expect(sentence(scene(predictedVsActual({ title: "One", actual: [1], predicted: [2] })))).toMatch(/^1 prediction: /);
});
