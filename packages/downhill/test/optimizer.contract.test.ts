// Every optimizer follows the recursion of its paper, from memory of zeros, and minimises functions. A user's own optimizers,
// transforms and schedules work in the same way.

import { describe, expect, it } from "vitest";
import { random } from "../src/core/random.ts";
import type { Vector } from "../src/core/vector.ts";
import { adaGrad, scaleByAdaGrad } from "../src/optimizers/adaGrad.ts";
import { adam, scaleByAdam } from "../src/optimizers/adam.ts";
import { adamW, addDecayedParams } from "../src/optimizers/adamW.ts";
import { clipByNorm } from "../src/optimizers/clipByNorm.ts";
import { descent } from "../src/optimizers/descent.ts";
import { addMomentum, momentum } from "../src/optimizers/momentum.ts";
import { addNesterov, nesterov } from "../src/optimizers/nesterov.ts";
import type { Optimizer } from "../src/optimizers/optimizer.ts";
import { plain } from "../src/optimizers/plain.ts";
import { rmsProp, scaleByRmsProp } from "../src/optimizers/rmsProp.ts";
import { cosine, warmUp } from "../src/optimizers/schedules.ts";
import type { Transform } from "../src/optimizers/transform.ts";
import { minimize, problemOf } from "../src/training/minimize.ts";
import { optimizers } from "./optimizerTrial.ts";
import { apart, bits, classification, norm, run } from "./problems.ts";

const CURVATURES = [1, 4, 10];

/** ½ Σ cᵢ (xᵢ − 1)². */
function parabola(x: Vector, gradient: Vector): number {
  let value = 0;
  for (const [i, c] of CURVATURES.entries()) {
    value += 0.5 * c * (x[i]! - 1) ** 2;
    gradient[i] = c * (x[i]! - 1);
  }
  return value;
}

/** (1 − x)² + 100 (y − x²)²: its minimum 0 is at (1, 1), in a curved valley. */
function rosenbrock(x: Vector, gradient: Vector): number {
  const [a, b] = [x[0]!, x[1]!];
  gradient[0] = -2 * (1 - a) - 400 * a * (b - a * a);
  gradient[1] = 200 * (b - a * a);
  return (1 - a) ** 2 + 100 * (b - a * a) ** 2;
}

const START = [3, -2, 0.5];

