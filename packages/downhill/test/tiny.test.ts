// Numbers below the normal range are slow on processors. Parameters that the data do not need shrink under l2 without end, and so
// do the slots of an optimizer for them: below 2^−960 (2^−100 in float32) they become 0.
import { describe, expect, test } from "vitest";
import { type ElementType, viewOf } from "../src/core/vector.ts";
import {
  adam,
  logisticRegression,
  type Matrix,
  matrixFactorization,
  momentum,
  nesterov,
  networkClassifier,
  type Optimizer,
  plain,
  rmsProp,
} from "../src/index.ts";
import type { BindKernels, Kernels } from "../src/kernels/kernels.ts";
import { referenceKernels } from "../src/kernels/reference.ts";
import { wasmKernels } from "../src/kernels/wasm.ts";
import { Memory } from "../src/kernels/webassembly.ts";
import type { State } from "../src/training/state/state.ts";

const LEAST = { float64: 2 ** -960, float32: 2 ** -100 };
const both = [
  ["module", wasmKernels],
  ["reference", referenceKernels],
] as const satisfies readonly (readonly [string, BindKernels])[];
const places = both.flatMap(([name, kernels]) =>
  (["float64", "float32"] as const).map((elementType) => [name, elementType, kernels] as const),
);

/** Two classes along two columns, and a column that is always 1: standardized it is 0, and its weights have no signal. */
function rows(elementType: ElementType): { X: Matrix; y: string[] } {
  const n = 60;
  const data = Array.from({ length: n }, (_, i) => [Math.sin(i), Math.cos(3 * i), 1]).flat();
  const y = Array.from({ length: n }, (_, i) => (Math.sin(i) + Math.cos(3 * i) / 2 > 0 ? "a" : "b"));
  return {
    X: { data: elementType === "float32" ? Float32Array.from(data) : Float64Array.from(data), rows: n, columns: 3 },
    y,
  };
}

/**
 * Expects each number of a state to be 0 or at least `size`. Returns the number of parameters below 4 · size: they are 0, or a
 * few times `size` if the optimizer's memory for them became 0 first.
 */
function expectNoneTiny({ params, slots, average, best, lowest }: State, size: number): number {
  for (const vector of [params, average ?? [], best ?? [], lowest ?? [], ...slots]) {
    for (const value of vector) expect(value === 0 || Math.abs(value) >= size, String(value)).toBe(true);
  }
  return params.filter((value) => Math.abs(value) < 4 * size).length;
}

function lastState(steps: Iterable<{ state(): State }>): State {
  let last: { state(): State } | undefined;
  for (const step of steps) last = step;
  return last!.state();
}

// Each optimizer multiplies a weight without signal by at most 0.86 per update: after 5000 updates it is at most 1e-327.
const optimizers: readonly (readonly [string, Optimizer])[] = [
  ["plain", plain(0.5)],
  ["momentum", momentum(0.5, { decay: 0.5 })],
  ["nesterov", nesterov(0.5, { decay: 0.5 })],
  ["rmsProp", rmsProp(0.5, { decay: 0.5, epsilon: 1 })],
  ["adam", adam(0.5, { beta1: 0.5, beta2: 0.5, epsilon: 1 })],
];

describe.each(places)("on the %s, in %s", (_, elementType, kernels) => {
  const { X, y } = rows(elementType);
  const shared = { l2: 0.3, kernels, trace: "running", start: "random" } as const;

  test.each(optimizers)("a network by %s", (_, optimizer) => {
    const network = networkClassifier({ ...shared, hidden: [4], batchSize: 10, epochs: 850, optimizer });
    const ended = expectNoneTiny(lastState(network.train(X, y, { every: "epoch" })), LEAST[elementType]);
    expect(ended).toBeGreaterThanOrEqual(4); // the four weights of the third column
  });

  test.each([
    ["one row at a time", { batchSize: 1, epochs: 85 }],
    ["in batches", { batchSize: 6, epochs: 500 }],
    ["with an average", { batchSize: 1, epochs: 85, average: { from: 1 } }],
  ] as const)("a linear model in sweeps, %s", (_, options) => {
    const model = logisticRegression({ ...shared, ...options, optimizer: plain(0.5) });
    const state = lastState(model.train(X, y, { every: "epoch" }));
    expect(expectNoneTiny(state, LEAST[elementType])).toBe(1);
    expect(state.params[2]).toBe(0);
  });

  test.each(["shuffled", "grid"] as const)("a factorization with a penalty that is too large, %s", (order) => {
    const pairs = Array.from({ length: 30 }, (_, at) => ({ user: Math.floor(at / 6), item: at % 6 }));
    const numbers = pairs.map(({ user, item }) => Math.sin(5 * user + item));
    const ratings = elementType === "float32" ? Float32Array.from(numbers) : numbers;
    const table = { users: pairs.map(({ user }) => user), items: pairs.map(({ item }) => item), ratings };
    const model = matrixFactorization({ rank: 3, l2: 5, optimizer: plain(0.1), epochs: 500, order, kernels });
    const ended = expectNoneTiny(lastState(model.train(table, { every: "epoch" })), LEAST[elementType]);
    expect(ended).toBe(3 * 11); // all factors; the biases stay
  });
});

