import { describe, expect, it } from "vitest";
import { batchRows } from "./batchSize.ts";
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