describe.each(optimizers)("$name", ({ make, textbook, slots, scalars, gain }) => {
  it("follows the textbook's recursion for 20 updates", () => {
    const rule = textbook();
    const gradient = new Float64Array(3);
    let x = START;
    const { shots } = run(problemOf(parabola, 3), make(), { start: Float64Array.from(START), epochs: 20 });
    expect(shots.map(({ t }) => t)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    for (const { t, params, batchLoss } of shots) {
      expect(Math.abs(batchLoss - parabola(Float64Array.from(x), gradient))).toBeLessThan(1e-12);
      const step = rule([...gradient], x, t);
      x = x.map((entry, i) => entry - step[i]!);
      expect(apart(params, x)).toBeLessThan(1e-13);
    }
  });

  it("solves a parabola", () => {
    const falling: Record<string, Optimizer> = {
      adam: adam(cosine(0.05, { updates: 4000, last: 1e-8 })), // steps of constant size do not converge
      rmsProp: rmsProp(cosine(0.05, { updates: 4000, last: 1e-8 })),
      adamW: adamW(cosine(0.05, { updates: 4000, last: 1e-8 }), { decay: 0 }),
    };
    const optimizer = falling[make().name ?? ""] ?? make();
    const { value, params } = minimize(parabola, { start: START, optimizer, updates: 4000 });
    expect(value).toBeLessThan(1e-12); // from 35
    expect(apart(params, [1, 1, 1])).toBeLessThan(1e-6);
  });

  it("gets the memory that it requests, all 0", () => {
    const optimizer = make();
    expect([optimizer.slots, optimizer.scalars, optimizer.gain]).toEqual([slots, scalars, gain]);
    expect(optimizer.rate !== undefined).toBe(optimizer.name === "plain");
    const seen: number[] = [];
    const observed: Optimizer = {
      ...optimizer,
      bind(binding) {
        for (const slot of binding.memory) seen.push(slot.length, ...slot);
        seen.push(binding.memory.length, ...binding.scalars);
        return optimizer.bind(binding);
      },
    };
    run(problemOf(parabola, 3), observed, { epochs: 3 });
    const slot = [3, 0, 0, 0];
    const zero = [...Array.from({ length: slots }, () => slot).flat(), slots, ...new Array<number>(scalars).fill(0)];
    expect(seen).toEqual(zero);
    const [once, twice] = [
      run(problemOf(parabola, 3), optimizer, { epochs: 3 }),
      run(problemOf(parabola, 3), optimizer, { epochs: 3 }),
    ];
    expect(once.shots).toEqual(twice.shots); // one optimizer may serve several runs
  });
});

describe("Rosenbrock's valley from (−1.2, 1)", () => {
  const clipped = descent(5e-4, clipByNorm(20), addMomentum({ decay: 0.95 }));
  it.each<readonly [string, Optimizer, updates: number, distance: number]>([
    ["momentum", momentum(5e-4, { decay: 0.95 }), 5000, 1e-6],
    ["nesterov", nesterov(5e-4, { decay: 0.95 }), 5000, 1e-6],
    ["adaGrad", adaGrad(1), 20000, 1e-4],
    ["rmsProp", rmsProp(cosine(0.02, { updates: 20000, last: 1e-7 })), 20000, 1e-3],
    ["adam", adam(0.05), 5000, 1e-6],
    ["adamW without decay", adamW(0.05, { decay: 0 }), 5000, 1e-6],
    ["momentum over clipped gradients", clipped, 5000, 1e-6],
  ])("%s", (_, optimizer, updates, distance) => {
    const { params, value } = minimize(rosenbrock, { start: [-1.2, 1], optimizer, updates });
    expect(apart(params, [1, 1])).toBeLessThan(distance);
    expect(value).toBeLessThan(distance); // from 24.2
  });
});

/** The direction of the transforms at each update, for a fixed list of gradients. */
function directions(transforms: readonly Transform[], gradients: readonly number[][]): number[][] {
  const seen: number[][] = [];
  const record: Transform = { slots: 0, apply: (direction) => void seen.push([...direction]) };
  let at = 0;
  const listed = problemOf((_, gradient) => {
    gradient.set(gradients[Math.min(at++, gradients.length - 1)]!);
    return 1;
  }, gradients[0]!.length);
  run(listed, descent(1e-3, ...transforms, record), {
    epochs: gradients.length,
    start: Float64Array.from(gradients[0]!),
  });
  return seen;
}

describe("chains", () => {
  const draw = random(3).fork("chains");
  const gradients = Array.from({ length: 12 }, () => Array.from({ length: 5 }, () => 3 * draw.normal()));
  const parts: readonly (readonly [string, () => Transform])[] = [
    ["addMomentum", addMomentum],
    ["addNesterov", addNesterov],
    ["scaleByAdaGrad", scaleByAdaGrad],
    ["scaleByRmsProp", scaleByRmsProp],
    ["scaleByAdam", scaleByAdam],
    ["clipByNorm", () => clipByNorm(1.5)],
  ];
  const pairs = parts.flatMap(([a, first]) => parts.map(([b, second]) => [a, b, first, second] as const));

  it.each(pairs)("%s, then %s: each has its own memory", (_, __, first, second) => {
    const chained = directions([first(), second()], gradients);
    const byHand = directions([second()], directions([first()], gradients));
    expect(chained.map(bits)).toEqual(byHand.map(bits));
    const three = directions([first(), second(), first()], gradients);
    expect(three.map(bits)).toEqual(directions([first()], byHand).map(bits));
  });

  it("without transforms is the gradient", () => expect(directions([], gradients)).toEqual(gradients));

  it("clipByNorm limits the norm and does not change shorter directions", () => {
    for (const largest of [1e-3, 3, 8]) {
      const clipped = directions([clipByNorm(largest)], gradients);
      let cut = 0;
      for (const [i, direction] of clipped.entries()) {
        const before = gradients[i]!;
        expect(norm(direction)).toBeLessThanOrEqual(largest * (1 + 1e-15));
        if (norm(before) <= largest) expect(direction).toEqual(before);
        else {
          cut++;
          expect(
            apart(
              direction,
              before.map((g) => (g * largest) / norm(before)),
              1e-9,
            ),
          ).toBeLessThan(1e-15);
        }
      }
      expect(cut).toBeGreaterThan(largest > 5 ? 1 : 5);
      if (largest === 8) expect(cut).toBeLessThan(12);
    }
    expect(directions([clipByNorm(1)], [[0, 0]])).toEqual([[0, 0]]);
    const [huge] = directions([clipByNorm(10)], [[3e200, -4e200]]);
    expect(apart(huge!, [6, -8])).toBeLessThan(1e-14); // the square of the norm overflows
  });

  it("has a gain, the product of its parts' gains, only when every part has one", () => {
    const gain = (...transforms: Transform[]): unknown => descent(1, ...transforms).gain;
    expect(gain()).toBe(1);
    expect(gain(addMomentum({ decay: 0.5 }), addNesterov({ decay: 0.75 }))).toBe(8);
    const without = [
      scaleByAdam(),
      scaleByAdaGrad(),
      scaleByRmsProp(),
      addDecayedParams({ decay: 0.1 }),
      clipByNorm(1),
    ];
    for (const part of [...without, { slots: 0, apply: () => {} }]) {
      expect(gain(addMomentum(), part)).toBeUndefined();
      expect(gain(part, addMomentum())).toBeUndefined();
    }
  });
});

describe("a user's own", () => {
  it("schedule gets the number of every update", () => {
    const seen: number[] = [];
    const rate = (t: number): number => {
      seen.push(t);
      return 0.1 / t;
    };
    const { shots } = run(problemOf(parabola, 3), plain(rate), { epochs: 4 });
    expect(seen).toEqual([1, 2, 3, 4]);
    expect(shots.map(({ learningRate }) => learningRate)).toEqual([0.1, 0.05, 0.1 / 3, 0.025]);
  });

  it("transform gets its vectors, numbers, the parameters and the update's number", () => {
    // RProp: the sign of the gradient times a size for each entry, which is halved when the sign changes; counts the changes.
    const rprop: Transform = {
      slots: 2,
      scalars: 1,
      apply(direction, [last, size], { t, params, scalars }) {
        expect(params.length).toBe(direction.length);
        for (let i = 0; i < direction.length; i++) {
          const sign = Math.sign(direction[i]!);
          if (t === 1) size![i] = 1;
          else if (sign * last![i]! < 0) {
            size![i]! *= 0.5;
            scalars[0]!++;
          } else size![i]! *= 1.2;
          direction[i] = sign * size![i]!;
          last![i] = sign;
        }
      },
    };
    const { last } = run(problemOf(parabola, 3), descent(0.1, rprop), { start: Float64Array.from(START), epochs: 300 });
    expect(apart(last.params, [1, 1, 1])).toBeLessThan(1e-9);
    expect(last.state().scalars[0]).toBeGreaterThan(30); // the signs have changed many times
    expect(last.state().slots).toHaveLength(2);
  });

  it("optimizer may evaluate its batch at other parameters: a line search with Armijo's rule", () => {
    const armijo: Optimizer = {
      slots: 2,
      scalars: 1,
      bind({ params, gradient, memory: [there, unused], scalars, evaluate }) {
        return (_, value) => {
          const square = norm(gradient) ** 2;
          let rate = Math.min(16, 2 * (scalars[0]! || 8));
          for (; ; rate /= 2) {
            there!.set(params.map((x, i) => x - rate * gradient[i]!));
            if (evaluate(there!, unused!) <= value - 0.5 * rate * square) break;
          }
          scalars[0] = rate;
          return rate;
        };
      },
    };
    const { problem } = classification(40, 3, { l2: 0.05 });
    for (const batchSize of ["full", 15] as const) {
      const { shots, last } = run(problem, armijo, { batchSize, epochs: 60 });
      expect(new Set(shots.map(({ learningRate }) => learningRate)).size).toBeGreaterThan(1);
      if (batchSize === "full") {
        const losses = shots.map(({ batchLoss }) => batchLoss);
        expect(losses.every((loss, i) => i === 0 || loss <= losses[i - 1]!)).toBe(true);
        expect(last.history.gradientNorm!.at(-1)).toBeLessThan(1e-6);
      }
    }
  });
});

describe("errors", () => {
  const positive = (functionName: string, name: string, value: number): RangeError =>
    new RangeError(
      `${functionName}: ${name} must be a finite number above 0, got ${value}. Pass a number such as 0.1.`,
    );
  const within = (functionName: string, name: string, value: number): RangeError =>
    new RangeError(`${functionName}: ${name} must be at least 0 and below 1, got ${value}. Pass a number such as 0.`);

  it.each([0, -1, Number.NaN, Infinity])("a learning rate, bound or ε of %d throws", (wrong) => {
    for (const make of [plain, momentum, nesterov, adaGrad, rmsProp, adam, adamW]) {
      expect(() => make(wrong)).toThrow(positive("descent", "learning rate", wrong));
    }
    expect(() => clipByNorm(wrong)).toThrow(positive("clipByNorm", "largest", wrong));
    expect(() => scaleByAdam({ epsilon: wrong })).toThrow(positive("scaleByAdam", "epsilon", wrong));
    expect(() => scaleByRmsProp({ epsilon: wrong })).toThrow(positive("scaleByRmsProp", "epsilon", wrong));
    expect(() => scaleByAdaGrad({ epsilon: wrong })).toThrow(positive("scaleByAdaGrad", "epsilon", wrong));
  });

  it.each([undefined, "0.1", { rate: 0.1 }, null])("%j in place of a learning rate throws", (wrong) => {
    const rate = wrong as unknown as number;
    for (const make of [plain, momentum, nesterov, adaGrad, rmsProp, adam, adamW, descent]) {
      expect(() => make(rate)).toThrow(/^descent: learning rate must be a finite number above 0, got .*Pass a number/);
    }
    expect(() => warmUp(rate, { updates: 5 })).toThrow(/^warmUp: rate must be a finite number above 0, got/);
  });

  it("an option that an optimizer does not have throws", () => {
    const options = { beta: 0.9 } as object;
    const known = { momentum: "decay", nesterov: "decay", adaGrad: "epsilon", rmsProp: "decay, epsilon" };
    const all = { ...known, adam: "beta1, beta2, epsilon", adamW: "beta1, beta2, epsilon, decay" };
    const makers = { momentum, nesterov, adaGrad, rmsProp, adam, adamW };
    for (const [name, names] of Object.entries(all)) {
      const sentence = `${name}: option "beta" is unknown. Use only ${names}.`;
      expect(() => makers[name as keyof typeof makers](0.1, options)).toThrow(new TypeError(sentence));
    }
    expect(() => adam(0.1, 0.9 as unknown as object)).toThrow(
      "adam: options must be an object, got 0.9. Pass { beta1: … }, for example.",
    );
    expect(adam(0.1, { beta1: 0.8 }).spec).toMatchObject({ beta1: 0.8 });
    expect(() => scaleByAdam({ beta: 0.9 } as object)).toThrow(
      'scaleByAdam: option "beta" is unknown. Use only beta1, beta2, epsilon.',
    );
    expect(() => addDecayedParams({ decay: 0.1, beta: 1 } as { decay: number })).toThrow(
      'addDecayedParams: option "beta" is unknown. Use only decay.',
    );
  });

  it.each([1, -0.1, Number.NaN])("a decay of %d throws", (wrong) => {
    expect(() => momentum(1, { decay: wrong })).toThrow(within("addMomentum", "decay", wrong));
    expect(() => nesterov(1, { decay: wrong })).toThrow(within("addNesterov", "decay", wrong));
    expect(() => rmsProp(1, { decay: wrong })).toThrow(within("scaleByRmsProp", "decay", wrong));
    expect(() => adam(1, { beta1: wrong })).toThrow(within("scaleByAdam", "beta1", wrong));
    expect(() => adam(1, { beta2: wrong })).toThrow(within("scaleByAdam", "beta2", wrong));
  });

  it("a weight decay below 0 throws", () => {
    const sentence = "addDecayedParams: decay must be a finite number of at least 0, got -1. Pass 0 or more.";
    expect(() => adamW(1, { decay: -1 })).toThrow(new RangeError(sentence));
  });
});
