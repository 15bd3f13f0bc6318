import { describe, expect, test } from "vitest";
import { type AxisPlan, horizontalTicks, isUpwards, scaleOf, verticalTicks } from "./axis.ts";

const linear = (low: number, high: number): AxisPlan => ({ name: "", scale: "linear", domain: [low, high] });
const log = (low: number, high: number): AxisPlan => ({ name: "", scale: "log", domain: [low, high] });
const labels = (ticks: readonly { label: string }[]): string[] => ticks.map(({ label }) => label);

test("scales map the ends of the domain to the ends of the pixels", () => {
  const down = scaleOf(linear(-2, 6), [300, 100]);
  expect([-2, 0, 6].map(down)).toEqual([300, 250, 100]);
  expect(scaleOf(log(1, 1000), [0, 30])(10)).toBeCloseTo(10, 12);
});

describe("round ticks", () => {
  test("vertical", () => {
    expect(labels(verticalTicks(linear(0, 6.5), [300, 50]))).toEqual(["0", "1", "2", "3", "4", "5", "6"]);
    expect(labels(verticalTicks(linear(0, 6.5), [100, 50]))).toEqual(["0", "5"]);
    expect(labels(verticalTicks(linear(-0.5, 1), [300, 50]))).toEqual([
      "−0.4",
      "−0.2",
      "0.0",
      "0.2",
      "0.4",
      "0.6",
      "0.8",
      "1.0",
    ]);
  });
  test("horizontal: fewer ticks, until their labels do not touch", () => {
    const wide = horizontalTicks(linear(0, 100_000), [50, 650], { limits: [0, 700] });
    const narrow = horizontalTicks(linear(0, 100_000), [50, 250], { limits: [0, 300] });
    expect(labels(wide)).toContain("100,000");
    expect(narrow.length).toBeLessThan(wide.length);
    expect(narrow.length).toBeGreaterThanOrEqual(2);
  });
  test("a label that would leave the drawing is left out", () => {
    expect(labels(horizontalTicks(linear(0, 1000), [0, 400], { limits: [0, 400] }))).not.toContain("0");
  });
});

describe("logarithmic ticks", () => {
  test("powers of ten; only some of them where there are many", () => {
    expect(labels(verticalTicks(log(0.01, 1000), [300, 50]))).toEqual(["0.01", "0.1", "1", "10", "100", "1,000"]);
    expect(labels(verticalTicks(log(1e-12, 1e4), [300, 50]))).toEqual(["10⁻¹²", "10⁻⁹", "10⁻⁶", "10⁻³", "10⁰", "10³"]);
  });
  test("1, 2, 5 within a few powers of ten, round numbers within less than one", () => {
    expect(labels(verticalTicks(log(1, 20), [300, 50]))).toEqual(["1", "2", "5", "10", "20"]);
    expect(labels(verticalTicks(log(3, 3.5), [300, 50]))).toEqual(["3.0", "3.1", "3.2", "3.3", "3.4", "3.5"]);
  });
});

test("an axis whose round numbers would leave one tick gets closer ones", () => {
  const plan = linear(1.02e-9, 1.98e-9);
  expect(labels(horizontalTicks(plan, [0, 165], { limits: [-20, 185] }))).toEqual(["1.2×10⁻⁹", "1.6×10⁻⁹"]);
  expect(labels(horizontalTicks(plan, [0, 60], { limits: [-20, 80] }))).toEqual(["1.5×10⁻⁹"]); // no space for two
});

test("a band has its label in the middle", () => {
  const plan: AxisPlan = { name: "", scale: "band", domain: [0, 2], labels: ["a", "b"] };
  expect(horizontalTicks(plan, [0, 200], { limits: [0, 200] })).toEqual([
    { at: 0.5, label: "a" },
    { at: 1.5, label: "b" },
  ]);
});

describe("labels of bands on a horizontal axis", () => {
  const plan: AxisPlan = { name: "", scale: "band", domain: [0, 2], labels: ["benign", "malignant"] };
  test("are written upwards where the bands are narrower than the labels and the height shows more of them", () => {
    expect(isUpwards(plan, 80, 100)).toBe(false);
    expect(isUpwards(plan, 40, 100)).toBe(true);
    expect(isUpwards(plan, 40, 30)).toBe(false);
    expect(isUpwards(linear(0, 1), 10, 100)).toBe(false);
  });
  test("all fit upwards in bands of 12.5 px; in narrower bands some are left out", () => {
    const labels = Array.from({ length: 10 }, (_, i) => `class ${i}`);
    const ten: AxisPlan = { name: "", scale: "band", domain: [0, 10], labels };
    const ticks = (length: number) => horizontalTicks(ten, [0, length], { limits: [0, length], upwards: true }).length;
    expect([ticks(125), ticks(124), ticks(70)]).toEqual([10, 5, 5]);
  });
});
