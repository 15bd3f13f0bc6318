import { expect, test } from "vitest";
import { closedZones } from "../data/zones.ts";
import type { Mark } from "../scene/scene.ts";
import { sceneAt } from "../scene/spec.ts";
import { rateSweep } from "./rateSweep.ts";
import { ruler } from "./ruler.ts";

const size = { width: 640, height: 420 };
const pointsOf = (marks: readonly Mark[]) => marks.flatMap((mark) => (mark.kind === "points" ? [mark] : []));

test("the runs that diverged are in a row above every other run, and no line leads to them", () => {
  const trials = [
    { learningRate: 3, loss: null },
    { learningRate: 0.01, loss: 5 },
    { learningRate: 0.1, loss: 0.2 },
    { learningRate: 1, loss: null },
  ];
  const scene = sceneAt(rateSweep({ title: "Sweep", trials }), size);
  const [finished, diverged] = pointsOf(scene.marks);
  expect(finished!.ys).toHaveLength(2);
  expect(diverged!.shape).toBe("triangle");
  expect(diverged!.ys).toHaveLength(2);
  expect(Math.max(...diverged!.ys)).toBeLessThan(Math.min(...finished!.ys) - 10);
  const path = scene.marks.find((mark) => mark.kind === "path")!;
  expect(path.kind === "path" && path.d.match(/[ML]/g)).toHaveLength(2);
  expect(scene.a11y.caption).toBe("Loss is lowest, 0.2, with the learning rate 0.1. 2 of 4 runs diverged.");
  expect(scene.a11y.table.rows[0]).toEqual([3, "diverged"]);
});

test("the runs that ended above their start are in the same row, with another marker and their own words", () => {
  const trials = [
    { learningRate: 0.1, loss: 0.2 },
    { learningRate: 1, loss: null, outcome: "ended above its start" as const },
    { learningRate: 10, loss: null, outcome: "diverged" as const },
  ];
  const { marks, a11y } = sceneAt(rateSweep({ title: "Sweep", trials }), size);
  const [, diverged, rose] = pointsOf(marks);
  expect([diverged!.shape, rose!.shape]).toEqual(["triangle", "square"]);
  expect(rose!.ys).toEqual(diverged!.ys);
  expect(a11y.caption).toMatch(/1 of 3 runs diverged\. 1 of 3 runs ended above the start\.$/);
  expect(a11y.table.rows.map(([, loss]) => loss)).toEqual([0.2, "ended above its start", "diverged"]);
});

test("a sweep in which every run diverged has no axis of its own to invent", () => {
  const scene = sceneAt(rateSweep({ title: "Sweep", trials: [{ learningRate: 1, loss: null }] }), size);
  expect(pointsOf(scene.marks)).toHaveLength(1);
  expect(scene.a11y.caption).toBe("1 of 1 runs diverged.");
});

test("a ruler has a band for each zone from its beginning to its end, and a marker at each mark", () => {
  const zones = [
    { name: "slow", from: 0.01, to: 0.1 },
    { name: "fast", from: 0.1, to: 10 },
  ];
  const spec = ruler({ title: "Rates", zones, marks: [{ name: "limit", at: 1 }], xScale: "log" });
  const scene = sceneAt(spec, size);
  const bands = scene.marks.flatMap((mark) => (mark.kind === "rects" && mark.series !== undefined ? mark.cells : []));
  const [left, right] = scene.axes[0]!.pixels;
  expect(bands[0]![0]).toBe(left);
  expect(bands[1]![0]).toBeCloseTo(left + (right - left) / 3, 9);
  expect(bands[1]![2]).toBeCloseTo((2 * (right - left)) / 3, 9);
  expect(pointsOf(scene.marks).at(-1)!.xs[0]).toBeCloseTo(left + (2 * (right - left)) / 3, 9);
  expect(scene.a11y.table.rows).toEqual([
    ["slow", 0.01, 0.1],
    ["fast", 0.1, 10],
    ["limit", 1, 1],
  ]);
});

test("open zones end a factor of ten beyond the known values, and no axis has more decades than its marks need", () => {
  const open = [
    { name: "slow", from: 0, to: 1e-9 },
    { name: "fast", from: 1e-9, to: 1 },
    { name: "diverges", from: 1, to: Infinity },
  ];
  expect(closedZones(open, []).map(({ from, to }) => [from, to])).toEqual([
    [1e-7, 1],
    [1, 10],
  ]);
  expect(closedZones(open, [{ at: 1e-8 }])[0]!.from).toBe(1e-8);
  expect(closedZones([{ name: "not known", from: 0, to: Infinity }], [])).toEqual([]);
  const { axes } = sceneAt(ruler({ title: "Rates", zones: open, xScale: "log" }), size);
  expect(axes[0]!.domain).toEqual([1e-7, 10]);
});

test("bad input of both charts is an error that says what to do", () => {
  const zone = { name: "a", from: 0, to: 1 };
  expect(() => ruler({ title: "", zones: [] })).toThrow("zones must hold at least one value");
  expect(() => ruler({ title: "", zones: [{ ...zone, from: -1 }], xScale: "log" })).toThrow(
    'ruler: zones[0].from must be above 0 on a logarithmic axis, got -1. Set xScale to "linear".',
  );
  expect(() => ruler({ title: "", zones: [{ ...zone, to: Infinity }] })).toThrow("zones[0].to must be finite");
  expect(() => ruler({ title: "", zones: [{ ...zone, to: 0 }] })).toThrow(
    "zones[0].to must be above its from (0), got 0",
  );
  expect(() => rateSweep({ title: "", trials: [{ learningRate: 0, loss: 1 }] })).toThrow(
    "rateSweep: trials[0].learningRate must be above 0, got 0.",
  );
  expect(() => rateSweep({ title: "", trials: [{ learningRate: 1, loss: Number.NaN }] })).toThrow("must be finite");
});
