import { describe, expect, it } from "vitest";
import { random } from "../../core/random.ts";
import { batchRows } from "./batchSize.ts";
import { writeLocalOrder } from "./localRows.ts";
import { writeOrder } from "./rowOrder.ts";

const written = (order: Parameters<typeof writeOrder>[0], seed: number, epoch: number, n = 50): number[] => {
  const out = new Uint32Array(n).fill(77);
  writeOrder(order, seed, epoch, out);
  return [...out];
};

const identity = Array.from({ length: 50 }, (_, i) => i);

describe("batchRows", () => {
  it("is the number of all examples, or batchSize", () => {
    expect([batchRows("full", 9), batchRows(9, 9), batchRows(1, 9), batchRows(1, 1)]).toEqual([9, 9, 1, 1]);
  });

  it("throws for an invalid number of examples", () => {
    for (const wrong of [0, -1, 2.5, Number.NaN]) {
      const sentence = `train: batchSize must be a whole number of at least 1, got ${wrong}. Pass a whole number, such as 1.`;
      expect(() => batchRows(wrong, 9)).toThrow(new RangeError(sentence));
    }
    const sentence = 'train: batchSize must be at most the number of examples (9), got 10. Use "full" for all.';
    expect(() => batchRows(10, 9)).toThrow(new RangeError(sentence));
  });
});

describe("writeOrder", () => {
  it("shuffled is a permutation that depends on seed and epoch alone", () => {
    const orders = [0, 1, 2].flatMap((seed) => [0, 1, 2, 3].map((epoch) => written("shuffled", seed, epoch)));
    for (const order of orders) expect([...order].sort((a, b) => a - b)).toEqual(identity);
    expect(new Set(orders.map(String)).size).toBe(12);
    expect(written("shuffled", 2, 3)).toEqual(orders[11]);
    expect(written("shuffled", 0, 0)).toEqual(orders[0]); // later calls have no effect
  });

  it("shuffled puts every example into every position", () => {
    const sums = new Float64Array(50);
    const epochs = 400;
    for (let epoch = 0; epoch < epochs; epoch++)
      written("shuffled", 1, epoch).forEach((row, at) => {
        sums[row]! += at / epochs;
      });
    // A position is uniform on 0 … 49, with deviation 14.4; the mean of 400 positions has deviation 0.72. The limit is five of these.
    for (const mean of sums) expect(Math.abs(mean - 24.5)).toBeLessThan(3.6);
  });

  it("replacement depends on seed and epoch alone, and never changes", () => {
    expect(written("replacement", 7, 2, 10)).toEqual([
      ...random(7).fork("order").fork(2).integers(10, new Uint32Array(10)),
    ]);
    expect(written("replacement", 7, 2, 5)).toEqual([2, 1, 2, 3, 4]); // from a program in Python
    const orders = [0, 1, 2].flatMap((seed) => [0, 1, 2, 3].map((epoch) => written("replacement", seed, epoch)));
    expect(new Set(orders.map(String)).size).toBe(12);
    expect(written("replacement", 0, 0)).toEqual(orders[0]); // later calls have no effect
  });

  it("replacement draws each row independently: the numbers of draws are binomial", () => {
    const [n, epochs] = [50, 400];
    const draws = new Float64Array(n);
    let [different, repeats] = [0, 0];
    for (let epoch = 0; epoch < epochs; epoch++) {
      const rows = written("replacement", 1, epoch);
      for (const row of rows) draws[row]! += 1;
      different += new Set(rows).size;
      for (let i = 1; i < n; i++) repeats += rows[i] === rows[i - 1] ? 1 : 0;
    }
    // A row is drawn by each of n · epochs draws with the probability 1/n. The limits are five deviations.
    for (const count of draws) expect(Math.abs(count - epochs)).toBeLessThan(5 * Math.sqrt(epochs * (1 - 1 / n)));
    // χ² of n cells has the mean n − 1 and the variance 2(n − 1); as shuffled orders, counts that are too even would have 0.
    const chiSquare = draws.reduce((sum, count) => sum + (count - epochs) ** 2 / epochs, 0);
    expect(Math.abs(chiSquare - (n - 1))).toBeLessThan(5 * Math.sqrt(2 * (n - 1)));
    // An epoch leaves out a row with the probability q = (1 − 1/n)^n, and two rows with (1 − 2/n)^n.
    const [q, both] = [(1 - 1 / n) ** n, (1 - 2 / n) ** n];
    const variance = n * q * (1 - q) + n * (n - 1) * (both - q * q);
    expect(Math.abs(different - epochs * n * (1 - q))).toBeLessThan(5 * Math.sqrt(epochs * variance));
    // The next draw is the same row with the probability 1/n.
    const pairs = epochs * (n - 1);
    expect(Math.abs(repeats - pairs / n)).toBeLessThan(5 * Math.sqrt((pairs / n) * (1 - 1 / n)));
  });

  it("with local epochs, a rank draws from its own rows, each rank others", () => {
    const ranks = [0, 1].map((rank) => {
      const out = new Uint32Array(5);
      const ofRank = { ranks: { rank, size: 2, allGather() {} }, rank, starts: [0, 5, 10], from: 5 * rank, rows: 5 };
      writeLocalOrder(ofRank, "replacement", 7, 2, out);
      const drawn = random(7).fork("order").fork(2).fork(rank).integers(5, new Uint32Array(5));
      expect([...out]).toEqual(Array.from(drawn, (row) => row + 5 * rank));
      return [...drawn].join();
    });
    expect(ranks[0]).not.toBe(ranks[1]);
  });

  it("a function returns the order of the epoch", () => {
    const turned = (epoch: number): number[] => identity.map((i) => (i + epoch) % 50);
    expect(written(turned, 0, 3)).toEqual(turned(3));
    expect(written((epoch) => Uint32Array.from(turned(epoch)), 9, 49)).toEqual(turned(49));
  });

  it.each<readonly [string, number[], string]>([
    [
      "a repeat",
      [0, 1, 1],
      "train: order must be a permutation of 0 … 2, got 1 at index 2. Return each of the numbers 0 … 2 once.",
    ],
    [
      "too large",
      [0, 1, 3],
      "train: order must be a permutation of 0 … 2, got 3 at index 2. Return each of the numbers 0 … 2 once.",
    ],
    [
      "negative",
      [-1, 1, 2],
      "train: order must be a permutation of 0 … 2, got -1 at index 0. Return each of the numbers 0 … 2 once.",
    ],
    [
      "a fraction",
      [0, 0.5, 2],
      "train: order must be a permutation of 0 … 2, got 0.5 at index 1. Return each of the numbers 0 … 2 once.",
    ],
    [
      "NaN",
      [0, Number.NaN, 2],
      "train: order must be a permutation of 0 … 2, got NaN at index 1. Return each of the numbers 0 … 2 once.",
    ],
    [
      "too long",
      [0, 1, 2, 0],
      "train: order must be a permutation of 0 … 2, got 0 at index 3. Return each of the numbers 0 … 2 once.",
    ],
    [
      "too short",
      [2, 0],
      "train: order must have one entry per example (3), got 2. Return each of the numbers 0 … 2 once.",
    ],
  ])("throws for %s", (_, order, sentence) => {
    const out = new Uint32Array(3);
    expect(() => writeOrder(() => order, 0, 0, out)).toThrow(new RangeError(sentence));
    expect([...out]).toEqual([0, 0, 0]);
  });
});
