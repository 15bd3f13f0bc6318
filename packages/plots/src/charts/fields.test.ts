import { describe, expect, test } from "vitest";
import { linearOf, oklabOf } from "../color/color.ts";
import { ramps } from "../color/ramps.ts";
import { regionColor, seriesColor } from "../color/series.ts";
import { paper } from "../color/theme.ts";
import { gridBetween, gridRows } from "../data/grid.ts";
import { scene } from "../draw.ts";
import type { DescentPath } from "../marks/descentPaths.ts";
import type { Mark, PathMark, Scene } from "../scene/scene.ts";
import type { Spec } from "../scene/spec.ts";
import { withoutSeries } from "../scene/withoutSeries.ts";
import { classRegions } from "./classRegions.ts";
import { coefficients } from "./coefficients.ts";
import { lossCurve } from "./lossCurve.ts";
import { lossSurface } from "./lossSurface.ts";
import { marginRegions } from "./marginRegions.ts";
import { probabilityField } from "./probabilityField.ts";
import { ratingMatrices } from "./ratingMatrices.ts";
import { scatterLine } from "./scatterLine.ts";
import { valueField } from "./valueField.ts";

const grid = gridBetween([-4, 4], [-3, 3], { columns: 40, rows: 30 });
const rows = gridRows(grid);
const path = (mark: Mark): mark is PathMark => mark.kind === "path";
const fills = ({ marks }: Scene): string[] => marks.filter(path).flatMap(({ fill }) => fill?.[0] ?? []);

/** Corners of a path of M and L commands. */
function corners(d: string): [number, number][] {
  return d
    .split(/[MLZ]+/)
    .filter((part) => part !== "")
    .map((part) => part.split(",").map(Number) as [number, number]);
}

test("the legend has the order of the caller, with the colours of the classes; an order must have each class once", () => {
  const three = { x1: [-1, 0, 1], x2: [0, 0, 1], labels: [0, 1, 2] };
  const two = { ...three, labels: [0, 1, 1] };
  const values = rows.map(([a = 0]) => a / 8 + 0.5);
  const classes = ["a", "b", "c"];
  const pair = ["a", "b"] as const;
  const legend = (spec: Spec) =>
    scene(spec)
      .legend.filter(({ key }) => key.marker && key.marker.fill !== paper)
      .map(({ name, key }) => [name, key.marker!.fill]);
  const entry = (name: string): unknown[] => [name, seriesColor(classes.indexOf(name))];
  const regions = (order: number[]) =>
    classRegions({ title: "", grid, classes, field: { chosen: rows.map(() => 0) }, points: { ...three, order } });
  const field = (order: number[]) => valueField({ title: "", grid, classes, values, points: { ...three, order } });
  for (const made of [regions, field]) {
    expect(legend(made([2, 0, 1])).slice(0, 3)).toEqual(["c", "a", "b"].map(entry));
    expect(() => made([2, 0])).toThrow(/: points\.order must have /);
    expect(() => made([2, 0, 0])).toThrow(/: points\.order must have each class once, got 2, 0, 0\./);
    expect(() => made([2, 0, 3])).toThrow(/: points\.order\[2\] must be a whole number from 0 to 2, got 3\./);
  }
  const points = { ...two, order: [1, 0] };
  const binary = [
    probabilityField({ title: "", grid, classes: pair, probabilities: values, points }),
    marginRegions({ title: "", grid, classes: pair, scores: values, points }),
  ];
  for (const spec of binary) expect(legend(spec).slice(0, 2)).toEqual(["b", "a"].map(entry));
});

