// A spec is plain data apart from the functions that draw it.

import { describe, expect, test } from "vitest";
import * as plots from "../src/index.ts";
import { draw, lossCurve, type Spec } from "../src/index.ts";
import { samples } from "./samples.ts";
import { showcase } from "./showcase.ts";

const spec = lossCurve({ title: "Loss", runs: [{ values: [4, 2, 1] }], yScale: "log" });

test("a copy of a spec can be drawn, with other texts too", () => {
  expect(draw({ ...spec })).toBe(draw(spec));
  expect(draw({ ...spec, title: "Another title" })).toContain("Another title");
});

describe("a spec that was read from JSON", () => {
  const read = JSON.parse(JSON.stringify(spec)) as typeof spec;

  test("is the same data", () => {
    expect(Object.keys(read).sort()).toEqual(Object.keys(spec).sort());
  });

  test("gets an error that says what to do, and can be drawn after that", () => {
    expect(() => draw(read)).toThrow(
      'scene: the spec of kind "lossCurve" cannot be drawn, because it was not made by the function of a chart. ' +
        "Pass its data to that function first, for example lossCurve(spec). JSON and structuredClone do not keep a spec's functions.",
    );
    expect(draw(lossCurve(read))).toBe(draw(spec));
  });
});

test("a loss curve goes as far as xEnd, which must be a number that its axis has", () => {
  const runs = [{ values: [4, 2, 1] }];
  const end = (xEnd: number): number =>
    plots.scene(lossCurve({ title: "Loss", runs, xEnd })).axes.find(({ side }) => side === "bottom")!.domain[1];
  expect([end(10), end(1)]).toEqual([10, 2]);
  expect(() => lossCurve({ title: "Loss", runs, xEnd: Number.NaN })).toThrow("xEnd must be finite");
  expect(() => lossCurve({ title: "Loss", runs, xScale: "log", xEnd: 0 })).toThrow("xEnd must be positive");
});

test("every chart of the package is in the showcase and in the samples", () => {
  const others = [
    "closedZones",
    "correlations",
    "draw",
    "drawOnCanvas",
    "extentOf",
    "gridBetween",
    "gridOver",
    "gridRows",
    "scene",
    "seriesMarker",
    "toSvg",
    "withoutSeries",
  ];
  const charts = Object.keys(plots).filter((name) => !others.includes(name));
  const kindsOf = (specs: readonly Spec[]): string[] => [...new Set(specs.map(({ kind }) => kind))].sort();
  expect(charts.length).toBeGreaterThan(10);
  expect(kindsOf(Object.values(showcase))).toEqual(charts.sort());
  expect(kindsOf(Object.values(samples({ words: ["a"], numbers: [1, 2], wild: [1], count: 2 })))).toEqual(charts);
});
