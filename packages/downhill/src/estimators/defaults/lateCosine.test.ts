import { expect, test } from "vitest";
import { cosine } from "../../optimizers/schedules.ts";
import { lateCosine } from "./lateCosine.ts";

test.each([1, 2, 7, 100])("%i updates: constant in the first half, then a cosine to a hundredth", (updates) => {
  const rate = lateCosine(0.3, updates);
  const half = Math.floor(updates / 2);
  for (let t = 1; t <= half; t++) expect(rate(t)).toBe(0.3);
  const fall = cosine(0.3, { updates: updates - half });
  for (let t = half + 1; t <= updates + 2; t++) expect(rate(t)).toBe(fall(t - half));
  expect(rate(updates + 1)).toBe(0.003);
});
