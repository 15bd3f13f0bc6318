// Entries of a legend that are buttons: each is at least 24 px high and wide, and covers neither another entry, nor the title, nor the plot.
import { expect, test } from "vitest";
import { type Box, panels, type Scene, type Spec, scatterPlot, scene } from "../index.ts";

const groups = (names: readonly string[]): Spec =>
  scatterPlot({ title: "Points", groups: names.map((name, i) => ({ name, x: [i, i + 1], y: [i, 2] })) });
const short = groups(["1", "l", "i"]);
const many = groups(Array.from({ length: 12 }, (_, i) => `class ${i + 1}`));

const long = groups(Array.from({ length: 12 }, (_, i) => `station number ${i + 1}`));

const boxesOf = ({ legend }: Scene): readonly Box[] => legend.flatMap(({ box }) => (box === undefined ? [] : [box]));
const plotTop = ({ axes }: Scene): number => Math.min(...axes.find(({ side }) => side === "left")!.pixels);
const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

test.each([
  ["one row of short names", short, 640, 600, 3],
  ["rows of names in a narrow drawing", many, 360, 600, 12],
  ["more rows than a low and narrow drawing has space for", long, 366, 320, 12],
  ["two charts in one drawing", panels({ title: "Both", charts: [many, many] }), 1000, 600, 24],
  ["low charts beside each other", panels({ title: "Both", charts: [long, long] }), 732, 300, 24],
] as const)("%s", (_, spec, width, height, count) => {
  const drawn = scene(spec, { width, height, legendButtons: true });
  const boxes = boxesOf(drawn);
  expect(boxes).toHaveLength(count);
  for (const [i, box] of boxes.entries()) {
    expect(box.height).toBe(24);
    expect(box.width).toBeGreaterThanOrEqual(24);
    expect(box.y).toBeGreaterThan(20); // of the title
    expect(box.y + box.height).toBeLessThan(drawn.height);
    expect(box.x + box.width).toBeLessThanOrEqual(width);
    expect(box.y + box.height).toBeLessThanOrEqual(plotTop(drawn));
    expect(boxes.filter((other, k) => k !== i && overlap(box, other))).toEqual([]);
  }
});

test.each([220, 236, 320])("a drawing of %d px becomes higher by the rows of its legend that do not fit", (height) => {
  const size = { width: 366, height };
  const [plain, buttons] = [false, true].map((legendButtons) => scene(long, { ...size, legendButtons }));
  expect(boxesOf(plain!).length).toBeLessThan(12);
  expect(boxesOf(buttons!)).toHaveLength(12);
  expect([plain!.height, scene(short, { ...size, legendButtons: true }).height]).toEqual([height, height]);
  const plotHeight = ({ axes }: Scene): number => {
    const [low, high] = axes.find(({ side }) => side === "left")!.pixels;
    return Math.abs(high - low);
  };
  expect(buttons!.height).toBeGreaterThan(height);
  expect(buttons!.height).toBeLessThanOrEqual(height + 6 * 24);
  expect(plotHeight(buttons!)).toBeGreaterThanOrEqual(plotHeight(plain!) - 1);
  const texts = buttons!.marks.flatMap((mark) => (mark.kind === "text" ? [mark.text] : []));
  expect(texts.filter((text) => text.includes("more"))).toEqual([]);
});

test("buttons take no space in one row, and 6 px in each further row", () => {
  const space = (spec: Spec, width: number): readonly [rows: number, more: number] => {
    const [plain, buttons] = [false, true].map((legendButtons) => scene(spec, { width, height: 600, legendButtons }));
    return [new Set(boxesOf(buttons!).map(({ y }) => y)).size, plotTop(buttons!) - plotTop(plain!)];
  };
  expect(space(short, 640)).toEqual([1, 0]);
  expect(space(many, 360)).toEqual([3, 12]);
});
