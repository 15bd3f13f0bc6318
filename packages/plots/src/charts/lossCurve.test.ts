import { describe, expect, test } from "vitest";
import { seriesColor } from "../color/series.ts";
import { scene } from "../draw.ts";
import type { PathMark, PointsMark, Scene } from "../scene/scene.ts";
import { lossCurve, type Run } from "./lossCurve.ts";

const points = ({ marks }: Scene, shape: string): PointsMark[] =>
  marks.filter((mark): mark is PointsMark => mark.kind === "points" && mark.shape === shape);
const lines = ({ marks }: Scene): PathMark[] =>
  marks.filter((mark): mark is PathMark => mark.kind === "path" && mark.series !== undefined && mark.width === 1.75);

test("a line runs from the first to the last value, at the pixels of the axes", () => {
  const drawn = scene(lossCurve({ title: "Loss", runs: [{ values: [4, 2, 1] }] }));
  const [x, y] = drawn.axes;
  const at = (value: number, axis: typeof x): number =>
    axis!.pixels[0] +
    ((value - axis!.domain[0]) / (axis!.domain[1] - axis!.domain[0])) * (axis!.pixels[1] - axis!.pixels[0]);
  const numbers = lines(drawn)[0]!
    .d.match(/[\d.]+/g)!
    .map(Number);
  const expected = [4, 2, 1].flatMap((value, i) => [at(i, x), at(value, y)]);
  for (const [i, number] of numbers.entries()) expect(number).toBeCloseTo(expected[i]!, 0);
  expect(y!.domain[0]).toBe(0);
  expect(x!.domain).toEqual([0, 2]);
  expect(drawn.legend).toEqual([]);
});

test("a line of many points has no strip under it, which would hide the line before", () => {
  const strips = (count: number): number => {
    const noisy = Float64Array.from({ length: count }, (_, i) => 1 + (i % 2));
    const runs = ["first", "second"].map((name) => ({ name, values: noisy }));
    return scene(lossCurve({ title: "Loss", runs })).marks.filter(
      ({ kind, ...mark }) => "width" in mark && mark.width === 4,
    ).length;
  };
  expect([strips(50), strips(5000)]).toEqual([1, 0]);
});

test("a faint line is thin and without dashes, in the chart and in the legend: the dashes of a dense line take long and cannot be seen", () => {
  const values = [4, 2, 1];
  const runs = [
    { name: "training", values },
    { name: "held-out", values },
    { name: "each batch", values, faint: true },
  ];
  const drawn = scene(lossCurve({ title: "Loss", runs }));
  const style = (series: number) =>
    drawn.marks.flatMap((mark) =>
      mark.kind === "path" && mark.series === series && mark.width !== 4 ? [[mark.width, mark.dash, mark.opacity]] : [],
    );
  expect(style(1)).toEqual([[1.75, [6, 3], undefined]]);
  expect(style(2)).toEqual([[1, [], 0.4]]);
  expect(drawn.legend.map(({ key: { line } }) => [line?.width, line?.dash])).toEqual([
    [1.75, []],
    [1.75, [6, 3]],
    [1, []],
  ]);
});