describe("probabilityField", () => {
  const probabilities = rows.map(([a = 0]) => 1 / (1 + Math.exp(-2 * (a - 1))));
  const points = { x1: [-3, 3, 3], x2: [0, 0, 1], labels: [-1, 1, -1] };
  const drawn = scene(probabilityField({ title: "Field", grid, probabilities, points }));
  test("has twenty colours of the diverging ramp", () => {
    const colors = fills(drawn);
    expect(colors.length).toBe(19); // the lowest of the twenty colours is the background, not an area
    expect(colors[0]).toBe(ramps.diverging(1.5 / 20)[0]);
    expect(colors.at(-1)).toBe(ramps.diverging(19.5 / 20)[0]);
  });
  test("has its bold contour where the probability is one half", () => {
    const bold = drawn.marks.filter(path).find(({ width, clip }) => width === 2.25 && clip !== undefined)!;
    const [from, to] = drawn.axes[0]!.pixels;
    const expected = from + ((1 + 4) / 8) * (to - from);
    const on = corners(bold.d).filter(([x]) => Math.abs(x - expected) < 0.2);
    expect(on.length).toBeGreaterThanOrEqual(2);
  });
  test("counts the points in the region of their class", () => {
    expect(drawn.a11y.caption).toContain("2 of the 3 points in this picture lie in the region of their own class.");
    expect(drawn.a11y.table.rows).toEqual([
      ["class 0", 62.5, 2, 1],
      ["class 1", 37.5, 1, 1],
    ]);
  });
  test("throws for a number that is not a probability, and for a point outside of the grid", () => {
    const bad = probabilities.map((p, i) => (i === 7 ? 1.5 : p));
    expect(() => probabilityField({ title: "", grid, probabilities: bad })).toThrow(
      /probabilities\[7\] must be from 0 to 1, got 1\.5/,
    );
    expect(() => probabilityField({ title: "", grid, probabilities: [1] })).toThrow(
      /probabilities must have as many values as the grid has cells \(1200\), got 1/,
    );
    expect(() =>
      probabilityField({ title: "", grid, probabilities, points: { x1: [9], x2: [0], labels: [0] } }),
    ).toThrow(/points\.x1\[0\] must lie within the grid, from −4 to 4, got 9/);
    expect(() =>
      probabilityField({
        title: "",
        grid,
        probabilities,
        points: { x1: [1, 1, 1], x2: [0, 0, 0], labels: [0, -1, 1] },
      }),
    ).toThrow(/−1, 0 and 1/);
  });
});

describe("classRegions", () => {
  const centres = [
    [-2, 0],
    [2, 1],
    [1, -2],
  ] as const;
  const scores = rows.flatMap(([a = 0, b = 0]) => centres.map(([c, d]) => -((a - c) ** 2) - (b - d) ** 2));
  const chosen = rows.map((_, i) =>
    [0, 1, 2].reduce((best, k) => (scores[3 * i + k]! > scores[3 * i + best]! ? k : best), 0),
  );
  const classes = ["a", "b", "c"];
  test("scores and chosen classes give the same areas, with one pale colour for each class", () => {
    const smooth = scene(classRegions({ title: "Regions", grid, field: { scores }, classes }));
    const stepped = scene(classRegions({ title: "Regions", grid, field: { chosen }, classes }));
    expect(smooth.a11y.table.rows).toEqual(stepped.a11y.table.rows);
    expect(fills(smooth)).toEqual([regionColor(1)[0], regionColor(2)[0]]);
    const shares = smooth.a11y.table.rows.map((row) => row[1] as number);
    expect(shares.reduce((a, b) => a + b)).toBeCloseTo(100, 0);
  });
  test("with scores, the border is where two scores are equal", () => {
    const two = rows.flatMap(([a = 0, b = 0]) => [0, a + 0.5 * b - 0.7]);
    const drawn = scene(classRegions({ title: "Two", grid, field: { scores: two }, classes: ["a", "b"] }));
    const [x, y] = drawn.axes;
    const border = drawn.marks.filter(path).find(({ opacity }) => opacity === 0.6)!;
    const back = (pixel: number, axis: typeof x): number =>
      axis!.domain[0] +
      ((pixel - axis!.pixels[0]) / (axis!.pixels[1] - axis!.pixels[0])) * (axis!.domain[1] - axis!.domain[0]);
    const on = corners(border.d).filter(([px, py]) => Math.abs(back(px, x) + 0.5 * back(py, y) - 0.7) < 0.02);
    expect(on.length).toBeGreaterThanOrEqual(2);
  });
  test("a class that is predicted nowhere has no area; a class that is predicted everywhere fills the plot", () => {
    const drawn = scene(classRegions({ title: "One", grid, field: { chosen: chosen.map(() => 0) }, classes }));
    expect(fills(drawn)).toEqual([]);
    expect(drawn.a11y.table.rows.map((row) => row[1])).toEqual([100, 0, 0]);
  });
  test("throws for a class without a name", () => {
    expect(() => classRegions({ title: "", grid, field: { chosen: chosen.map(() => 3) }, classes })).toThrow(
      /field\.chosen\[0\] must be a whole number from 0 to 2, got 3/,
    );
  });
});

