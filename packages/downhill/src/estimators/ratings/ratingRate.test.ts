import { expect, test } from "vitest";
import { random } from "../../core/random.ts";
import { largeRating as largeOfParts } from "./ratingRate.ts";

/** The ratings come in two parts. */
const largeRating = (ratings: Float64Array): number =>
  largeOfParts({
    rows: ratings.length,
    each(visit) {
      visit(ratings.subarray(0, 1));
      visit(ratings.subarray(1));
    },
  });

const draw = random(1);
const normal = Float64Array.from({ length: 10_000 }, () => draw.normal());

test("is 3 Σ r² / Σ |r|: 3 √(π/2) for the normal distribution, in any unit", () => {
  expect(Math.abs(largeRating(normal) / (3 * Math.sqrt(Math.PI / 2)) - 1)).toBeLessThan(0.03);
  for (const unit of [1e-300, 1e300]) {
    const scaled = normal.map((rating) => rating * unit);
    expect(Math.abs(largeRating(scaled) / unit / largeRating(normal) - 1)).toBeLessThan(1e-12);
  }
});

test("is the largest |rating| where all ratings are of similar size", () => {
  expect(largeRating(Float64Array.of(-1, 1, 1, -1))).toBe(1);
  expect(largeRating(Float64Array.of(0.5, -2, 1, -1.5))).toBe(2);
  expect(largeRating(Float64Array.of(0, 0))).toBe(0);
});

test("one rating far from all others counts half", () => {
  expect(largeRating(Float64Array.of(...normal, -40))).toBe(20);
});
