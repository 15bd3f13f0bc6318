import fc from "fast-check";
import { expect, test } from "vitest";
import { powerOfTwo, toUnitSize } from "./powerOfTwo.ts";

test("powers of two equal those of the engine", () => {
  for (let k = -1022; k <= 1023; k++) expect(powerOfTwo(k)).toBe(2 ** k);
});

test("brings any number into [1, 2) without rounding", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
      const factor = toUnitSize(x);
      expect(Math.log2(factor)).toBe(Math.round(Math.log2(factor)));
      const size = Math.abs(x * factor);
      if (Math.abs(x) >= 2 ** -1022) expect([size >= 1, size < 4]).toEqual([true, true]);
      if (Math.abs(x) >= 2 ** -1022 && Math.abs(x) < 2 ** 1023) expect(size).toBeLessThan(2);
      expect((x * factor) / factor).toBe(x);
    }),
    { numRuns: 1000 },
  );
  expect(0 * toUnitSize(0)).toBe(0);
});
