// In charts of any data no text is too small, outside of the drawing, or over another text.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cases } from "../../downhill/test/cases.ts";
import { coefficients, type Size, scene, toSvg } from "../src/index.ts";
import { textBoxes, textFaults } from "./boxes.ts";
import { svgFaults } from "./safe.ts";
import { type Ingredients, samples } from "./samples.ts";

const long =
  "the quick brown fox jumps over the lazy dog and then over the rest of the sentence, again and again, until";
const plain: Ingredients = {
  words: ["Loss", "rate 0.1", "Epoch"],
  numbers: [1, 2, 3, 5, 8, 13],
  wild: [3, 2, 1, 0.5, 0.25, 0.2],
  count: 3,
};

const unusual: Record<string, Ingredients> = {
  plain,
  "long names": {
    ...plain,
    words: [long, `${long} ${long} ${long} ${long}`, "supercalifragilisticexpialidocious".repeat(5)],
  },
  "twelve runs": { ...plain, count: 12 },
  "forty-two classes": { ...plain, count: 42, words: ["a rather long name of a class", "b"] },
  "tiny range": { ...plain, numbers: [1e-12, 2e-12, 3e-12], wild: [1e-12, 2e-12, 3e-12] },
  "tiny range far from zero": { ...plain, numbers: [1, 1 + 1e-12, 1 + 3e-12], wild: [1, 1 + 1e-12] },
  huge: { ...plain, numbers: [1e300, -1e300, 5e299], wild: [1e300, 1e299, 1e308] },
  "all equal": { ...plain, numbers: [7, 7, 7], wild: [7, 7, 7] },
  "all zero": { ...plain, numbers: [0, 0], wild: [0, 0] },
  "one point": { ...plain, numbers: [123456.789], wild: [123456.789] },
  negative: { ...plain, numbers: [-5, -4000, -2], wild: [-1, -2, -3] },
  "not finite": {
    ...plain,
    wild: [Number.NaN, 1, Number.POSITIVE_INFINITY, 2, Number.NEGATIVE_INFINITY, 3, Number.NaN],
  },
  "nothing finite": { ...plain, wild: [Number.NaN, Number.POSITIVE_INFINITY], count: 2 },
  "a hundred": { ...plain, numbers: Array.from({ length: 100 }, (_, i) => i * 1234.5) },
  hostile: {
    ...plain,
    words: ["</svg><script>alert(1)</script>", "\"'&<>", "a\u0000b\u001f\ud800 \n c", "]]>", "漢字かな한글🙂🙂"],
  },
  empty: { ...plain, words: ["x", ""] },
};

const sizes: readonly (Partial<Size> | undefined)[] = [
  undefined,
  { width: 640, height: 420 },
  { width: 480, height: 260 },
  { width: 1200, height: 300 },
];
const themes = ["auto", "light", "dark"] as const;

/** All sizes for plain and long names; for the others the usual size and another one, with all cases all. */
const sizesOf = (name: string, at: number): typeof sizes =>
  cases(name === "plain" || name === "long names" ? sizes : [sizes[0], sizes[1 + (at % 3)]], sizes);

describe.each(Object.entries(unusual).map(([name, ingredients], at) => ({ name, ingredients, at })))(
  "$name",
  ({ name, ingredients, at }) => {
    for (const [kind, spec] of Object.entries(samples(ingredients)))
      test(kind, () => {
        for (const [i, size] of sizesOf(name, at).entries()) {
          const used = kind === "panels" && size !== undefined ? { width: 520, height: 440 } : size;
          const drawn = scene(spec, used);
          expect(textFaults(drawn)).toEqual([]);
          expect(notFinite(drawn)).toEqual([]);
          expect(svgFaults(toSvg(drawn, { theme: themes[(i + at) % themes.length]! }))).toEqual([]);
        }
      });
  },
);

/** Paths of the numbers in a value that are not finite. Tables contain NaN and ∞ as text. */
function notFinite(value: unknown, path = ""): string[] {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => notFinite(each, `${path}.${key}`));
}

const word = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "grapheme", minLength: 20, maxLength: 120 }),
  fc.lorem({ maxCount: 30 }),
);
const finite = fc.oneof(
  fc.double({ min: -1e3, max: 1e3, noNaN: true }),
  fc.double({ min: -1e300, max: 1e300, noNaN: true }),
  fc.constantFrom(0, 1, 1e-300, -1e-300, 1e300, 1 + 1e-12, 1e5, 123456789),
);
const ingredients: fc.Arbitrary<Ingredients> = fc.record({
  words: fc.array(word, { minLength: 1, maxLength: 8 }),
  numbers: fc.array(finite, { minLength: 1, maxLength: 30 }),
  wild: fc.array(fc.oneof(fc.double(), finite), { minLength: 1, maxLength: 30 }),
  count: fc.integer({ min: 1, max: 14 }),
});

test("any words and any numbers", { timeout: 60_000 }, () => {
  const size = fc.record({ width: fc.integer({ min: 240, max: 1000 }), height: fc.integer({ min: 220, max: 800 }) });
  fc.assert(
    fc.property(ingredients, size, (each, chosen) => {
      for (const [kind, spec] of Object.entries(samples(each))) {
        const used = kind === "panels" ? { width: chosen.width * 2, height: chosen.height + 180 } : chosen;
        const drawn = scene(spec, used);
        expect(textFaults(drawn), kind).toEqual([]);
        expect(svgFaults(toSvg(drawn)), kind).toEqual([]);
      }
    }),
    { numRuns: cases(12, 60), seed: 20 },
  );
});

test("the samples are spread: text of many lengths", { timeout: 60_000 }, () => {
  const lengths = new Set<number>();
  fc.assert(
    fc.property(ingredients, (each) => {
      for (const spec of Object.values(samples(each)))
        for (const box of textBoxes(scene(spec).marks)) lengths.add(Math.round(box.width));
    }),
    { numRuns: cases(10, 20), seed: 5 },
  );
  expect(lengths.size).toBeGreaterThan(150);
  expect(Math.max(...lengths)).toBeGreaterThan(400);
});

test("the name of the horizontal axis is written in full where the drawing is wide enough, though the plot is not", () => {
  const xName = "Change of the score per standard deviation";
  const spec = coefficients({ title: "Coefficients", names: ["worst_fractal_dimension"], values: [1], xName });
  const drawn = scene(spec, { width: 340, height: 240 });
  expect(drawn.axes[0]!.pixels[1] - drawn.axes[0]!.pixels[0]).toBeLessThan(250);
  expect(textBoxes(drawn.marks).map(({ text }) => text)).toContain(xName);
  expect(textFaults(drawn)).toEqual([]);
});
