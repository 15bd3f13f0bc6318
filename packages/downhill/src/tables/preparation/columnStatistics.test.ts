import fc from "fast-check";
import { expect, test } from "vitest";
import { random } from "../../core/random.ts";
import type { NumberValues } from "../reading/typedTable.ts";
import { statisticsOf } from "./columnStatistics.ts";

/** The columns of a row-major array. */
function columnsOf(lists: readonly Float64Array[]): NumberValues[] {
  const step = lists.length;
  const values = new Float64Array(step * lists[0]!.length);
  lists.forEach((list, j) => {
    list.forEach((x, i) => {
      values[i * step + j] = x;
    });
  });
  return lists.map((_, start) => ({ name: `x${start}`, kind: "number", values, start, step }));
}

function medianOf(list: Float64Array): number {
  const sorted = list.filter((x) => !Number.isNaN(x)).sort();
  const [a, b] = [sorted[(sorted.length - 1) >> 1]!, sorted[sorted.length >> 1]!];
  return a === b ? a : (a + b) / 2;
}

const stream = random(5);
/** Columns of many shapes with a number of rows. */
const shapes = (rows: number): Record<string, Float64Array> => {
  const list = (at: (i: number) => number) => Float64Array.from({ length: rows }, (_, i) => at(i));
  const size = Math.min(4096, rows >> 4);
  const sampled = new Set(Array.from({ length: size }, (_, i) => Math.floor((i * rows) / size)));
  return {
    normal: list(() => stream.normal()),
    rising: list((i) => i),
    falling: list((i) => 1 - i / 3),
    "two values": list(() => Number(stream.uniform() < 0.3)),
    "two equal halves": list((i) => i % 2),
    "few values": list(() => Math.floor(10 * stream.uniform())),
    constant: list(() => 2.5),
    "mostly missing": list((i) => (i % 97 === 0 ? stream.normal() : Number.NaN)),
    "half missing": list(() => (stream.uniform() < 0.5 ? Number.NaN : stream.normal())),
    "only missing": list(() => Number.NaN),
    "very different sizes": list(() => 10 ** (300 * stream.uniform())),
    "sampled rows far from the others": list((i) => (sampled.has(i) ? 1e6 + i : stream.normal())),
    "sampled rows missing": list((i) => (sampled.has(i) ? Number.NaN : stream.normal())),
  };
};

test.each([1, 2, 3, 100, 4096, 4097, 20_001])("statistics of columns of many shapes: %d rows", (rows) => {
  const lists = Object.entries(shapes(rows));
  const found = statisticsOf(columnsOf(lists.map(([, list]) => list)), rows);
  for (const [j, [shape, list]] of lists.entries()) {
    const present = [...list].filter((x) => !Number.isNaN(x));
    const { missing, smallest, largest, median } = found[j]!;
    expect([shape, missing]).toEqual([shape, rows - present.length]);
    if (present.length === 0) expect([smallest, largest, median]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    else {
      const ends = [Math.min(...present), Math.max(...present)];
      expect([shape, smallest, largest, median]).toEqual([shape, ...ends, medianOf(list)]);
    }
  }
});

test("the median is that of the sorted numbers", () => {
  const number = fc.oneof(
    fc.double({ noDefaultInfinity: true, min: -1e300, max: 1e300 }),
    fc.integer({ min: -3, max: 3 }),
  );
  fc.assert(
    fc.property(
      fc.array(number, { minLength: 1, maxLength: 200 }),
      fc.integer({ min: 1, max: 60 }),
      (some, repeats) => {
        const list = Float64Array.from({ length: some.length * repeats }, (_, i) => some[i % some.length]! + 0);
        const { median, missing } = statisticsOf(columnsOf([list]), list.length)[0]!;
        if (missing < list.length) expect(median).toBe(medianOf(list) + 0);
      },
    ),
    { numRuns: 200 },
  );
});
