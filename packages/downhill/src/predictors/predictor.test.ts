// The random starts, the layouts and the errors of every predictor. test/objective.contract.test.ts tests their scores and
// gradients.

import { describe, expect, it } from "vitest";
import { random } from "../core/random.ts";
import { factors } from "./factors.ts";
import { blockRowsOf, linear } from "./linear.ts";
import { type Activation, network } from "./network.ts";
import type { Predictor } from "./predictor.ts";

function started(predictor: Predictor, seed = 1): Float64Array {
  const params = new Float64Array(predictor.size).fill(77);
  predictor.init(params, random(seed));
  return params;
}

/** Expects normal numbers with mean 0: their mean and deviation must be within five standard errors. */
function expectNormal(numbers: Float64Array, deviation: number): void {
  const n = numbers.length;
  const mean = numbers.reduce((sum, x) => sum + x, 0) / n;
  const square = numbers.reduce((sum, x) => sum + x * x, 0) / n;
  expect(Math.abs(mean)).toBeLessThan((5 * deviation) / Math.sqrt(n));
  expect(Math.abs(Math.sqrt(square) / deviation - 1)).toBeLessThan(5 / Math.sqrt(2 * n));
  expect(numbers.some((x) => Math.abs(x) > 2 * deviation)).toBe(true); // uniform numbers are at most √3 deviations
}

describe("random starts", () => {
  it("linear: small weights, and intercepts of 0", () => {
    const params = started(linear(50, 40));
    expectNormal(params.subarray(0, 2000), 0.01);
    expect([...params.subarray(2000)]).toEqual(new Array(40).fill(0));
  });

  it.each<readonly [Activation, hidden: number, out: number]>([
    ["relu", Math.sqrt(2 / 60), Math.sqrt(2 / (50 + 70))], // He for the hidden layer, Glorot for the outputs
    ["tanh", Math.sqrt(2 / (60 + 50)), Math.sqrt(2 / (50 + 70))],
    ["sigmoid", Math.sqrt(2 / (60 + 50)), Math.sqrt(2 / (50 + 70))],
  ])("network of %s: weights that depend on the widths of a layer, and intercepts of 0", (activation, hidden, out) => {
    const predictor = network(60, [50], 70, activation);
    const params = started(predictor);
    expect(predictor.weights).toEqual([
      [0, 3000],
      [3050, 6550],
    ]);
    expectNormal(params.subarray(0, 3000), hidden);
    expect([...params.subarray(3000, 3050)]).toEqual(new Array(50).fill(0));
    expectNormal(params.subarray(3050, 6550), out);
    expect([...params.subarray(6550)]).toEqual(new Array(70).fill(0));
  });

  it("factors: deviation 0.1, and biases of 0", () => {
    expectNormal(started(factors(30, 20, 40)), 0.1);
    const biased = started(factors(30, 20, 40, { biases: true }));
    const [rows, biases] = [[...biased].filter((_, at) => at % 41 < 40), [...biased].filter((_, at) => at % 41 === 40)];
    expectNormal(Float64Array.from(rows), 0.1);
    expect(biases).toEqual(new Array(50).fill(0));
  });

  it("depend only on the random stream", () => {
    for (const predictor of [linear(3, 2), network(3, [4, 2], 2), factors(3, 4, 2)]) {
      expect(started(predictor)).toEqual(started(predictor));
      expect(started(predictor)).not.toEqual(started(predictor, 2));
    }
  });
});

describe("sizes", () => {
  it("count parameters and scores, and name the penalised parameters", () => {
    const shapeOf = ({ size, outputs, weights }: Predictor) => [size, outputs, weights];
    expect(shapeOf(linear(3))).toEqual([4, 1, [[0, 3]]]);
    expect(shapeOf(linear(3, 2))).toEqual([8, 2, [[0, 6]]]);
    expect(shapeOf(network(3, [4, 5], 2))).toEqual([
      16 + 25 + 12,
      2,
      [
        [0, 12],
        [16, 36],
        [41, 51],
      ],
    ]);
    expect(shapeOf(factors(3, 4, 2))).toEqual([14, 1, [[0, 14]]]);
    expect(shapeOf(factors(3, 4, 2, { biases: true }))).toEqual([21, 1, [[0, 21]]]);
  });

  it("blocks are multiples of 16 rows, fewer for wider inputs", () => {
    expect([1, 25, 26, 100, 400, 401, 1e6].map(blockRowsOf)).toEqual([256, 256, 240, 64, 16, 16, 16]);
    expect([network(1000, [2], 2).blockRows, network(2, [2], 2).blockRows, factors(2, 2, 2).blockRows]).toEqual([
      64, 256, 256,
    ]);
    expect([[511], [512], [8, 512, 256]].map((hidden) => network(256, hidden, 2).blockRows)).toEqual([64, 128, 128]);
  });

  it("are in a spec, which is JSON", () => {
    const all = [
      linear(3, 2),
      network(3, [4, 5], 2, "tanh"),
      factors(3, 4, 2, { mean: 1, biases: true, perRating: 0.1 }),
    ];
    expect(all.map(({ spec }) => JSON.parse(JSON.stringify(spec)))).toEqual([
      { predictor: "linear", features: 3, outputs: 2 },
      { predictor: "network", features: 3, hidden: [4, 5], outputs: 2, activation: "tanh" },
      { predictor: "factors", users: 3, items: 4, rank: 2, mean: 1, biases: true, perRating: 0.1 },
    ]);
  });
});

describe("errors", () => {
  const integerError = (functionName: string, name: string, got: number): RangeError =>
    new RangeError(
      `${functionName}: ${name} must be a whole number of at least 1, got ${got}. Pass a whole number, such as 1.`,
    );

  it.each([0, -1, 1.5, Number.NaN])("a size of %d throws", (wrong) => {
    expect(() => linear(wrong)).toThrow(integerError("linear", "features", wrong));
    expect(() => linear(1, wrong)).toThrow(integerError("linear", "outputs", wrong));
    expect(() => network(wrong, [1], 1)).toThrow(integerError("network", "features", wrong));
    expect(() => network(1, [2, wrong], 1)).toThrow(integerError("network", "hidden", wrong));
    expect(() => network(1, [1], wrong)).toThrow(integerError("network", "outputs", wrong));
    expect(() => factors(wrong, 1, 1)).toThrow(integerError("factors", "users", wrong));
    expect(() => factors(1, wrong, 1)).toThrow(integerError("factors", "items", wrong));
    expect(() => factors(1, 1, wrong)).toThrow(integerError("factors", "rank", wrong));
  });

  it("a network needs a hidden layer and a known activation", () => {
    expect(() => network(1, [], 1)).toThrow(integerError("network", "hidden layers", 0));
    expect(() => network(1, [1], 1, "gelu" as Activation)).toThrow(
      new TypeError('network: activation must be one of relu, tanh, sigmoid, got "gelu". Pass one of these names.'),
    );
  });
});