test("marginRegions draws margins where the score is −1 and +1, and a ring around each support vector", () => {
  const scores = rows.map(([, b = 0]) => b);
  const points = { x1: [0, 1, 2], x2: [-2, 0.5, 2], labels: [-1, 1, 1] };
  const drawn = scene(marginRegions({ title: "Margin", grid, scores, points, support: [1] }));
  const dashed = drawn.marks.filter(path).find(({ dash }) => dash !== undefined && dash.length === 2)!;
  const [bottom, top] = drawn.axes[1]!.pixels;
  for (const value of [-1, 1]) {
    const height = bottom + ((value + 3) / 6) * (top - bottom);
    expect(corners(dashed.d).filter(([, y]) => Math.abs(y - height) < 0.2).length).toBeGreaterThanOrEqual(2);
  }
  const ring = drawn.marks.find((mark) => mark.kind === "points" && mark.fill === undefined);
  expect(ring?.kind === "points" ? ring.xs.length : 0).toBe(1);
  expect(() => marginRegions({ title: "", grid, scores, points, support: [3] })).toThrow(
    /support\[0\] must be the index of a point, a whole number below 3, got 3/,
  );
});

describe("marginRegions with a linear score", () => {
  // The score is b: its margins are the lines b = −1 and b = 1.
  const scores = rows.map(([, b = 0]) => b);
  const points = { x1: [0, 1, 2, -1], x2: [-2, 0.5, 2, 1.5], labels: [0, 1, 1, 0] };
  const score = { weights: [0, 1], intercept: 0 } as const;
  const drawn = scene(marginRegions({ title: "Margin", grid, scores, points, score }));
  const place = (k: 0 | 1, value: number): number => {
    const { domain, pixels } = drawn.axes[k]!;
    return pixels[0] + ((value - domain[0]) / (domain[1] - domain[0])) * (pixels[1] - pixels[0]);
  };

  test("a point on the wrong side of the margin of its class has a line to it, at a right angle; no other point has one", () => {
    expect(drawn.legend.map(({ name }) => name)).toContain("slack");
    const { series } = drawn.legend.find(({ name }) => name === "slack")!;
    const { d } = drawn.marks.filter(path).find((mark) => mark.series === series)!;
    // Of class 1 the point (1, 0.5), to b = 1; of class 0 the point (−1, 1.5), to b = −1.
    const ends = [
      [1, 0.5],
      [1, 1],
      [-1, 1.5],
      [-1, -1],
    ].flatMap(([a, b]) => [place(0, a!), place(1, b!)]);
    const found = corners(d).flat();
    expect(found).toHaveLength(ends.length);
    for (const [i, at] of ends.entries()) expect(found[i]).toBeCloseTo(at, 0);
    const none = { ...points, labels: [0, 1, 1, 1], x2: [-2, 1.5, 2, 1.5] };
    const clean = scene(marginRegions({ title: "Margin", grid, scores, points: none, score }));
    expect(clean.legend.map(({ name }) => name)).not.toContain("slack");
  });
  test("a score without slope has no lines, and one that is not finite is an error", () => {
    const flat = { weights: [0, 0], intercept: 0 } as const;
    const { marks } = scene(marginRegions({ title: "Margin", grid, scores, points, score: flat }));
    expect(marks.filter(path).filter(({ series }) => series === 2)).toEqual([]);
    const wrong = { weights: [0, Number.NaN], intercept: 0 } as const;
    expect(() => marginRegions({ title: "", grid, scores, points, score: wrong })).toThrow(/score\.weights\[1\]/);
  });
  test("the regions are paler between the margins", () => {
    const colors = drawn.marks.flatMap((mark) => ("fill" in mark && mark.kind !== "points" ? [mark.fill![0]] : []));
    expect(colors).toHaveLength(4);
    const light = colors.map((hex) => oklabOf(linearOf(hex))[0]);
    expect(light[1]).toBeGreaterThan(light[0]!);
    expect(light[2]).toBeGreaterThan(light[3]!);
  });
});

