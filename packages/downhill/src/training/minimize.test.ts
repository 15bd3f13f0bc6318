import { describe, expect, it } from "vitest";
import { run, thrown } from "../../test/problems.ts";
import { DivergenceError } from "../core/divergenceError.ts";
import { adam } from "../optimizers/adam.ts";
import { momentum } from "../optimizers/momentum.ts";
import { plain } from "../optimizers/plain.ts";
import { type Differentiable, type MinimizeOptions, minimize, problemOf } from "./minimize.ts";

/** ½ c x² per entry. */
const bowl =
  (...curvatures: readonly number[]): Differentiable =>
  (x, gradient) => {
    let value = 0;
    for (const [i, c] of curvatures.entries()) {
      value += 0.5 * c * x[i]! * x[i]!;
      gradient[i] = c * x[i]!;
    }
    return value;
  };

/** (1 − x)² + 100 (y − x²)². */
const rosenbrock: Differentiable = (x, gradient) => {
  const [a, b] = [x[0]!, x[1]!];
  gradient[0] = -2 * (1 - a) - 400 * a * (b - a * a);
  gradient[1] = 200 * (b - a * a);
  return (1 - a) ** 2 + 100 * (b - a * a) ** 2;
};

describe("minimize", () => {
  it.each([undefined, null, "adam", {}, () => plain(0.1)])("throws for %s as an optimizer", (optimizer) => {
    const options = { start: [1], optimizer } as unknown as MinimizeOptions;
    expect(() => minimize(bowl(1), options)).toThrow(
      "train: optimizer must be made by a function such as plain or adam",
    );
  });

  it("on a parabola is x_t = (1 − rate · c)^t x_0", () => {
    const { params, value, updates, stopped, history } = minimize(bowl(1, 10), {
      start: [2, -3],
      optimizer: plain(0.15),
      updates: 12,
    });
    const [x, y] = [2 * 0.85 ** 12, -3 * (-0.5) ** 12];
    expect(Math.abs(params[0]! / x - 1)).toBeLessThan(1e-14);
    expect(Math.abs(params[1]! / y - 1)).toBeLessThan(1e-14);
    expect(Math.abs(value / (0.5 * x * x + 5 * y * y) - 1)).toBeLessThan(1e-14);
    expect([updates, stopped]).toEqual([12, "epochs"]);
    expect(history.objective!.length).toBe(12);
    expect(history.objective!.at(-1)).toBe(value);
    expect(history.batchLoss[0]).toBe(47);
  });

  it("stops by the rule that is passed", () => {
    const stop = { gradient: 1e-8 };
    const found = minimize(rosenbrock, { start: [-1.2, 1], optimizer: adam(0.05), updates: 20000, stop });
    expect(found.stopped).toBe("converged");
    expect(found.updates).toBeLessThan(20000);
    const gradient = new Float64Array(2);
    expect(found.value).toBe(rosenbrock(found.params, gradient));
    expect(Math.max(...gradient.map(Math.abs))).toBeLessThanOrEqual(1e-8);
    // The smallest curvature at (1, 1) is 0.4, so the distance is at most about the norm of the gradient divided by 0.4.
    expect(Math.hypot(found.params[0]! - 1, found.params[1]! - 1)).toBeLessThan(1e-7);
    const change = { tolerance: 1e-3, patience: 2 };
    expect(minimize(bowl(1), { start: [1], optimizer: momentum(0.5), stop: { change } }).stopped).toBe("stalled");
  });

  it("evaluates once per update and once at the end", () => {
    let calls = 0;
    const counted: Differentiable = (x, gradient) => {
      calls++;
      return bowl(1)(x, gradient);
    };
    minimize(counted, { start: [1], optimizer: plain(0.1), updates: 30 });
    expect(calls).toBe(31);
    calls = 0;
    expect(minimize(counted, { start: [1], optimizer: plain(0.1) }).updates).toBe(1000);
    expect(calls).toBe(1001);
  });

  it("does not change the start, and returns a new array", () => {
    const start = Float64Array.of(1, 2);
    const { params } = minimize(bowl(1, 1), { start, optimizer: plain(0.1), updates: 3 });
    expect([...start]).toEqual([1, 2]);
    expect(params.buffer.byteLength).toBe(16);
    expect(params).toBeInstanceOf(Float64Array);
  });

  it.each<readonly [string, Differentiable, Partial<MinimizeOptions>, Error]>([
    [
      "an empty start",
      bowl(),
      { start: [] },
      new RangeError(
        "minimize: parameters must be a whole number of at least 1, got 0. Pass a whole number, such as 1.",
      ),
    ],
    [
      "a start that is not finite",
      bowl(1, 1),
      { start: [0, Infinity] },
      new RangeError(
        "minimize: start must hold finite numbers, got Infinity in row 1. Remove the row or supply the value.",
      ),
    ],
    [
      "a function that returns nothing",
      (() => {}) as unknown as Differentiable,
      {},
      new TypeError(
        "minimize: the function must return a number, got undefined. Return the function's value at params.",
      ),
    ],
    [
      "a function that returns a string",
      (() => "1") as unknown as Differentiable,
      {},
      new TypeError('minimize: the function must return a number, got "1". Return the function\'s value at params.'),
    ],
  ])("throws for %s", (_, f, options, error) => {
    expect(thrown(() => minimize(f, { start: [1], optimizer: plain(0.1), ...options }))).toEqual(error);
  });

  it("diverges with a learning rate above 2 / c", () => {
    const error = thrown(() =>
      minimize(bowl(10), { start: [1], optimizer: plain(0.3), updates: 5000 }),
    ) as DivergenceError;
    expect(error).toBeInstanceOf(DivergenceError);
    // x_t = (−2)^t: 5 · 4^t overflows at t = 511, so that 5 · 4^510 is the last finite value.
    expect(error.update).toBe(511);
    expect(Math.abs(error.params[0]! / 2 ** 510 - 1)).toBeLessThan(1e-12);
  });
});

describe("problemOf", () => {
  it("yields every step, and can start at random", () => {
    const { shots } = run(problemOf(bowl(1, 10), 2), plain(0.1), { epochs: 3, start: "random", seed: 4 });
    expect(shots.map(({ t, endOfEpoch }) => [t, endOfEpoch])).toEqual([
      [1, true],
      [2, true],
      [3, true],
    ]);
    expect(shots[0]!.params[0]).not.toBe(0);
    expect(shots.every(({ params }) => Math.abs(params[1]!) < 1e-15)).toBe(true); // 1 − 0.1 · 10 = 0
  });

  it("can be the validation rows of another problem: its loss is the function's value", () => {
    const validation = { problem: problemOf(bowl(3), 1), patience: 2 };
    const { last } = run(problemOf(bowl(1), 1), plain(0.5), {
      epochs: 3,
      start: Float64Array.of(8),
      stop: { validation },
    });
    expect(last.history.validation).toEqual([24, 6, 1.5]);
  });
});