describe("a run with a style", () => {
  const values = [4, 2, 1];
  /** The colours and dashes of the lines, and the markers with their colours, of one series. */
  const looks = ({ marks }: Scene, series: number): unknown[] =>
    marks.flatMap((mark): unknown[] =>
      !("series" in mark) || mark.series !== series || ("width" in mark && mark.width === 4)
        ? []
        : mark.kind === "path"
          ? [[mark.stroke, mark.dash]]
          : mark.kind === "points"
            ? [[mark.shape, mark.fill, mark.xs.length]]
            : [],
    );

  test("has its colour, dash pattern and marker in every place of the list, in the chart and in the legend", () => {
    const own = { name: "C", values, style: 2 };
    const alone = scene(lossCurve({ title: "Loss", runs: [own] }));
    const last = scene(lossCurve({ title: "Loss", runs: [{ name: "A", values }, { name: "B", values }, own] }));
    expect(looks(alone, 0)).toEqual([
      [seriesColor(2), [2, 2]],
      ["triangle", seriesColor(2), 1],
    ]);
    expect(looks(last, 2)).toEqual(looks(alone, 0));
    expect(looks(last, 1)).toEqual([[seriesColor(1), [6, 3]]]); // no marker without a style
    expect(last.legend[2]!.key).toEqual(alone.legend[0]!.key);
    expect(last.legend[2]!.key.marker).toEqual({ shape: "triangle", fill: seriesColor(2) });
  });

  test("has the marker at its last value that can be drawn, and at a single value", () => {
    const drawn = scene(lossCurve({ title: "Loss", runs: [{ values: [4, 2, Number.NaN], style: 1 }] }));
    const ends = lines(drawn)[0]!
      .d.match(/[\d.]+/g)!
      .slice(-2)
      .map(Number);
    const [mark] = points(drawn, "square");
    expect(mark!.xs[0]).toBeCloseTo(ends[0]!, 0);
    expect(mark!.ys[0]).toBeCloseTo(ends[1]!, 0);
    const one = scene(lossCurve({ title: "Loss", runs: [{ values: [4], style: 1 }] }));
    expect([points(one, "square")[0]!.xs.length, points(one, "circle").length]).toEqual([1, 0]);
  });

  test("can have another line; a faint line has the colour alone", () => {
    const own = (run: Partial<Run>) => scene(lossCurve({ title: "Loss", runs: [{ values, style: 1, ...run }] }));
    expect((["solid", "dashed", "dashdot", "dotted"] as const).map((line) => lines(own({ line }))[0]!.dash)).toEqual([
      ...[[], [3, 3], [8, 2, 2, 2], [1, 3]],
    ]);
    expect(looks(own({ faint: true }), 0)).toEqual([[seriesColor(1), []]]);
    expect(own({ faint: true, name: "each batch" }).legend[0]!.key.marker).toBeUndefined();
  });

  test("has a strip under its line, which hides what it crosses, but none under a second line of its own", () => {
    const strips = (second: Partial<Run>): number =>
      scene(
        lossCurve({
          title: "Loss",
          runs: [
            { name: "training", values, style: 1 },
            { name: "other", values, ...second },
          ],
        }),
      ).marks.filter(({ kind, ...mark }) => "width" in mark && mark.width === 4).length;
    expect([strips({ style: 2 }), strips({ style: 1, line: "dashed" })]).toEqual([1, 0]);
  });

  test("must be a whole number from 0, and its line one of four", () => {
    expect(() => lossCurve({ title: "Loss", runs: [{ values, style: 1.5 }] })).toThrow(
      "lossCurve: runs[0].style must be a whole number from 0, got 1.5. Number the styles from 0.",
    );
    expect(() => lossCurve({ title: "Loss", runs: [{ values, line: "wavy" as "solid" }] })).toThrow("runs[0].line");
  });
});

describe("a value that cannot be drawn", () => {
  test("has a hollow triangle at the last finite height, and an entry in the legend", () => {
    const drawn = scene(
      lossCurve({ title: "Loss", runs: [{ name: "rate 3", values: [1, 2, 3, Number.NaN, Number.POSITIVE_INFINITY] }] }),
    );
    const [mark] = points(drawn, "triangle").filter(({ series }) => series === 0);
    const ends = lines(drawn)[0]!
      .d.match(/[\d.]+/g)!
      .map(Number);
    expect(mark!.ys[0]).toBeCloseTo(ends.at(-1)!, 0);
    expect(mark!.fill).toBeUndefined();
    expect(drawn.legend.map(({ name }) => name)).toEqual(["rate 3", "rate 3: NaN at epoch 3 and 1 more"]);
    expect(drawn.a11y.caption).toContain(
      "Loss of rate 3 rose from 1 to 3, epoch 0 to 4. rate 3: NaN at epoch 3 and 1 more.",
    );
    expect(drawn.a11y.table.rows.map((row) => row[2])).toEqual([1, 2, 3, "NaN", "∞"]);
  });
  test("has a triangle at the bottom of a logarithmic axis where it is not positive", () => {
    const drawn = scene(lossCurve({ title: "Loss", yScale: "log", runs: [{ values: [1, 0, 0.1, -2, 0.01] }] }));
    const [mark] = points(drawn, "down").filter(({ series }) => series === 0);
    expect(mark!.xs.length).toBe(2);
    expect(mark!.ys.every((y) => y > drawn.axes[1]!.pixels[0] - 8)).toBe(true);
    expect(drawn.legend.map(({ name }) => name)).toEqual(["2 values ≤ 0, not on a log axis"]);
    const dots = points(drawn, "circle").filter(({ series }) => series === 0);
    expect(dots[0]!.xs.length).toBe(3);
  });
});

test("a spike among a million values is drawn, and the path stays short", () => {
  const values = Float64Array.from({ length: 1_000_000 }, (_, i) => (i === 345_678 ? 50 : 1 / (1 + i / 1e5)));
  const drawn = scene(lossCurve({ title: "Loss", runs: [{ values }] }));
  const d = lines(drawn)[0]!.d;
  expect(d.length).toBeLessThan(40_000);
  const top = Math.min(
    ...d
      .split(/[ML]/)
      .slice(1)
      .map((corner) => Number(corner.split(",")[1])),
  );
  const [bottom, high] = drawn.axes[1]!.pixels;
  const domain = drawn.axes[1]!.domain;
  expect(top).toBeCloseTo(bottom + ((50 - domain[0]) / (domain[1] - domain[0])) * (high - bottom), 0);
  expect(drawn.a11y.table.rows.length).toBeLessThanOrEqual(200);
  expect(drawn.a11y.table.rows.some((row) => row[2] === 50)).toBe(true);
  expect(drawn.a11y.table.note).toContain("of 1,000,000 values");
});

