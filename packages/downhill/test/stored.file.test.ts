// Training from a file: the same bits as from memory, errors of the file, and memory that does not grow with the rows.
import { closeSync, mkdtempSync, openSync, readSync, rmSync, truncateSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { random } from "../src/core/random.ts";
import { column, dense } from "../src/kernels/source.ts";
import { storedBytes } from "../src/kernels/storedBytes.ts";
import { type StoredColumns, storedRows } from "../src/kernels/storedRows.ts";
import { logistic } from "../src/losses/logistic.ts";
import { automatic } from "../src/optimizers/automatic.ts";
import { plain } from "../src/optimizers/plain.ts";
import { linear } from "../src/predictors/linear.ts";
import { risk } from "../src/training/objective/risk.ts";
import type { TrainOptions } from "../src/training/trainOptions.ts";
import { normals, run } from "./problems.ts";

const folder = mkdtempSync(join(tmpdir(), "stored-"));
afterAll(() => rmSync(folder, { recursive: true }));

const [n, d] = [2000, 7];
const draw = random(4);
const X = normals(draw, n * d);
const y = Float64Array.from({ length: n }, (_, i) => (X[i * d]! + draw.normal() > 0 ? 1 : -1));
const w = Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 0.5 : 1.5));
const columns: StoredColumns = { columns: d, weighted: true, rowsPerChunk: 64 };
const chunks = { rowsPerChunk: 64, chunksPerWindow: 3 };

/** Writes the rows in parts of different sizes; returns the path. */
function written(name: string): string {
  const path = join(folder, name);
  const file = openSync(path, "w");
  function* parts() {
    for (let from = 0, size = 1; from < n; from += size, size = (size * 7) % 151) {
      const to = Math.min(from + size, n);
      yield { inputs: X.subarray(from * d, to * d), targets: y.subarray(from, to), weights: w.subarray(from, to) };
    }
  }
  for (const bytes of storedBytes(columns, parts())) writeSync(file, bytes);
  closeSync(file);
  return path;
}

const parts = { predictor: linear(d), loss: logistic(), l2: 0.01 };
const inMemory = risk({
  ...parts,
  inputs: dense({ data: X, rows: n, columns: d }),
  targets: column(y),
  weights: column(w),
});
const fromFile = (file: number) =>
  risk({
    ...parts,
    stored: storedRows({ ...columns, ...chunks, rows: n }, (at, into) => readSync(file, into, 0, into.length, at)),
  });

describe("training from a file", () => {
  it.each([
    ["in full batch", { epochs: 20, stop: { remaining: 1e-9 } }],
    ["in mini-batches", { epochs: 3, batchSize: 50, seed: 2 }],
    ["one by one", { epochs: 2, batchSize: 1, every: "epoch", seed: 3 }],
  ] as const)("%s has the bits of training in memory", (_, options: TrainOptions) => {
    const file = openSync(written("rows"), "r");
    const make = () => (options.batchSize ? plain(0.05) : automatic());
    const order = options.batchSize ? chunks : undefined;
    const stored = run(fromFile(file), make(), options);
    closeSync(file);
    expect(stored.shots).toStrictEqual(run(inMemory, make(), { ...options, order }).shots);
  });

  it("throws for a file that was cut off, before and during the run", () => {
    const path = written("cut");
    const file = openSync(path, "r");
    truncateSync(path, 100_000);
    const message =
      "storedRows: the rows must have 144000 bytes, got only 100000. The file was cut off or is that of other columns: write it " +
      "again with storedBytes, and pass the same columns and the number of its rows.";
    expect(() => run(fromFile(file), automatic(), { epochs: 2 })).toThrow(new RangeError(message));
    closeSync(file);
  });

  it("rejects other orders than that of the chunks if the rows do not fit into a window", () => {
    const file = openSync(written("orders"), "r");
    const message =
      'train: order must be that of the chunks or "sequential" for stored rows that do not fit into a window (2000 rows, ' +
      '3 chunks of 64), got "shuffled". Leave out order, or store the rows with larger windows.';
    const shuffled = { batchSize: 10, order: "shuffled" } as const;
    expect(() => run(fromFile(file), plain(0.1), shuffled)).toThrow(new RangeError(message));
    expect(() => run(fromFile(file), plain(0.1), { batchSize: 10, order: "grid" })).toThrow(
      'train: order must not be "grid" for stored rows, got "grid", because a grid needs all rows in memory. Leave out order.',
    );
    closeSync(file);
  });
});

describe("storedBytes", () => {
  it("throws for a part with too few or too many numbers", () => {
    const part = { inputs: new Float64Array(14), targets: new Float64Array(2), weights: new Float64Array(2) };
    expect([...storedBytes(columns, [part])][0]).toHaveLength(2 * 9 * 8);
    const message =
      "storedBytes: weights must have 1 numbers per row, got 3 for 2 rows. Correct the columns, or the part.";
    expect(() => [...storedBytes(columns, [{ ...part, weights: new Float64Array(3) }])]).toThrow(
      new RangeError(message),
    );
    expect(() => [...storedBytes(columns, [{ ...part, inputs: new Float64Array(13) }])]).toThrow(RangeError);
  });
});
