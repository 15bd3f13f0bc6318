import { expect, test } from "vitest";
import { numberStore, requireMemory } from "./numberStore.ts";

test("a store keeps its numbers when it grows", () => {
  const store = numberStore("test", 3);
  for (let row = 0; row < 500_000; row += 10_000) {
    const values = store.reserve(row + 10_000);
    for (let i = row; i < row + 10_000; i++) values.set([i, -i, i / 2], 3 * i);
  }
  const values = store.reserve(500_000);
  for (let i = 0; i < 500_000; i++) {
    if (values[3 * i] !== i || values[3 * i + 1] !== -i || values[3 * i + 2] !== i / 2) {
      throw new Error(`row ${i} is lost`);
    }
  }
});

test("a finished store keeps its numbers", () => {
  const store = numberStore("test", 2);
  store.reserve(3).set([1, 2, 3, 4, 5, 6]);
  const values = store.finish(3);
  expect(values).toEqual(Float64Array.of(1, 2, 3, 4, 5, 6));
  expect(store.finish(3)).toBe(values); // the columns share the numbers
});

test("too many rows are an error with their size, before any memory is reserved", () => {
  expect(() => requireMemory("train", 45_000_000, 20)).toThrow(
    "train: the table must fit into 4 GiB of memory, but it has 45,000,000 rows of 20 numbers, which take 6.7 GiB. " +
      "Read it in parts with --stream, or use fewer rows (in a query: SELECT … FROM … USING SAMPLE 1000000 ROWS).",
  );
  expect(() => numberStore("train", 20).reserve(45_000_000)).toThrow("45,000,000 rows of 20 numbers");
  expect(() => requireMemory("train", 1_000_000, 1000)).toThrow("1,000,000 rows of 1,000 numbers, which take 7.5 GiB");
  expect(() => requireMemory("train", 2 ** 26 - 1, 8)).not.toThrow();
});
