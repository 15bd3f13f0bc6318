// A slider with a logarithmic axis: it reaches both ends, and every key moves it.
import { expect, test } from "vitest";
import { LAST_PLACE, numberAt, placeOf } from "../src/page/logSlider.ts";
import { generators } from "../src/state/dataFields.ts";

const { slider } = generators.moons.n;

test("the places of the number of points go from 10 to 5000, each by about the same factor", () => {
  const numbers = Array.from({ length: LAST_PLACE + 1 }, (_, place) => numberAt(slider!, place));
  expect([numbers[0], numbers[20], numbers[LAST_PLACE]]).toEqual([10, 220, 5000]);
  for (const [i, number] of numbers.slice(1).entries()) {
    expect(number / numbers[i]!).toBeGreaterThan(1.05);
    expect(number / numbers[i]!).toBeLessThan(1.3);
    expect(generators.moons.n.allows(number)).toBe(true);
  }
});

test("the number at each place has this place, so a key never leaves the slider where it is", () => {
  for (let place = 0; place <= LAST_PLACE; place++) expect(placeOf(slider!, numberAt(slider!, place))).toBe(place);
});
