// A part of a plot: its axes have the ends of the window, and nothing of the data is drawn outside of the plot.
import { describe, expect, test } from "vitest";
import type { Mark, Scene } from "../src/index.ts";
import { lossCurve, scene } from "../src/index.ts";
import { showcase } from "./showcase.ts";

const size = { width: 640, height: 420 };
const curve = (yScale: "linear" | "log") =>
  lossCurve({ title: "Loss", runs: [{ name: "run", values: [64, 32, 16, 8, 4, 2, 1] }], yScale });

const marksOf = (marks: readonly Mark[]): readonly Mark[] =>
  marks.flatMap((mark) => (mark.kind === "group" ? marksOf(mark.marks) : [mark]));
const line = ({ marks }: Scene) => {
  const [found] = marksOf(marks).filter((mark) => mark.kind === "path" && mark.series === 0);
  if (found?.kind !== "path") throw new Error("there is no line");
  return found;
};

describe.each(["linear", "log"] as const)("a window of a chart with a %s axis", (yScale) => {
  const window = { x: [1, 3], y: [8, 32] } as const;
  const drawn = scene(curve(yScale), { ...size, window });
  const [x, y] = drawn.axes as [Scene["axes"][0], Scene["axes"][0]];

  test("has the ends of its axes, with ticks between them", () => {
    expect([x.domain, y.domain]).toEqual([
      [1, 3],
      [8, 32],
    ]);
    for (const { ticks, domain } of [x, y]) {
      expect(ticks.length).toBeGreaterThan(1);
      expect(ticks.filter(({ at }) => at < domain[0] || at > domain[1])).toEqual([]);
    }
  });

  test("has the points at the pixels of these axes, and draws none of them outside of the plot", () => {
    const { d, clip } = line(drawn);
    const numbers = d.match(/-?[\d.]+/g)!.map(Number);
    const share = yScale === "log" ? Math.log(16 / 8) / Math.log(32 / 8) : (16 - 8) / (32 - 8);
    expect(numbers[4]).toBeCloseTo((x.pixels[0] + x.pixels[1]) / 2, 0); // update 2 of 1 to 3
    expect(numbers[5]).toBeCloseTo(y.pixels[0] + share * (y.pixels[1] - y.pixels[0]), 0);
    expect(clip).toEqual({
      x: x.pixels[0],
      y: y.pixels[1],
      width: x.pixels[1] - x.pixels[0],
      height: y.pixels[0] - y.pixels[1],
    });
    expect(line(scene(curve(yScale), size)).clip).toBeUndefined();
  });
});

test("a surface that was drawn before is drawn again for a window", () => {
  const spec = showcase["loss-surface"]!;
  const whole = scene(spec, size);
  const [a, b] = whole.axes;
  const [low, high] = a!.domain;
  const part = scene(spec, { ...size, window: { x: [low, low + 0.9 * (high - low)], y: b!.domain } });
  expect(part.axes.map(({ pixels }) => pixels)).toEqual(whole.axes.map(({ pixels }) => pixels)); // only the scale differs
  const areas = ({ marks }: Scene) =>
    JSON.stringify(
      marksOf(marks).flatMap((mark) => (mark.kind === "path" && mark.series === undefined ? [mark.d] : [])),
    );
  expect(areas(part)).not.toBe(areas(whole));
  expect(areas(scene(spec, size))).toBe(areas(whole));
});

describe("an error names what is wrong", () => {
  const cases = [
    [{ x: [3, 1], y: [1, 2] }, /window\.x must be two finite numbers, the lower one first, got 3 and 1/],
    [{ x: [1, 3], y: [0, 2] }, /window\.y must be two finite numbers, the lower one first, above 0, got 0 and 2/],
    [{ x: [1, Number.NaN], y: [1, 2] }, /got 1 and NaN/],
  ] as const;
  test.each(cases)("%j", (window, message) => {
    expect(() => scene(curve("log"), { ...size, window })).toThrow(message);
  });

  test("of a chart without numbers on both axes, and of several plots", () => {
    const window = { x: [0, 1], y: [0, 1] } as const;
    for (const spec of [showcase["confusion-two"]!, showcase["panels"]!])
      expect(() => scene(spec, { width: 900, height: 900, window })).toThrow(
        /has no window, because it has not one plot/,
      );
  });
});
