import { describe, expect, test } from "vitest";
import { load } from "../../tables/load.ts";
import { matrixFactorization } from "../matrixFactorization.ts";
import type { FactorizationData } from "../ratings/factorization.ts";
import { largestSavableRank } from "./savedFactorization.ts";
import { savedPieces, savedWith } from "./savedFile.ts";

const model = matrixFactorization({ epochs: 1, rank: 3 });
const ratings = { users: ["ann", "bob", 'q"é'], items: [1, 2, 1], ratings: [3, 4, 5] };
const fitted = model.fit(ratings);

test("the pieces are the text of the saved model, with and without members", () => {
  for (const members of [{}, { table: { note: "x", rows: [1, null] } }]) {
    expect([...savedPieces(fitted, members)].join("")).toBe(JSON.stringify(savedWith(fitted, members)));
  }
  expect([...savedPieces(fitted)].join("")).toBe(JSON.stringify(fitted));
  expect(() => savedPieces(fitted, { body: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: savedPieces: members must not have the names format, version, checksum, body, got "body". Use another name.]`,
  );
});

test("the data of toJSON can be copied to another thread and loaded there, without conversion to text", () => {
  expect(load(structuredClone(fitted.toJSON()), "matrixFactorization").params()).toEqual(fitted.params());
});

describe("the largest rank that can be saved", () => {
  /** A model with zeros as parameters; the zeros take no memory until they are written. */
  const coreOf = (users: number, items: number, rank: number): FactorizationData => ({
    ...[...model.train(ratings)].at(-1)!.fittedData(),
    settings: { rank, biases: true, mean: 3, deviation: 1, penalty: "perRating", loss: "halfSquared", scale: [1, 5] },
    users: Array.from({ length: users }, (_, user) => user),
    items: Array.from({ length: items }, (_, item) => `item ${item}`),
    seen: { starts: new Uint32Array(users + 1), entries: new Uint32Array(0) },
    params: new Float64Array((users + items) * (rank + 1)),
  });

  test("leaves characters for everything except the numbers, at most a thirtieth of all characters", () => {
    const { users, items } = coreOf(2000, 500, 1);
    const rank = largestSavableRank({ users, items, biases: true, pairs: 0 });
    const numbers = 2500 * (rank + 1);
    expect((32 / 3) * numbers).toBeLessThan(2 ** 29 - 24);
    expect((32 / 3) * numbers).toBeGreaterThan((29 / 30) * 2 ** 29);
    const lengthAt = (rank: number) => JSON.stringify(model.fitted(coreOf(2000, 500, rank))).length;
    const perRank = (lengthAt(31) - lengthAt(1)) / 30;
    expect(lengthAt(1) + (rank - 1) * perRank).toBeLessThan(2 ** 29 - 24);
  });

  test("falls to 0 with more users, longer labels and more pairs", () => {
    const size = { users: ["a"], items: ["b"], biases: false, pairs: 0 };
    const rank = largestSavableRank(size);
    expect(largestSavableRank({ ...size, users: ["a", "c"] })).toBeLessThan(rank);
    expect(largestSavableRank({ ...size, users: ["a".repeat(1000)] })).toBeLessThan(rank);
    expect(largestSavableRank({ ...size, biases: true })).toBe(rank - 1);
    expect(largestSavableRank({ ...size, pairs: 1e8 })).toBe(0);
  });

  test("a model of a higher rank throws before anything is written; a model of this rank can be saved", () => {
    const { users, items } = coreOf(100, 20, 1);
    const rank = largestSavableRank({ users, items, biases: true, pairs: 0 });
    const above = model.fitted(coreOf(100, 20, rank + 1));
    const message =
      `save: rank must be at most ${rank} for 100 users and 20 items, so that the text fits into a string, ` +
      `got ${rank + 1}. Train with a lower rank, or write params() to a file.`;
    for (const save of [() => JSON.stringify(above), () => savedWith(above, {}), () => savedPieces(above)]) {
      expect(save).toThrow(message);
    }
    expect(() => model.fitted(coreOf(100, 20, rank)).saved()).not.toThrow();
  });
});
