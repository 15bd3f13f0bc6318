// Every optimizer, and its recursion as its authors write it, on plain arrays.

import { adaGrad } from "../src/optimizers/adaGrad.ts";
import { adam } from "../src/optimizers/adam.ts";
import { adamW } from "../src/optimizers/adamW.ts";
import { clipByNorm } from "../src/optimizers/clipByNorm.ts";
import { descent } from "../src/optimizers/descent.ts";
import { dog } from "../src/optimizers/dog.ts";
import { addMomentum, momentum } from "../src/optimizers/momentum.ts";
import { addNesterov, nesterov } from "../src/optimizers/nesterov.ts";
import type { Optimizer } from "../src/optimizers/optimizer.ts";
import { plain } from "../src/optimizers/plain.ts";
import { rmsProp } from "../src/optimizers/rmsProp.ts";
import { inverseTime, warmUp } from "../src/optimizers/schedules.ts";

/** Computes the vector that is subtracted from the parameters, from the gradient, the parameters and the update's number. */
export type Recursion = (g: readonly number[], x: readonly number[], t: number) => number[];

export interface OptimizerTrial {
  readonly name: string;
  readonly make: () => Optimizer;
  /** The textbook's recursion, from its start. */
  readonly textbook: () => Recursion;
  readonly slots: number;
  readonly scalars: number;
  readonly gain: number | undefined;
}

/** A vector that starts at 0 and is updated entry by entry. */
function remembered(next: (old: number, g: number) => number): (g: readonly number[]) => number[] {
  let kept: number[] = [];
  return (g) => {
    kept = g.map((entry, i) => next(kept[i] ?? 0, entry));
    return kept;
  };
}

function adamDirection(beta1: number, beta2: number, epsilon: number): Recursion {
  const mean = remembered((m, g) => beta1 * m + (1 - beta1) * g);
  const square = remembered((v, g) => beta2 * v + (1 - beta2) * g ** 2);
  return (g, _, t) => {
    const [m, v] = [mean(g), square(g)];
    return m.map((entry, i) => entry / (1 - beta1 ** t) / (Math.sqrt(v[i]! / (1 - beta2 ** t)) + epsilon));
  };
}

const times = (rate: number, direction: readonly number[]): number[] => direction.map((entry) => rate * entry);
const clipped = (g: readonly number[], largest: number): number[] => {
  const norm = Math.hypot(...g);
  return norm > largest ? times(largest / norm, g) : [...g];
};

const linear = { scalars: 0, gain: 1 };
const adaptive = { scalars: 0, gain: undefined };

export const optimizers: readonly OptimizerTrial[] = [
  { name: "plain", make: () => plain(0.1), textbook: () => (g) => times(0.1, g), slots: 0, ...linear },
  {
    name: "plain on a schedule",
    make: () => plain(warmUp(inverseTime(0.2, { decay: 0.02 }), { updates: 4 })),
    textbook: () => (g, _, t) => times((0.2 / (1 + 0.02 * (t - 1))) * Math.min(1, t / 4), g),
    ...{ slots: 0, ...linear },
  },
  {
    name: "momentum",
    make: () => momentum(0.02),
    textbook: () => {
      const velocity = remembered((v, g) => 0.9 * v + g);
      return (g) => times(0.02, velocity(g));
    },
    ...{ slots: 1, scalars: 0, gain: 1 / (1 - 0.9) },
  },
  {
    name: "nesterov",
    make: () => nesterov(0.02, { decay: 0.8 }),
    textbook: () => {
      const velocity = remembered((v, g) => 0.8 * v + g);
      return (g) => {
        const v = velocity(g);
        return g.map((entry, i) => 0.02 * (entry + 0.8 * v[i]!));
      };
    },
    ...{ slots: 1, scalars: 0, gain: 1 / (1 - 0.8) },
  },
  {
    name: "adaGrad",
    make: () => adaGrad(0.3),
    textbook: () => {
      const squares = remembered((s, g) => s + g ** 2);
      return (g) => {
        const s = squares(g);
        return g.map((entry, i) => (0.3 * entry) / (Math.sqrt(s[i]!) + 1e-8));
      };
    },
    ...{ slots: 1, ...adaptive },
  },
  {
    name: "rmsProp",
    make: () => rmsProp(0.01, { decay: 0.95, epsilon: 1e-3 }),
    textbook: () => {
      const squares = remembered((s, g) => 0.95 * s + 0.05 * g ** 2);
      return (g) => {
        const s = squares(g);
        return g.map((entry, i) => (0.01 * entry) / (Math.sqrt(s[i]!) + 1e-3));
      };
    },
    ...{ slots: 1, ...adaptive },
  },
  {
    name: "adam",
    make: () => adam(0.05),
    textbook: () => {
      const direction = adamDirection(0.9, 0.999, 1e-8);
      return (g, x, t) => times(0.05, direction(g, x, t));
    },
    ...{ slots: 2, scalars: 2, gain: undefined },
  },
  {
    name: "adamW",
    make: () => adamW(0.05, { beta1: 0.8, beta2: 0.99, epsilon: 1e-6, decay: 0.1 }),
    textbook: () => {
      const direction = adamDirection(0.8, 0.99, 1e-6);
      return (g, x, t) => direction(g, x, t).map((entry, i) => 0.05 * (entry + 0.1 * x[i]!));
    },
    ...{ slots: 2, scalars: 2, gain: undefined },
  },
  {
    name: "dog",
    make: dog,
    textbook: () => {
      let start: readonly number[] = [];
      let farthest = 0;
      let squares = 0;
      return (g, x, t) => {
        if (t === 1) [start, farthest] = [[...x], 1e-6 * (1 + Math.hypot(...x))];
        farthest = Math.max(farthest, Math.hypot(...x.map((entry, i) => entry - start[i]!)));
        squares += g.reduce((sum, entry) => sum + entry ** 2, 0);
        return times(farthest / Math.sqrt(squares), g);
      };
    },
    ...{ slots: 2, scalars: 2, gain: undefined },
  },
  {
    name: "clipped gradients with momentum and a Nesterov step",
    make: () => descent(0.05, clipByNorm(0.7), addMomentum({ decay: 0.5 }), addNesterov({ decay: 0.25 })),
    textbook: () => {
      const first = remembered((v, g) => 0.5 * v + g);
      const second = remembered((v, g) => 0.25 * v + g);
      return (g) => {
        const direction = first(clipped(g, 0.7));
        const v = second(direction);
        return direction.map((entry, i) => 0.05 * (entry + 0.25 * v[i]!));
      };
    },
    ...{ slots: 2, scalars: 0, gain: undefined },
  },
];
