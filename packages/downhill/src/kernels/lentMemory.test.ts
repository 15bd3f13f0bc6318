import { expect, test } from "vitest";
import type { Matrix } from "../core/matrix.ts";
import type { Vector } from "../core/vector.ts";
import { linearRegression } from "../estimators/linearRegression.ts";
import { plain } from "../optimizers/plain.ts";
import { threads } from "../workers/pool/threads.ts";
import { growingMatrix } from "./growingMatrix.ts";
import { lendMemory, lentMemory } from "./lentMemory.ts";
import { Memory } from "./webassembly.ts";

const rows = 500;
const columns = 3;
const numberAt = (at: number): number => ((at * 7919) % 1000) / 1000 - 0.5;
const y = Float64Array.from({ length: rows }, (_, i) => 2 * numberAt(3 * i) - numberAt(3 * i + 2) + 1);
const options = { standardize: false, optimizer: plain(0.05), batchSize: 1, epochs: 3 } as const;

/** A table in memory with some free pages after it. */
function lentTable(pages: number, type: typeof Float64Array | typeof Float32Array = Float64Array) {
  const memory = new Memory({ initial: pages });
  const data: Vector = new type(memory.buffer, 64, rows * columns);
  for (let at = 0; at < data.length; at++) data[at] = numberAt(at);
  const free = 64 + data.byteLength;
  lendMemory({ memory, free, shared: false });
  const used = () => new Uint8Array(memory.buffer, free).some((byte) => byte !== 0);
  return { X: { data, rows, columns }, buffer: memory.buffer, used };
}

const paramsOf = (data: Vector, own: object = {}): number[] => [
  ...linearRegression({ ...options, ...own })
    .fit({ data, rows, columns }, y)
    .params(),
];

test.each([
  ["float64", Float64Array],
  ["float32", Float32Array],
] as const)("a run in lent memory has the same parameters as a run on a copy: %s", (_, type) => {
  for (const own of [{}, { batchSize: 16 }, { batchSize: "full", optimizer: plain(0.5) }]) {
    const { X, buffer, used } = lentTable(24, type);
    const copy = X.data.slice();
    expect(paramsOf(X.data, own)).toEqual(paramsOf(copy, own));
    expect(used()).toBe(true);
    expect(lentMemory(buffer)).toBeUndefined();
    expect(X.data).toEqual(copy); // a run does not change its table
  }
});

test("a second run on the same table copies it, also while the first run goes on", () => {
  const { X } = lentTable(24);
  const copy = X.data.slice();
  const expected = paramsOf(copy);
  const first = linearRegression(options).train(X, y, { every: 100 });
  first.next();
  expect(paramsOf(X.data)).toEqual(expected);
  let params: number[] = [];
  for (const step of first) params = [...step.fitted().params()];
  expect(params).toEqual(expected);
});

test("a run copies the table if the free memory is too small, or if the columns are standardized", () => {
  const small = lentTable(1);
  expect(paramsOf(small.X.data)).toEqual(paramsOf(small.X.data.slice()));
  expect(small.used()).toBe(false);
  const { X, buffer, used } = lentTable(24);
  expect(paramsOf(X.data, { standardize: true })).toEqual(paramsOf(X.data.slice(), { standardize: true }));
  expect(used()).toBe(false);
  expect(lentMemory(buffer)).toBeDefined();
});

test("a growing matrix keeps its numbers, and a run on its first rows uses them where they are", () => {
  const growing = growingMatrix(columns);
  for (let i = 0; i < 100_000; i += 1000) {
    const numbers = growing.reserve(i + 1000);
    for (let at = columns * i; at < columns * (i + 1000); at++) numbers[at] = numberAt(at);
  }
  const { data } = growing.finish(100_000);
  for (let at = 0; at < data.length; at++) if (data[at] !== numberAt(at)) throw new Error(`number ${at} is lost`);
  expect(lentMemory(data.buffer)).toBeDefined();
  const first = data.subarray(0, rows * columns);
  expect(paramsOf(first)).toEqual(paramsOf(first.slice()));
  expect(lentMemory(data.buffer)).toBeUndefined();
  expect(() => growingMatrix(1).reserve(2 ** 29)).toThrow(RangeError);
});

/** A table of the rows, in memory that threads can share. */
function sharedTable(rows: number): Matrix {
  const growing = growingMatrix(columns, true);
  const numbers = growing.reserve(rows);
  for (let at = 0; at < rows * columns; at++) numbers[at] = numberAt(at);
  return growing.finish(rows);
}

test("a run on several threads uses a table in shared memory where it is, and a run on one thread copies it", async () => {
  const many = 300_000; // the threads share the work of a pass over so many rows
  const X = sharedTable(many);
  expect(X.data.buffer).toBeInstanceOf(SharedArrayBuffer);
  const targets = Float64Array.from({ length: many }, (_, i) => 2 * numberAt(3 * i) + 1);
  const model = linearRegression({ standardize: false, optimizer: plain(0.5), batchSize: "full", epochs: 3 });
  const expected = [...model.fit({ ...X, data: X.data.slice() }, targets).params()];
  expect([...model.fit(X, targets).params()]).toEqual(expected);
  expect(lentMemory(X.data.buffer)).toBeDefined();
  const pool = await threads(2);
  try {
    expect([...model.fit(X, targets, { threads: pool }).params()]).toEqual(expected);
    expect(lentMemory(X.data.buffer)).toBeUndefined();
    expect([...model.fit(X, targets, { threads: pool }).params()]).toEqual(expected);
  } finally {
    pool.close();
  }
});