test("classRegions are paler in steps where the highest probability is lower", () => {
  // Three classes: the steps are at 1/3 + 2/3 · (3/4, 2/4, 1/4) = 5/6, 4/6 and 1/2.
  const spec = { title: "", grid, field: { chosen: rows.map(() => 1) }, classes: ["a", "b", "c"] };
  const veils = (share: number) => {
    const { marks } = scene(classRegions({ ...spec, confidence: rows.map(() => share) }));
    return marks.filter(path).filter(({ opacity }) => opacity === 0.3).length;
  };
  expect([0.9, 0.8, 0.6, 0.4].map(veils)).toEqual([0, 1, 2, 3]);
  expect(
    scene(classRegions(spec))
      .marks.filter(path)
      .some(({ opacity }) => opacity === 0.3),
  ).toBe(false);
  expect(() => classRegions({ ...spec, confidence: rows.map(() => 1.5) })).toThrow(/confidence\[0\] must be .* 0 to 1/);
});

test("rings have an entry in the legend if they have a name, which hides them alone", () => {
  const points = {
    x1: [0, 1, 2],
    x2: [0, 0, 0],
    labels: [0, 1, 2],
    ring: [false, true, true],
    ringName: "wrong class",
  };
  const classes = ["a", "b", "c"];
  const field = { chosen: rows.map(() => 0) };
  const drawn = scene(classRegions({ title: "", grid, field, classes, points }));
  expect(drawn.legend.map(({ name }) => name)).toEqual(["a", "b", "c", "wrong class"]);
  const rings = ({ marks }: Scene) => marks.filter((mark) => mark.kind === "points" && mark.fill === undefined);
  expect(rings(drawn)).toHaveLength(1);
  const hidden = withoutSeries(drawn, new Set(["wrong class"]));
  expect(rings(hidden)).toHaveLength(0);
  expect(hidden.marks.filter(({ kind }) => kind === "points")).toHaveLength(3);
  const none = scene(
    classRegions({ title: "", grid, field, classes, points: { ...points, ring: [false, false, false] } }),
  );
  expect(none.legend.map(({ name }) => name)).toEqual(["a", "b", "c"]);
});

test("coefficients: a reference is a line across the bar of its name, at its value, in the order of the bars and in the table", () => {
  const spec = { title: "", names: ["a", "b", "c"], values: [1, -3, 2] };
  const drawn = scene(coefficients({ ...spec, sort: "magnitude", reference: { name: "best", values: [1.5, -4, 0] } }));
  const lines = drawn.marks.filter((mark) => mark.kind === "rule" && mark.series === 2);
  const { domain, pixels } = drawn.axes[0]!;
  const at = lines.map((mark) => {
    const { from, to } = mark as { from: readonly number[]; to: readonly number[] };
    expect(to[0]).toBe(from[0]);
    return domain[0] + ((from[0]! - pixels[0]) / (pixels[1] - pixels[0])) * (domain[1] - domain[0]);
  });
  for (const [i, value] of [-4, 0, 1.5].entries()) expect(at[i]).toBeCloseTo(value, 6); // b, c, a
  const heights = lines.map((mark) => (mark as { from: readonly number[] }).from[1]!);
  expect(heights).toEqual(heights.toSorted((a, b) => a - b));
  expect(drawn.a11y.table.rows).toEqual([
    ["b", -3, -4],
    ["c", 2, 0],
    ["a", 1, 1.5],
  ]);
  expect(drawn.legend.map(({ name }) => name)).toEqual(["positive", "negative", "best"]);
  const short = { name: "best", values: [1] };
  expect(() => coefficients({ ...spec, reference: short })).toThrow(/reference\.values must have/);
});

