import { expect, test } from "vitest";
import { bits } from "../../test/problems.ts";
import { type ElementType, elementBytes, type Vector } from "../core/vector.ts";
import { linearRegression } from "../estimators/linearRegression.ts";
import { linearSvm } from "../estimators/linearSvm.ts";
import { logisticRegression } from "../estimators/logisticRegression.ts";
import { matrixFactorization } from "../estimators/matrixFactorization.ts";
import { networkClassifier } from "../estimators/neuralNetwork.ts";
import { softmaxRegression } from "../estimators/softmaxRegression.ts";
import { plain } from "../optimizers/plain.ts";
import { allocate } from "./arena.ts";
import { inKeptMemory } from "./keptMemory.ts";
import type { BindKernels } from "./kernels.ts";
import { wasmKernels } from "./wasm.ts";

const MIB = 1048576;
const fresh: BindKernels = (memory, elementType) => wasmKernels(memory, elementType); // other kernels have memories of their own

/** Fills the kept memory with NaN, as if an earlier fit had left these numbers. */
function poison(elementType: ElementType, bytes = MIB): Vector {
  const length = bytes / elementBytes(elementType) - 100;
  return inKeptMemory(wasmKernels, (kernels) => allocate(kernels, elementType, (arena) => arena.vector(length))).fill(
    NaN,
  );
}

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

test("a memory is used again as long as it is at most 4 MiB, and not by two calls at the same time", () => {
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
  const large = poison("float64", 5 * MIB).buffer;
  expect(poison("float64").buffer).not.toBe(large);
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