test("the description of one epoch is its value, not a change", () => {
  const { caption } = scene(lossCurve({ title: "Loss", runs: [{ values: [0.25], x: [1] }] })).a11y;
  expect(caption).toBe("Loss is 0.25 at epoch 1.");
});

test("the description writes two losses with enough digits to be different", () => {
  const drawn = scene(lossCurve({ title: "Loss", runs: [{ values: [1 + 3e-12, 1] }] }));
  expect(drawn.a11y.caption).toBe("Loss fell from 1.000000000003 to 1, epoch 0 to 1.");
});

describe("different names stay different in a narrow legend", () => {
  test.each<[where: string, name: (i: number) => string]>([
    ["at their beginnings", (i) => `0.${i + 1} is the learning rate with momentum`],
    ["at their ends", (i) => `learning rate with momentum 0.${i + 1}`],
    ["in their middles", (i) => `learning rate 0.${i + 1} with momentum`],
  ])("%s", (_, name) => {
    const runs = Array.from({ length: 20 }, (_, i) => ({ name: name(i), values: [2, 1] }));
    const { marks } = scene(lossCurve({ title: "Loss", runs }), { width: 340, height: 420 });
    const legend = marks.flatMap((mark) => (mark.kind === "group" ? mark.marks : []));
    const names = legend.flatMap((mark) => (mark.kind === "text" && mark.full !== undefined ? [mark.text] : []));
    expect(names.length).toBeGreaterThan(3);
    expect(new Set(names).size).toBe(names.length);
  });
});

test("errors", () => {
  expect(() => lossCurve({ title: "", runs: [] })).toThrow(
    "lossCurve: runs must hold at least one value, got none. Supply the data to draw.",
  );
  expect(() => lossCurve({ title: "", yScale: "logarithmic" as "log", runs: [{ values: [1] }] })).toThrow(
    'lossCurve: yScale must be "linear" or "log", got "logarithmic". Choose one of these.',
  );
  expect(() => lossCurve({ title: "", runs: [{ values: [] }] })).toThrow(/runs\[0\]\.values/);
  expect(() => lossCurve({ title: "", runs: [{ values: [1, 2], x: [1] }] })).toThrow(
    "lossCurve: runs[0].x must have as many values as runs[0].values (2), got 1. Make the lengths agree.",
  );
  expect(() => lossCurve({ title: "", xScale: "log", runs: [{ values: [1, 2], x: [0, 1] }] })).toThrow(
    /be positive on a logarithmic x axis, got 0/,
  );
});

describe("the vertical axis", () => {
  const axisOf = (values: number[], yScale: "linear" | "log" = "linear") => {
    const drawn = scene(lossCurve({ title: "Loss", runs: [{ values }], yScale }));
    const names = drawn.marks.flatMap((mark) =>
      mark.kind === "text" && mark.text.startsWith("Loss ") ? [mark.text] : [],
    );
    return { domain: drawn.axes[1]!.domain, names };
  };
  test("starts at 0 where no loss is negative", () => {
    for (const values of [
      [4, 2, 1],
      [0.9, 0.5],
      [1e300, 2e299],
    ]) {
      const { domain, names } = axisOf(values);
      expect(domain[0]).toBe(0);
      expect(names).toEqual([]);
    }
  });
  test("has “axis does not include 0” in its name where the losses differ by less than a fifth, or are all negative", () => {
    for (const values of [
      [1, 0.99],
      [-5, -4],
    ]) {
      const { domain, names } = axisOf(values);
      expect(domain[0] * domain[1]).toBeGreaterThan(0);
      expect(names).toEqual(["Loss (axis does not include 0)"]);
    }
  });
  test("has “log scale” in its name if it is logarithmic", () =>
    expect(axisOf([4, 2, 1], "log").names).toEqual(["Loss (log scale)"]));
});

test("no line covers a marker of another run", () => {
  const runs = [{ values: [1, Number.NaN, 2, Number.NaN] }, { values: [2, 1, 1, 2] }, { values: [1, 2, 2, 1] }];
  const { marks } = scene(lossCurve({ title: "Loss", runs }));
  const series = marks.filter((mark) => (mark.kind === "path" || mark.kind === "points") && mark.series !== undefined);
  const firstMarker = series.findIndex(({ kind }) => kind === "points");
  expect(firstMarker).toBeGreaterThan(0);
  expect(series.slice(firstMarker).every(({ kind }) => kind === "points")).toBe(true);
});