test("a shifted point of scatterLine is drawn above its y, and the table has its y", () => {
  const spec = { title: "", x: [0, 1, 2], y: [0, 1, 1] };
  const heights = (shift: number[]) => {
    const drawn = scene(scatterLine({ ...spec, shift }));
    const { domain, pixels } = drawn.axes[1]!;
    const { ys } = drawn.marks.find((mark) => mark.kind === "points")!;
    expect(drawn.a11y.table.rows.map((row) => row[1])).toEqual([0, 1, 1]);
    return ys.map((y) => domain[0] + ((y - pixels[0]) / (pixels[1] - pixels[0])) * (domain[1] - domain[0]));
  };
  for (const [i, height] of heights([0.1, 0, -0.2]).entries()) expect(height).toBeCloseTo([0.1, 1, 0.8][i]!, 6);
  expect(() => scatterLine({ ...spec, shift: [0.1] })).toThrow(/shift/);
});

describe("the legend has an entry for everything that is drawn, and no other", () => {
  const legendOf = (spec: Spec): string[] => scene(spec).legend.map(({ name }) => name);
  const constant = rows.map(() => 0.25);
  const one = { x1: [0], x2: [0], labels: [1] };

  test("no contour entry where the probability crosses one half nowhere, no marker entry for a class without points", () => {
    expect(legendOf(probabilityField({ title: "", grid, probabilities: constant, points: one }))).toEqual(["class 1"]);
  });
  test("regions: the marker of a class with points, the colour of a region without points, no entry for other classes", () => {
    const chosen = rows.map(([a = 0]) => (a < 0 ? 0 : 1));
    const drawn = scene(classRegions({ title: "", grid, field: { chosen }, classes: ["a", "b", "c"], points: one }));
    expect(drawn.legend.map(({ name, key }) => [name, ...Object.keys(key)])).toEqual([
      ["a", "swatch"],
      ["b", "marker"],
    ]);
  });
  test("margins: no boundary entry where no score is 0, no ring entry without support vectors", () => {
    const classes = ["a", "b"] as const;
    expect(legendOf(marginRegions({ title: "", grid, scores: constant, points: one, support: [], classes }))).toEqual([
      "b",
    ]);
    expect(legendOf(marginRegions({ title: "", grid, scores: rows.map(([a = 0]) => a), classes }))).toEqual([
      ...["a", "b", "boundary", "margin ±1"],
    ]);
  });
  test("a surface: no entry for a path, a start or an optimum outside of the picture", () => {
    const values = rows.map(([a = 0, b = 0]) => a * a + b * b);
    const path = (name: string, x: number[], y: number[]) => ({ name, x, y });
    const paths = [path("off", [9, 8], [9, 8]), path("through", [-9, 9], [0, 0]), path("in", [9, 1], [9, 1])];
    expect(legendOf(lossSurface({ title: "", grid, values, paths, optimum: [9, 0] }))).toEqual([
      ...["off: 2 points outside", "through", "through: 2 points outside", "in", "in: 1 point outside"],
    ]);
    expect(legendOf(lossSurface({ title: "", grid, values, paths: [path("p", [0], [0])], optimum: [0, 0] }))).toEqual([
      ...["p", "start", "optimum"],
    ]);
  });
  test("runs, coefficients and ratings", () => {
    const runs = [
      { name: "none", values: [Number.NaN] },
      { name: "some", values: [1, 2] },
    ];
    expect(legendOf(lossCurve({ title: "", runs }))).toEqual(["some", "none: NaN at epoch 0"]);
    expect(legendOf(coefficients({ title: "", names: ["a", "b"], values: [0, 2] }))).toEqual(["positive"]);
    const values = Array.from({ length: 40_000 }, (_, i) => (i % 2 === 0 ? Number.NaN : i)); // every drawn cell has a rating
    expect(legendOf(ratingMatrices({ title: "", matrices: [{ name: "m", rows: 200, columns: 200, values }] }))).toEqual(
      [],
    );
  });
});

