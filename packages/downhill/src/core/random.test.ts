import { describe, expect, test } from "vitest";
import { type Random, random } from "./random.ts";

const draws = (n: number, draw: () => number): number[] => Array.from({ length: n }, draw);
const uniforms = (stream: Random, n = 4): number[] => draws(n, stream.uniform);

/** (χ² − degrees) / √(2 · degrees): about standard normal for equally likely cells. */
function chiSquareScore(counts: ArrayLike<number>): number {
  const cells = Array.from(counts);
  const expected = cells.reduce((sum, count) => sum + count, 0) / cells.length;
  const chiSquare = cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return (chiSquare - (cells.length - 1)) / Math.sqrt(2 * (cells.length - 1));
}

const moment = (values: number[], power: number): number =>
  values.reduce((sum, value) => sum + value ** power, 0) / values.length;

/** √n times the largest distance between the share of values ≤ x and the distribution function. */
function kolmogorov(values: number[], distribution: (x: number) => number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  const gaps = sorted.map((x, i) => Math.max(distribution(x) - i / n, (i + 1) / n - distribution(x)));
  return gaps.reduce((most, gap) => Math.max(most, gap)) * Math.sqrt(n);
}

/** Φ by its Taylor series around 0, accurate to 1e-12 for |x| < 6. */
function normalDistribution(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 1; k < 120; k++) {
    term *= x / (2 * k + 1);
    term *= x;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

describe("bits", () => {
  // The same numbers from an independent program in Python; its xoshiro128** gives 11520, 0, 5927040, … for 1, 2, 3, 4.
  test("seed 0 never changes", () => {
    expect(uniforms(random(0))).toEqual([
      0.025373455421632052, 0.9141111168987602, 0.3872838968335931, 0.42802728949847535,
    ]);
    expect(draws(4, random(0).normal)).toEqual([
      -1.9357655518558503, -1.2360460462056484, 0.6599880815585979, -0.9535151090857511,
    ]);
    expect([...random(0).permutation(8)]).toEqual([1, 2, 0, 5, 6, 7, 4, 3]);
    expect([...random(0).integers(1000, new Uint32Array(8))]).toEqual([532, 947, 596, 395, 448, 596, 141, 822]);
    expect([...random(0).integers(2 ** 31, new Uint32Array(3))]).toEqual([108_978_155, 164_070_932, 1_778_593_715]);
  });

  test("the numbers of forks and of the largest seeds never change", () => {
    expect(random(0).fork("order").uniform()).toBe(0.251760521237819);
    expect(random(0).fork("order").fork(3).uniform()).toBe(0.18620938688124222);
    expect(random(1).uniform()).toBe(0.9065162707329004);
    expect(random(2 ** 32).uniform()).toBe(0.2617614859550117);
    expect(random(2 ** 53 - 1).uniform()).toBe(0.22740715005803447);
  });

  test("uniform is a multiple of 2^-53 below 1 and uses every bit", () => {
    const stream = random(3);
    const ones = new Float64Array(53);
    let fits = true;
    for (let i = 0; i < 20_000; i++) {
      const u = stream.uniform();
      let integer = u * 2 ** 53;
      fits &&= u >= 0 && u < 1 && Number.isInteger(integer);
      for (let bit = 0; bit < 53; bit++, integer = Math.floor(integer / 2)) ones[bit]! += integer % 2;
    }
    expect(fits).toBe(true);
    for (const count of ones) expect(Math.abs(count - 10_000)).toBeLessThan(4.5 * Math.sqrt(5000));
  });
});

describe.each([0, 1, 12_345])("distributions of seed %i", (seed) => {
  const n = 100_000;

  test("uniform has mean 1/2, variance 1/12 and even cells, alone and in pairs", () => {
    const values = uniforms(random(seed), n);
    expect(Math.abs(moment(values, 1) - 1 / 2)).toBeLessThan(4 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(moment(values, 2) - 1 / 3)).toBeLessThan(4 * Math.sqrt(4 / 45 / n));
    const cells = new Float64Array(256);
    const pairs = new Float64Array(1024);
    values.forEach((u, i) => {
      cells[Math.floor(u * 256)]! += 1;
      pairs[Math.floor(u * 32) * 32 + Math.floor((values[i + 1] ?? 0.5) * 32)]! += 1;
    });
    expect(Math.abs(chiSquareScore(cells))).toBeLessThan(4);
    expect(Math.abs(chiSquareScore(pairs))).toBeLessThan(4);
    expect(kolmogorov(values, (x) => x)).toBeLessThan(1.95); // 0.1 % of samples exceed it
  });

  test("normal has moments 0, 1, 0, 3 and the normal distribution", () => {
    const values = draws(n, random(seed).normal);
    expect(Math.abs(moment(values, 1))).toBeLessThan(4 * Math.sqrt(1 / n));
    expect(Math.abs(moment(values, 2) - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    expect(Math.abs(moment(values, 3))).toBeLessThan(4 * Math.sqrt(15 / n));
    expect(Math.abs(moment(values, 4) - 3)).toBeLessThan(4 * Math.sqrt(96 / n));
    expect(kolmogorov(values, normalDistribution)).toBeLessThan(1.95);
    const lagged = values.slice(1).reduce((sum, value, i) => sum + value * values[i]!, 0) / n;
    expect(Math.abs(lagged)).toBeLessThan(4 / Math.sqrt(n));
  });

  test.each([2, 3, 37])("integers below %i have even cells, alone and in pairs", (size) => {
    const values = random(seed).integers(size, new Uint32Array(n + 1));
    const cells = new Float64Array(size);
    const pairs = new Float64Array(size * size);
    for (let i = 0; i < n; i++) {
      cells[values[i]!]! += 1;
      pairs[values[i]! * size + values[i + 1]!]! += 1;
    }
    expect(Math.abs(chiSquareScore(cells))).toBeLessThan(4);
    expect(Math.abs(chiSquareScore(pairs))).toBeLessThan(4);
  });

  test("integers below 3 · 2^29 are in each third equally often; remainders of 31 bits would be in the first third twice as often", () => {
    const thirds = new Float64Array(3);
    for (const value of random(seed).integers(3 * 2 ** 29, new Uint32Array(n)))
      thirds[Math.floor(value / 2 ** 29)]! += 1;
    expect(Math.abs(chiSquareScore(thirds))).toBeLessThan(4);
  });

  test.each([3, 4])("all permutations of %i are equally likely", (size) => {
    const stream = random(seed);
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = stream.permutation(size).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(size === 3 ? 6 : 24);
    expect(Math.abs(chiSquareScore([...counts.values()]))).toBeLessThan(4);
  });
});

test("integers overwrite all of `out`, also those below 1", () => {
  expect([...random(5).integers(1, new Uint32Array(3).fill(7))]).toEqual([0, 0, 0]);
  const out = new Uint32Array(0);
  expect(random(5).integers(9, out)).toBe(out);
  for (const n of [0, 2.5, Number.NaN, 2 ** 31 + 1]) expect(() => random(5).integers(n, out)).toThrow(RangeError);
});

test("a permutation has every number once, and each number is equally likely at each position", () => {
  for (const n of [0, 1, 2, 3, 1000]) {
    expect([...random(5).permutation(n)].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
  }
  const stream = random(9);
  const first = new Float64Array(37);
  for (let i = 0; i < 20_000; i++) first[stream.permutation(37)[0]!]! += 1;
  expect(Math.abs(chiSquareScore(first))).toBeLessThan(4);
});

describe("streams", () => {
  test("a fork depends on the seed and the label, not on earlier draws", () => {
    const parent = random(4);
    const early = uniforms(parent.fork("order"));
    parent.normal();
    parent.permutation(10);
    expect(uniforms(parent.fork("order"))).toEqual(early);
    expect(uniforms(random(4).fork("order"))).toEqual(early);
    const drawn = random(4);
    drawn.fork("order").uniform();
    expect(uniforms(drawn)).toEqual(uniforms(random(4)));
  });

  test("seeds, forks and forks of forks are all different", () => {
    const streams = [
      ...[0, 1, 2, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 33, 2 ** 52, 2 ** 53 - 1].map(random),
      ...["", "a", "b", "ab", "ba", "a\u0001b", "init", "order", 0, 1, 10].map(random(0).fork),
      ...["b", "a", ""].map(random(0).fork("a").fork),
      ...[0, 1].map(random(1).fork),
    ];
    expect(new Set(streams.map((stream) => uniforms(stream).join())).size).toBe(streams.length);
    expect(uniforms(random(0).fork(1))).toEqual(uniforms(random(0).fork("1")));
  });

  test("100 000 forks and 100 000 seeds give 200 000 different first numbers", () => {
    const seen = new Set<number>();
    const parent = random(0);
    for (let i = 0; i < 100_000; i++) seen.add(parent.fork(i).uniform()).add(random(i).uniform());
    expect(seen.size).toBe(200_000); // with 32-bit keys about five numbers would occur twice
  });

  test("neighbouring seeds are as unrelated as the numbers of one stream", () => {
    const n = 50_000;
    const families: ((i: number) => Random)[] = [
      random,
      (i) => random(i * 2 ** 32),
      (i) => random(7).fork(i),
      (i) => random(i).fork("order"),
    ];
    for (const family of families) {
      const cells = new Float64Array(256);
      let product = 0;
      let previous = 0.5;
      for (let i = 0; i < n; i++) {
        const [first, second] = uniforms(family(i), 2) as [number, number];
        cells[Math.floor(first * 16) * 16 + Math.floor(second * 16)]! += 1;
        product += (first - 0.5) * (previous - 0.5);
        previous = first;
      }
      expect(Math.abs(chiSquareScore(cells))).toBeLessThan(4);
      expect(Math.abs(product * 12) / Math.sqrt(n)).toBeLessThan(4);
    }
  });

  test("flipping one bit of a seed flips half of the bits", () => {
    for (let bit = 0; bit < 53; bit++) {
      let flipped = 0;
      for (let i = 0; i < 200; i++) {
        const seed = i * 2_654_435_761;
        const other = seed + (Math.floor(seed / 2 ** bit) % 2 === 0 ? 2 ** bit : -(2 ** bit));
        let difference = Math.floor(random(seed).uniform() * 2 ** 32) ^ Math.floor(random(other).uniform() * 2 ** 32);
        for (; difference !== 0; difference &= difference - 1) flipped += 1;
      }
      expect(Math.abs(flipped / 6400 - 0.5)).toBeLessThan(4.5 * Math.sqrt(0.25 / 6400));
    }
  });

  test("seeds are whole numbers from 0 to 2^53 − 1", () => {
    for (const seed of [-1, 0.5, Number.NaN, Infinity, 2 ** 53]) expect(() => random(seed)).toThrow(RangeError);
    expect(() => random(-1)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: random: seed must be a whole number of at least 0, got -1. Pass a whole number, such as 0.]`,
    );
  });
});
