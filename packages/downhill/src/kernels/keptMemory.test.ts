import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { bits } from "../../test/problems.ts";
import { type ElementType, elementBytes, type Vector } from "../core/vector.ts";
import { linearRegression } from "../estimators/linearRegression.ts";
import { linearSvm } from "../estimators/linearSvm.ts";
import { logisticRegression } from "../estimators/logisticRegression.ts";
import { matrixFactorization } from "../estimators/matrixFactorization.ts";
import { networkClassifier } from "../estimators/neuralNetwork.ts";
import { softmaxRegression } from "../estimators/softmaxRegression.ts";
import { momentum } from "../optimizers/momentum.ts";
import { plain } from "../optimizers/plain.ts";
import { allocate } from "./arena.ts";
import { inKeptMemory } from "./keptMemory.ts";
import type { BindKernels } from "./kernels.ts";
import { wasmKernels } from "./wasm.ts";

const MIB = 1048576;
const fresh: BindKernels = (memory, elementType) => wasmKernels(memory, elementType); // other kernels have memories of their own

/** A vector of a run that needs about so many bytes. */
function vectorOf(elementType: ElementType, bytes: number): Vector {
  const length = bytes / elementBytes(elementType) - 100;
  return inKeptMemory(wasmKernels, (kernels) => allocate(kernels, elementType, (arena) => arena.vector(length)));
}

/** Fills the kept memory with NaN, as if an earlier fit had left these numbers. */
const poison = (elementType: ElementType, bytes = MIB): Vector => vectorOf(elementType, bytes).fill(NaN);

const rows = Array.from({ length: 60 }, (_, i) => [Math.sin(i), Math.cos(3 * i), i % 7]);
const label = rows.map(([a, b]) => (a! + b! > 0 ? "a" : b! > 0 ? "b" : "c"));
const two = label.map((text) => text === "a");
const target = rows.map(([a, b, c]) => 2 * a! - b! + c!);
const ratings = { users: rows.map((_, i) => i % 9), items: rows.map((_, i) => i % 7), ratings: target };

const fits: Record<
  string,
  (X: typeof rows | { data: Vector; rows: number; columns: number }, kernels?: BindKernels) => ArrayLike<number>
> = {
  linearRegression: (X, kernels) => linearRegression({ kernels }).fit(X, target).params(),
  "linearRegression with a rough fit": (X, kernels) =>
    linearRegression({ loss: "huber", kernels }).fit(X, target).params(),
  logisticRegression: (X, kernels) => logisticRegression({ kernels, l1: 0.01 }).fit(X, two).params(),
  softmaxRegression: (X, kernels) => softmaxRegression({ kernels }).fit(X, label).params(),
  linearSvm: (X, kernels) => linearSvm({ kernels, epochs: 3 }).fit(X, two).params(),
  networkClassifier: (X, kernels) =>
    networkClassifier({ kernels, hidden: [4], epochs: 3 })
      .fit(X, label)
      .params(),
  partialFit: (X, kernels) => linearSvm({ kernels, epochs: 2 }).fit(X, two).partialFit(X, two).params(),
  matrixFactorization: (_, kernels) => matrixFactorization({ kernels, rank: 2, epochs: 3 }).fit(ratings).params(),
};

test.each(Object.entries(fits))("%s: a fit in kept memory has the bits of a fit in a new memory", (_, fit) => {
  const data = Float32Array.from(rows.flat());
  for (const X of [rows, { data, rows: rows.length, columns: 3 }]) {
    const expected = bits(Float64Array.from(fit(X, fresh)));
    for (const bytes of [MIB, MIB / 8]) {
      for (const elementType of ["float64", "float32"] as const) poison(elementType, bytes);
      expect(bits(Float64Array.from(fit(X)))).toEqual(expected);
      expect(bits(Float64Array.from(fit(X)))).toEqual(expected);
    }
  }
});

test("a memory is used again, and not by two calls at the same time", () => {
  const first = poison("float64").buffer;
  expect(poison("float64").buffer).toBe(first);
  expect(poison("float32").buffer).not.toBe(first);
  inKeptMemory(wasmKernels, (kernels) => {
    const outer = allocate(kernels, "float64", (arena) => arena.vector(10));
    expect(outer.buffer).toBe(first);
    expect([...outer]).toEqual(Array(10).fill(0));
    expect(poison("float64").buffer).not.toBe(first);
    expect([...outer]).toEqual(Array(10).fill(0));
  });
});

test("only runs of more than 4 MiB use a larger memory again, of at most twice what they need and of at most 256 MiB", () => {
  const large = poison("float64", 10 * MIB).buffer;
  expect(poison("float64").buffer).not.toBe(large);
  expect(poison("float64", 6 * MIB).buffer).toBe(large);
  expect(poison("float64", 4.5 * MIB).buffer).not.toBe(large);
  expect(poison("float64", 10 * MIB).buffer).not.toBe(large); // it was too large for the last run, so it is no longer kept
  const largest = vectorOf("float64", 256 * MIB).buffer;
  expect(vectorOf("float64", 130 * MIB).buffer).toBe(largest);
  const tooLarge = vectorOf("float64", 257 * MIB).buffer;
  expect(vectorOf("float64", 257 * MIB).buffer).not.toBe(tooLarge);
});

test("a large memory outlives one garbage collection after its last run, and not more than a few", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const collectInTask = () => new Promise<void>((done) => setTimeout(() => done(collect()), 10));
  const known = new WeakSet([vectorOf("float32", 10 * MIB).buffer]);
  const isKept = () => known.has(vectorOf("float32", 10 * MIB).buffer);
  await collectInTask();
  expect(isKept()).toBe(true);
  for (let i = 0; i < 4; i++) await collectInTask();
  expect(isKept()).toBe(false);
});

test("a large table in kept memory has the bits of a new memory, also where the numbers are not written but 0", () => {
  const wide = Array.from({ length: 600 }, (_, i) =>
    Float64Array.from({ length: 1200 }, (_, j) => Math.sin(i * j + j)),
  );
  const labels = wide.map(([a, b]) => a! + b! > 0);
  const options = {
    batchSize: 7,
    epochs: 2,
    optimizer: momentum(0.001, { decay: 0.5 }),
    average: { weight: "t" },
  } as const;
  const fit = (kernels?: BindKernels) =>
    bits(
      linearSvm({ ...options, kernels })
        .fit(wide, labels)
        .params(),
    );
  const expected = fit(fresh);
  const before = poison("float64", 8 * MIB);
  expect(fit()).toEqual(expected);
  expect(before.every(Number.isNaN)).toBe(false); // the fit has worked in this memory
  expect(fit()).toEqual(expected);
});

test("the steps of a run, and views that an optimizer of the user keeps, are never in kept memory", () => {
  const steps = linearRegression({ optimizer: plain(0.1), epochs: 5 }).train(rows, target);
  let solution: Vector = new Float64Array();
  for (const step of steps) solution = step.solution;
  let kept: Vector = new Float64Array();
  const optimizer = {
    ...plain(0.1),
    bind(run: Parameters<ReturnType<typeof plain>["bind"]>[0]) {
      kept = run.params;
      return plain(0.1).bind(run);
    },
  };
  const fitted = linearRegression({ optimizer, epochs: 5 }).fit(rows, target);
  poison("float64");
  expect([...kept]).toEqual([...fitted.params()]);
  expect([...solution]).toEqual([...fitted.params()]);
});