/** Calls a kernel with the addresses of vectors in memory; returns the vectors after the call. */
function vectorsAfter(
  kernels: BindKernels,
  elementType: ElementType,
  vectors: readonly number[][],
  call: (k: Kernels, at: number[]) => void,
) {
  const memory = new Memory({ initial: 1 });
  const at = vectors.map((_, i) => 64 + 512 * i);
  for (const [i, vector] of vectors.entries()) viewOf(elementType, memory.buffer, at[i]!, vector.length).set(vector);
  call(kernels(memory, elementType), at);
  return vectors.map((vector, i) => [...viewOf(elementType, memory.buffer, at[i]!, vector.length)]);
}

describe.each(places)("the kernels of the %s, in %s", (_, elementType, kernels) => {
  const smallest = LEAST[elementType];
  const below = smallest * (1 - 2 ** -20);
  const sizes = [smallest, -smallest, below, -below, 0, -0, Number.NaN, Number.POSITIVE_INFINITY, 1]; // odd: complete SIMD vectors and a rest
  const expected = [smallest, -smallest, 0, 0, 0, 0, Number.NaN, Number.POSITIVE_INFINITY, 1];
  const none = sizes.map(() => 0);
  const n = sizes.length;

  test.each([
    ["descend", (k, [x, g, kept]) => k.descend(x!, kept!, g!, n, 0.5, 1), 0],
    ["descendAt", (k, [x, g, starts]) => k.descendAt(x!, g!, starts!, 1, n, 0.5, 0), 0], // one entry of starts, which is 0
    ["shrink", (k, [x]) => k.shrink(x!, n, 0), 0],
    ["momentum", (k, [v, g]) => k.momentum(g!, v!, n, 1), 0],
    ["nesterov", (k, [v, g]) => k.nesterov(g!, v!, n, 1), 0],
    ["adam's mean", (k, [m, g, v]) => k.adam(g!, m!, v!, n, 1, 0.5, 1, 1, 1), 0],
    ["approach", (k, [average, x]) => k.approach(average!, x!, n, 0), 0],
  ] as [string, (k: Kernels, at: number[]) => void, number][])(
    "%s: a number below the smallest size becomes 0, NaN stays NaN",
    (_, call) => {
      expect(vectorsAfter(kernels, elementType, [sizes, none, none], call)[0]!.slice(0, 6)).toEqual(
        expected.slice(0, 6),
      );
      expect(vectorsAfter(kernels, elementType, [sizes, none, none], call)[0]![6]).toBeNaN();
      expect(vectorsAfter(kernels, elementType, [sizes, none, none], call)[0]![8]).toBe(1);
    },
  );

  test.each([
    ["adaGrad", (k, [s, g]) => k.adaGrad(g!, s!, 3, 1)],
    ["rmsProp", (k, [s, g]) => k.rmsProp(g!, s!, 3, 1, 1)],
    ["adam's square", (k, [v, g, m]) => k.adam(g!, m!, v!, 3, 0.5, 1, 1, 1, 1)],
  ] as [string, (k: Kernels, at: number[]) => void][])("%s: sums of squares", (_, call) => {
    const squares = [smallest, below, 1];
    expect(vectorsAfter(kernels, elementType, [squares, [0, 0, 0], [0, 0, 0]], call)[0]).toEqual([smallest, 0, 1]);
  });
});
