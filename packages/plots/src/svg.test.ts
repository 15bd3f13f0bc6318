import { describe, expect, test } from "vitest";
import { readXml } from "../test/xml.ts";
import {
  draw,
  gridBetween,
  gridRows,
  lossCurve,
  panels,
  probabilityField,
  scatterLine,
  scene,
  toSvg,
} from "./index.ts";

const spec = lossCurve({
  title: "Loss",
  runs: [
    { name: "a", values: [3, 2, 1] },
    { name: "b", values: [3, 1, 2] },
  ],
});

test("the same spec gives the same bytes, another spec other ids", () => {
  const again = lossCurve({
    title: "Loss",
    runs: [
      { name: "a", values: Float64Array.of(3, 2, 1) },
      { name: "b", values: [3, 1, 2] },
    ],
  });
  expect(draw(spec)).toBe(draw(again));
  const id = (svg: string): string => readXml(svg)[0]!.attributes.get("id")!;
  expect(id(draw(spec))).not.toBe(id(draw(lossCurve({ title: "Loss!", runs: spec.runs }))));
  expect(id(draw(spec, { id: "fig-1" }))).toBe("fig-1");
  expect(() => draw(spec, { id: "1 x" })).toThrow(/toSvg: id must be a letter/);
});

describe("themes", () => {
  test("light and dark have their colours and no style", () => {
    expect(draw(spec)).toContain('stroke="#0072B2"');
    expect(draw(spec, { theme: "dark" })).toContain('stroke="#56B4E9"');
    expect(draw(spec, { theme: "dark" })).not.toContain("#0072B2");
    expect(draw(spec)).not.toContain("<style>");
  });
  test("auto falls back to light and turns with the page", () => {
    const svg = draw(spec, { theme: "auto", id: "f" });
    expect(svg).toContain('stroke="#0072B2"');
    expect(svg).toMatch(/#f \.c\d+\{stroke:light-dark\(#0072B2,#56B4E9\)\}/);
  });
  test("the paper can be left out", () => {
    expect(draw(spec)).toContain('<rect width="640" height="420" fill="#FFFFFF"/>');
    expect(draw(spec, { background: "none" })).not.toContain("<rect");
  });
});

test("hostile text stays text", () => {
  const name = `</svg><script>alert("1")</script>&amp;'`;
  const svg = draw(lossCurve({ title: name, runs: [{ name, values: [1, 2] }, { values: [2, 1] }] }));
  expect(svg).not.toContain("<script");
  const title = readXml(svg).find((element) => element.name === "title")!;
  expect(title.text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))).toBe(name);
});

test("a scene is plain data: written as JSON and read again it draws the same", () => {
  const drawn = scene(spec);
  expect(toSvg(JSON.parse(JSON.stringify(drawn)))).toBe(toSvg(drawn));
});

test("a field with four hundred points stays under 100 kB, twenty thousand points under 300 kB", () => {
  const grid = gridBetween([-3, 3], [-3, 3], { columns: 200, rows: 200 });
  const probabilities = gridRows(grid).map(([a = 0, b = 0]) => 1 / (1 + Math.exp(-3 * Math.sin(2 * a) - 3 * b)));
  const at = (i: number): number => 2.9 * Math.sin(i * 1.37);
  const x1 = Float64Array.from({ length: 400 }, (_, i) => at(i));
  const x2 = Float64Array.from({ length: 400 }, (_, i) => at(i * i));
  const points = { x1, x2, labels: Array.from(x1, (_, i) => i % 2) };
  expect(draw(probabilityField({ title: "Field", grid, probabilities, points })).length).toBeLessThan(100_000);
  const many = Float64Array.from({ length: 20_000 }, (_, i) => at(i));
  const other = Float64Array.from({ length: 20_000 }, (_, i) => at(i * i + 0.3));
  expect(draw(scatterLine({ title: "Many", x: many, y: other })).length).toBeLessThan(300_000);
});

test("panels put charts side by side, and their axes with them", () => {
  const drawn = scene(panels({ title: "Two", charts: [spec, spec], columns: 2 }), { width: 800, height: 400 });
  const [first, , second] = drawn.axes;
  expect(second!.pixels[0] - first!.pixels[0]).toBe(400);
  expect(drawn.marks.filter(({ kind }) => kind === "group").length).toBeGreaterThanOrEqual(2);
  expect(() => scene(panels({ title: "Small", charts: [spec, spec, spec], columns: 3 }), { width: 500 })).toThrow(
    /scene: width of lossCurve must be from 240/,
  );
});
