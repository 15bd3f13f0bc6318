import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyText } from "../../../downhill/test/anyText.ts";
import { svgFaults } from "../../test/safe.ts";
import { samples } from "../../test/samples.ts";
import { readXml } from "../../test/xml.ts";
import {
  draw,
  gridBetween,
  gridRows,
  lossCurve,
  type Mark,
  panels,
  probabilityField,
  type Scene,
  scatterLine,
  scene,
  toSvg,
} from "../index.ts";

const spec = lossCurve({
  title: "Loss",
  runs: [
    { name: "a", values: [3, 2, 1] },
    { name: "b", values: [3, 1, 2] },
  ],
});

test("the same spec gives the same text, another spec gives other ids", () => {
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
  test("a drawing in one theme has the colours of this theme and no <style> element", () => {
    expect(draw(spec)).toContain('stroke="#0072B2"');
    expect(draw(spec, { theme: "dark" })).toContain('stroke="#56B4E9"');
    expect(draw(spec, { theme: "dark" })).not.toContain("#0072B2");
    expect(draw(spec)).not.toContain("<style>");
  });
  test("auto is light by itself, and follows the colour scheme of a page", () => {
    const svg = draw(spec, { theme: "auto", id: "f" });
    expect(svg).toContain('stroke="#0072B2"');
    expect(svg).toMatch(/#f \.c\d+\{stroke:light-dark\(#0072B2,#56B4E9\)\}/);
  });
  test("the background can be left out", () => {
    expect(draw(spec)).toContain('<rect width="640" height="420" fill="#FFFFFF"/>');
    expect(draw(spec, { background: "none" })).not.toContain("<rect");
  });
});

test("hostile text stays text", () => {
  const name = `</svg><script>alert("1")</script>&amp;'`;
  const svg = draw(lossCurve({ title: name, runs: [{ name, values: [1, 2] }, { values: [2, 1] }] }));
  expect(svg).not.toContain("<script");
  const title = readXml(svg).find((element) => element.name === "title")!;
  expect(title.text).toBe(name);
});

test("a scene that was written as JSON and read again gives the same text", () => {
  const drawn = scene(spec);
  expect(toSvg(JSON.parse(JSON.stringify(drawn)))).toBe(toSvg(drawn));
});

describe("a scene from a file", () => {
  const good = JSON.parse(JSON.stringify(scene(spec))) as Scene;
  const withMark = (mark: unknown): Scene => ({ ...good, marks: [mark as Mark] });

  test("colours may have any notation of CSS with commas", () => {
    const stroke = ["rgb(1, 2, 3)", "hsl(120, 50%, 40%)"];
    const svg = toSvg(withMark({ kind: "path", d: "M0,0L9,9", stroke }), { theme: "auto", id: "f" });
    expect(svg).toContain('stroke="rgb(1, 2, 3)" class="c1"');
    expect(svg).toContain("#f .c1{stroke:light-dark(rgb(1, 2, 3),hsl(120, 50%, 40%))}");
    expect(svgFaults(svg)).toEqual([]);
  });

  test("hatched cells keep clip, opacity and series", () => {
    const clip = { x: 0, y: 0, width: 5, height: 5 };
    const cells = [[1, 2, 3, 4]];
    const mark = {
      kind: "rects",
      cells,
      fill: ["#fff", "#000"],
      hatch: ["#eee", "#111"],
      clip,
      opacity: 0.5,
      series: 3,
    };
    const paths = readXml(toSvg(withMark(mark))).filter(({ attributes }) => attributes.get("d") === "M1,2h3v4h-3z");
    expect(paths.map(({ attributes }) => attributes.get("fill")?.slice(0, 4))).toEqual(["#fff", "url("]);
    for (const { attributes } of paths)
      expect(["clip-path", "opacity", "data-series"].map((name) => attributes.get(name))).toEqual([
        expect.stringMatching(/^url\(#/),
        "0.5",
        "3",
      ]);
  });

  test.each<[sentence: string, mark: unknown]>([
    ['marks[0].kind must be one of path, points, rects, rule, text, ramp, group, got "script"', { kind: "script" }],
    ["marks[0].x must be a number from −1e9 to 1e9, got null", { kind: "group", x: null, y: 0, marks: [] }],
    [
      'marks[0].fill must be two colours, for the light and the dark theme, each a name, #rrggbb, rgb(…) or hsl(…), got ["url(//evil)","#000"]',
      { kind: "path", d: "", fill: ["url(//evil)", "#000"] },
    ],
    [
      "marks[0].ys must have as many numbers as xs, 2, got 1",
      { kind: "points", shape: "plus", xs: [1, 2], ys: [1], radius: 1 },
    ],
    ["marks[0].shape must be one of", { kind: "points", shape: "constructor", xs: [], ys: [], radius: 1 }],
  ])("with a value that cannot be drawn gives an error: %s", (sentence, mark) => {
    expect(() => toSvg(withMark(mark))).toThrow(`toSvg: scene.${sentence}`);
  });

  test("errors of options", () => {
    expect(() => draw(spec, { theme: "blue" as "light" })).toThrow(
      'toSvg: theme must be "light" or "dark" or "auto", got "blue". Choose one of these.',
    );
    expect(() => draw(spec, { background: "x" as "none" })).toThrow(/background must be "paper" or "none"/);
  });

  test("hostile values anywhere give an error or are harmless", () => {
    const sly = fc.oneof(
      fc.constantFrom<unknown>(
        `"><script>alert(1)</script>`,
        `" onload="alert(1)`,
        "url(https://example.com/a.svg#b)",
        "javascript:alert(1)",
        "red;}</style><script>alert(1)</script>",
        `#fff" href="//evil`,
        "rgb(1,2,3)",
        "&amp;<!--",
        null,
        -1,
        1e308,
        [],
        {},
        ["#ffffff", "#000000"],
      ),
      fc.jsonValue(),
      anyText(),
    );
    const scenes = Object.values(
      samples({ words: ["a", "b"], numbers: [1, 2, 3, 5], wild: [1, Number.NaN, 2], count: 3 }),
    )
      .map((each) => JSON.stringify(scene(each)))
      .filter((text) => text.length < 60_000);
    const members = scenes.map((text) => {
      const all = pathsOf(JSON.parse(text)).filter(([first]) => first !== "axes" && first !== "legend");
      const texts = all.filter((path) => ["title", "caption", "text", "full", "d"].includes(path.at(-1)!));
      return { all, texts };
    });
    let [drawn, errors] = [0, 0];
    fc.assert(
      fc.property(
        fc.nat({ max: scenes.length - 1 }),
        fc.array(fc.tuple(fc.nat(), sly), { minLength: 1, maxLength: 3 }),
        fc.constantFrom("light" as const, "auto" as const),
        fc.constantFrom("all" as const, "texts" as const),
        (which, changes, theme, kind) => {
          const changed = JSON.parse(scenes[which]!) as Scene;
          const among = members[which]![kind];
          for (const [at, value] of changes)
            put(changed, among[at % among.length]!, kind === "all" ? value : String(value));
          try {
            expect(svgFaults(toSvg(changed, { theme }))).toEqual([]);
            drawn++;
          } catch (error) {
            if (!(error instanceof RangeError) || !error.message.startsWith("toSvg: scene")) throw error;
            errors++;
          }
        },
      ),
      { numRuns: 400, seed: 13 },
    );
    expect(Math.min(drawn, errors)).toBeGreaterThan(40);
  });
});

type Path = readonly string[];

/** The paths of all members in a value. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, each]) => pathsOf(each, [...path, key]))].filter(
    ({ length }) => length > 0,
  );
}

/** Sets a member by its path, unless an earlier change removed the path. */
function put(root: unknown, path: Path, value: unknown): void {
  let at = root as Record<string, unknown> | undefined;
  for (const key of path.slice(0, -1)) at = at?.[key] as Record<string, unknown> | undefined;
  if (typeof at === "object" && at !== null) at[path.at(-1)!] = value;
}

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
    "scene: the width of lossCurve must be from 240 to 20000 px, got 166. Set another width, or another number of columns in panels.",
  );
  for (const [columns, width] of [
    [3, 720],
    [2, 500],
  ] as const)
    expect(scene(panels({ title: "Small", charts: [spec, spec, spec], columns }), { width }).width).toBe(width);
});

test("exponents are raised digits with a minus sign that every font has", () => {
  const svgOf = (yName: string): string => draw(lossCurve({ title: "R² 0.5", yName, runs: [{ values: [2, 1] }] }));
  const up = '<tspan dy="-4.2" font-size="8.4">';
  expect(svgOf("10⁻²")).toContain(`>10${up}−2</tspan></text>`);
  expect(svgOf("3×10¹⁵ of 10⁶ m")).toContain(
    `>3×10${up}15</tspan><tspan dy="4.2"> of 10${up}6</tspan><tspan dy="4.2"> m</tspan></tspan></text>`,
  );
  expect(svgOf("Loss")).toContain(">R² 0.5</text>");
});