describe("lossSurface", () => {
  test("the areas of the surface that was drawn last are computed again only for other values or another place", () => {
    const own = Float64Array.from(values);
    const areas = (width = 400): unknown[] =>
      scene(lossSurface({ title: "Bowl", grid, values: own }), { width, height: 300 }).marks.filter(
        (mark) => mark.kind === "path" && mark.fill !== undefined,
      );
    const first = areas();
    expect(first.length).toBeGreaterThan(5);
    expect(areas().every((mark, i) => mark === first[i])).toBe(true);
    expect(areas(500)[0]).not.toEqual(first[0]);
    own[0] = own[0]! + 30; // the same list with another value
    expect(areas()).not.toEqual(first);
    own[0] = values[0]!;
    expect(areas()).toEqual(first);
  });

  const values = rows.map(([a = 0, b = 0]) => a * a + 4 * b * b);
  test("a path with a style has its colour, dash pattern and marker in every place of the list, on a strip in the colour of the paper", () => {
    const own = { name: "B", x: [3, 2, 1], y: [1, 1, 0.5], style: 1 };
    const other = { ...own, name: "A", style: 0 };
    const looks = (paths: readonly DescentPath[], series: number): unknown[] =>
      scene(lossSurface({ title: "Bowl", grid, values, paths })).marks.flatMap((mark): unknown[] =>
        !("series" in mark) || mark.series !== series
          ? []
          : mark.kind === "path"
            ? [[mark.stroke, mark.dash]]
            : mark.kind === "points"
              ? [[mark.shape, mark.fill, mark.stroke]]
              : [],
      );
    expect(looks([own], 0)).toEqual([
      [paper, undefined],
      [seriesColor(1), [6, 3]],
      ["square", seriesColor(1), paper],
    ]);
    expect(looks([other, own], 1)).toEqual(looks([own], 0));
    expect(looks([{ ...own, line: "dotted" }], 0)[1]).toEqual([seriesColor(1), [1, 3]]);
    const { legend } = scene(lossSurface({ title: "Bowl", grid, values, paths: [other, own] }));
    expect(legend[1]!.key.marker).toEqual({ shape: "square", fill: seriesColor(1) });
    expect(() => lossSurface({ title: "Bowl", grid, values, paths: [{ ...own, style: -1 }] })).toThrow(
      "lossSurface: paths[0].style must be a whole number from 0, got -1. Number the styles from 0.",
    );
  });

  test("levels rise by a constant factor above the lowest value", () => {
    const drawn = scene(lossSurface({ title: "Bowl", grid, values }));
    const { ticks } = drawn.axes[2]!;
    const low = Math.min(...values);
    const above = ticks.map(({ label }) => Math.log10(Number(label) - low));
    expect(ticks.length).toBeGreaterThanOrEqual(5);
    for (let i = 1; i < ticks.length; i++) {
      const perLevel = (above[i]! - above[i - 1]!) / (ticks[i]!.at - ticks[i - 1]!.at);
      expect(Math.abs(perLevel - 0.2)).toBeLessThan(0.04); // a factor of 10^0.2; labels are rounded to two digits
    }
    expect(fills(drawn).length).toBeGreaterThanOrEqual(12);
  });
  test("a path that leaves the picture is clipped, and the description counts its points outside", () => {
    const x = [3, -30, 300, -3e200, Number.NaN];
    const drawn = scene(
      lossSurface({ title: "Too large", grid, values, paths: [{ name: "descent", x, y: x.map(() => 1) }] }),
    );
    const numbers = drawn.marks
      .filter(path)
      .filter(({ series }) => series === 0)
      .flatMap(({ d }) => corners(d).flat());
    expect(Math.max(...numbers.map(Math.abs))).toBeLessThan(2000);
    expect(drawn.a11y.caption).toContain(
      "descent has 5 points and is not finite from point 5 on. 3 of its points lie outside of the picture.",
    );
  });
  test("a faint path has paler lines than another one and no markers, and the description and the table have it too", () => {
    const drawn = (faint: boolean) =>
      scene(
        lossSurface({ title: "Bowl", grid, values, paths: [{ name: "descent", x: [3, 2, 1], y: [1, 1, 0.5], faint }] }),
      );
    const marksOf = (faint: boolean) => drawn(faint).marks.filter((mark) => "series" in mark && mark.series === 0);
    const opacities = (faint: boolean) =>
      marksOf(faint).flatMap((mark) => (mark.kind === "path" ? [mark.opacity ?? 1] : []));
    const markers = (faint: boolean) =>
      marksOf(faint).flatMap((mark) => (mark.kind === "points" ? Array.from(mark.xs) : []));
    expect(opacities(true)).toHaveLength(2);
    expect(opacities(true).every((opacity, i) => opacity < opacities(false)[i]!)).toBe(true);
    expect([markers(true).length, markers(false).length]).toEqual([0, 3]);
    expect(drawn(true).a11y).toEqual(drawn(false).a11y);
  });
  test("the description has the names of both axes, and the ends of each path", () => {
    const paths = [
      { name: "descent", x: [3, 2, 1], y: [1, 1, 0.5] },
      { name: "start", x: [2], y: [-1] },
    ];
    const [xName, yName] = ["from the optimum to the start", "second direction"];
    const { caption, table } = scene(lossSurface({ title: "Bowl", grid, values, paths, xName, yName })).a11y;
    expect(caption).toMatch(
      /^Objective from \S+ to \S+\. Across: from the optimum to the start\. Up: second direction\. /,
    );
    expect(caption).toContain("descent goes from (3, 1) to (1, 0.5) in 3 points. start is at (2, −1).");
    expect(table.rows[1]).toEqual(["descent", 2, 2, 1]);
  });
  test("a constant objective has no contour lines and no colour bar", () => {
    const drawn = scene(lossSurface({ title: "Flat", grid, values: values.map(() => 2) }));
    expect(drawn.axes.length).toBe(2);
  });
});

test("points that were held out are hollow, in fields and beside a line", () => {
  const hollow = [false, true, false];
  const points = { x1: [-1, 0, 1], x2: [0, 1, 2], labels: [0, 1, 1], hollow };
  const marksOf = (spec: Spec) =>
    scene(spec).marks.flatMap((mark) => (mark.kind === "points" && mark.xs.length > 0 ? [mark] : []));
  const field = marksOf(probabilityField({ title: "Field", grid, probabilities: rows.map(() => 0.4), points }));
  expect(field.map(({ fill, xs }) => [fill, xs.length])).toEqual([
    [seriesColor(0), 1],
    [seriesColor(1), 1],
    [paper, 1],
  ]);
  const line = marksOf(scatterLine({ title: "Line", x: [1, 2, 3], y: [1, 2, 3], hollow }));
  expect(line.map(({ fill, xs }) => [fill, xs.length])).toEqual([
    [seriesColor(0), 2],
    [paper, 1],
  ]);
  const short = { ...points, hollow: [true] };
  expect(() => probabilityField({ title: "Field", grid, probabilities: rows.map(() => 0.4), points: short })).toThrow(
    /points.hollow must have as many values/,
  );
});
