import { expect, test } from "vitest";
import { lossCurve } from "../charts/lossCurve.ts";
import { lossSurface } from "../charts/lossSurface.ts";
import { gridBetween, gridRows } from "../data/grid.ts";
import { scene } from "../draw.ts";
import type { Mark, Scene } from "./scene.ts";
import { withoutSeries } from "./withoutSeries.ts";

const runs = [
  { name: "slow", values: [4, 3, 2] },
  { name: "fast", values: [4, 1, 100] },
  { name: "NaN", values: [4, Number.NaN, 1] },
];
const whole = scene(lossCurve({ title: "Loss", runs }));
const seriesOf = ({ marks }: Scene): unknown[] => [
  ...new Set(marks.flatMap((mark) => ("series" in mark ? [mark.series] : []))),
];

test("the marks and the rows of a hidden series are left out, and its entry is struck out; the axes stay", () => {
  expect(seriesOf(whole).sort()).toEqual([0, 1, 2]);
  const shown = withoutSeries(whole, new Set(["fast"]));
  expect(seriesOf(shown).sort()).toEqual([0, 2]);
  expect([shown.axes, shown.legend, shown.a11y.caption]).toEqual([whole.axes, whole.legend, whole.a11y.caption]);
  expect(shown.a11y.table.rows).toEqual(whole.a11y.table.rows.filter(([name]) => name !== "fast"));
  const line = shown.marks.at(-1) as Extract<Mark, { kind: "rule" }>;
  const { x, y, width, height } = whole.legend[1]!.box!;
  expect([line.from, line.to]).toEqual([
    [x, y + height / 2],
    [x + width, y + height / 2],
  ]);
});

test("names that the legend does not have, or that name no series, change nothing", () => {
  const noted = whole.legend.find(({ series }) => series === undefined)!; // where the third run is NaN
  expect(withoutSeries(whole, new Set(["fats", noted.name]))).toBe(whole);
});

test("an entry is where its name is drawn; an entry without space has no box", () => {
  const many = Array.from({ length: 40 }, (_, i) => ({ name: `run number ${i + 1}`, values: [i + 1, i] }));
  const { legend, marks } = scene(lossCurve({ title: "Loss", runs: many }), { width: 300, height: 260 });
  const drawn = legend.filter(({ box }) => box !== undefined);
  expect(drawn.length).toBeGreaterThan(1);
  expect(drawn.length).toBeLessThan(legend.length);
  const texts = marks.flatMap((mark) =>
    mark.kind === "group" ? mark.marks.flatMap((each) => (each.kind === "text" ? [{ ...each, top: mark.y }] : [])) : [],
  );
  for (const { name, box } of drawn) {
    const text = texts.find((each) => (each.full ?? each.text) === name)!;
    const baseline = text.top + text.y;
    expect(text.x).toBeGreaterThan(box!.x);
    expect(text.x).toBeLessThan(box!.x + box!.width);
    expect(baseline).toBeGreaterThan(box!.y);
    expect(baseline).toBeLessThan(box!.y + box!.height);
  }
});

test("arrows over a surface can be hidden one by one", () => {
  const grid = gridBetween([-2, 2], [-2, 2]);
  const values = gridRows(grid).map(([a = 0, b = 0]) => a * a + b * b);
  const arrow = (name: string) => ({ name, from: [0, 0] as const, to: [1, 1] as const });
  const paths = [{ name: "path", x: [1, 0.5], y: [1, 0] }];
  const surface = scene(lossSurface({ title: "Bowl", grid, values, paths, arrows: [arrow("a"), arrow("b")] }));
  expect(seriesOf(surface).sort()).toEqual([0, 1, 2]);
  expect(seriesOf(withoutSeries(surface, new Set(["b"]))).sort()).toEqual([0, 1]);
});
