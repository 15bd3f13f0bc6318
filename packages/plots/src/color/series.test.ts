// Checks that colours differ as much as the comments of the palettes state. It computes the WCAG contrast, and the OKLab distance as
// people with a colour vision deficiency see it: the simulation of Machado, Oliveira and Fernandes (2009), severity 1, linear light.

import { describe, expect, test } from "vitest";
import { contrast, linearOf, mix, oklabOf } from "./color.ts";
import { ramps, textColorOn } from "./ramps.ts";
import { dashes, seriesColor, seriesDark, seriesLight, seriesShape } from "./series.ts";
import { muted, paper } from "./theme.ts";

type Rows = readonly (readonly [number, number, number])[];

const visions: Record<string, Rows> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function seen(hex: string, rows: Rows): readonly [number, number, number] {
  const rgb = linearOf(hex);
  const channel = (row: readonly [number, number, number]): number =>
    Math.min(1, Math.max(0, row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2]));
  return oklabOf([channel(rows[0]!), channel(rows[1]!), channel(rows[2]!)]);
}

function apart(one: string, other: string, rows: Rows): number {
  const [a, b] = [seen(one, rows), seen(other, rows)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function nearest(colors: readonly string[]): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (const rows of Object.values(visions))
    for (const [i, a] of colors.entries())
      for (const b of colors.slice(i + 1)) smallest = Math.min(smallest, apart(a, b, rows));
  return smallest;
}

describe("formulas", () => {
  test("contrast of black and white is 21, of a colour with itself 1", () => {
    expect(contrast("#000000", "#FFFFFF")).toBeCloseTo(21, 12);
    expect(contrast("#D55E00", "#D55E00")).toBe(1);
    expect(contrast("#777777", "#FFFFFF")).toBeCloseTo(4.478, 3);
  });
  test("OKLab of white, black and red equals Ottosson's published numbers", () => {
    expect(oklabOf([1, 1, 1])[0]).toBeCloseTo(1, 6);
    expect(oklabOf([0, 0, 0])).toEqual([0, 0, 0]);
    const red = oklabOf(linearOf("#ff0000"));
    expect(red[0]).toBeCloseTo(0.62796, 4);
    expect(red[1]).toBeCloseTo(0.22486, 4);
    expect(red[2]).toBeCloseTo(0.12585, 4);
  });
  test("mix returns its two colours at the ends, and a grey between black and white", () => {
    expect(mix("#123456", "#fedcba", 0)).toBe("#123456");
    expect(mix("#123456", "#fedcba", 1)).toBe("#fedcba");
    expect(mix("#000000", "#ffffff", 0.5)).toMatch(/^#(..)\1\1$/);
  });
  test("the palette of Okabe and Ito has too little contrast on white: orange 2.25, sky 2.31, yellow 1.32 on white", () => {
    expect(contrast("#E69F00", "#FFFFFF")).toBeCloseTo(2.25, 1);
    expect(contrast("#56B4E9", "#FFFFFF")).toBeCloseTo(2.31, 2);
    expect(contrast("#F0E442", "#FFFFFF")).toBeCloseTo(1.32, 2);
  });
});

describe("series", () => {
  test("light on white: contrast at least 3.15, distance at least 0.1155 for every kind of colour vision", () => {
    for (const color of seriesLight) expect(contrast(color, paper[0])).toBeGreaterThanOrEqual(3.15);
    expect(nearest(seriesLight)).toBeGreaterThanOrEqual(0.1155);
  });
  test("dark on #15181D: contrast at least 3.15, distance at least 0.1249 for every kind of colour vision", () => {
    for (const color of seriesDark) expect(contrast(color, paper[1])).toBeGreaterThanOrEqual(3.15);
    expect(nearest(seriesDark)).toBeGreaterThanOrEqual(0.1249);
  });
  test("the first two, blue and orange, are at least 0.218 apart for every kind of colour vision", () => {
    expect(nearest(seriesLight.slice(0, 2))).toBeGreaterThanOrEqual(0.218);
    expect(nearest(seriesDark.slice(0, 2))).toBeGreaterThanOrEqual(0.218);
  });
  test("there are six markers and six dash patterns, the first is solid; colours repeat after seven", () => {
    expect([0, 1, 2, 3, 4, 5].map(seriesShape)).toEqual(["circle", "square", "triangle", "diamond", "plus", "cross"]);
    expect(dashes).toEqual([[], [6, 3], [2, 2], [8, 2, 2, 2], [12, 4], [1, 3]]);
    expect(seriesColor(8)).toEqual(seriesColor(1));
  });
});

test("text has a contrast of at least 4.5 on the paper and on every colour of a ramp", () => {
  for (const theme of [0, 1] as const) {
    expect(contrast(muted[theme], paper[theme])).toBeGreaterThanOrEqual(4.5);
    for (const ramp of Object.values(ramps))
      for (let i = 0; i <= 40; i++) {
        const background = ramp(i / 40);
        expect(contrast(textColorOn(background)[theme], background[theme])).toBeGreaterThanOrEqual(4.5);
      }
  }
});

test("text on any colour of the ramp “share” is black in the light theme and white in the dark theme", () => {
  for (let i = 0; i <= 100; i++) expect(textColorOn(ramps.share(i / 100))).toEqual(["#000000", "#FFFFFF"]);
});

test("sequential ramps grow steadily lighter, the diverging one is lightest or darkest in the middle", () => {
  for (const name of ["surface", "ratings"] as const) {
    const light = Array.from({ length: 33 }, (_, i) => oklabOf(linearOf(ramps[name](i / 32)[0]))[0]);
    for (let i = 1; i < light.length; i++) expect(light[i]!).toBeGreaterThan(light[i - 1]! - 1e-3);
  }
  const [paleEnds, darkEnds] = [0, 1].map((theme) =>
    [0, 0.5, 1].map((share) => oklabOf(linearOf(ramps.diverging(share)[theme as 0 | 1]))[0]),
  ) as [number[], number[]];
  expect(paleEnds[1]!).toBeGreaterThan(Math.max(paleEnds[0]!, paleEnds[2]!));
  expect(darkEnds[1]!).toBeLessThan(Math.min(darkEnds[0]!, darkEnds[2]!));
});
