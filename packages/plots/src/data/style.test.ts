import { expect, test } from "vitest";
import { seriesColor } from "../color/series.ts";
import { dashOf, seriesMarker } from "./style.ts";

test("the marker of style 1 is a square in the second colour, with the area of a circle of the radius", () => {
  const { color, path } = seriesMarker(1, 4);
  expect(color).toEqual(seriesColor(1));
  const side = Number((4 * Math.sqrt(Math.PI)).toFixed(1));
  expect(path).toBe(`M-3.5,-3.5h${side}v${side}h-${side}Z`);
  expect(() => seriesMarker(0.5, 4)).toThrow(RangeError);
});

test("eight styles differ in colour and dash pattern, and in colour and marker", () => {
  const eight = Array.from({ length: 8 }, (_, style) => style);
  const looks = [
    eight.map((style) => `${seriesColor(style)} ${dashOf({ style }, 0)}`),
    eight.map((style) => JSON.stringify(seriesMarker(style, 4))),
  ];
  expect(looks.map((each) => new Set(each).size)).toEqual([8, 8]);
});
