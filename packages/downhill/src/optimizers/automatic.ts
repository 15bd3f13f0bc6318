import { withSpec } from "../core/spec.ts";
import { elementOf } from "../core/vector.ts";
import type { Optimizer } from "./optimizer.ts";

const REMEMBERED = 10; // values that a step may rise above, but not above the largest of
const DECREASE = 1e-4; // share of the first-order decrease that a step must bring
const GROWTH = 1000; // a rate may grow this much in one update
const ROUNDING = { float64: 1e-14, float32: 1e-6 }; // relative; below it a rise of the value means nothing

// ---- places in `scalars`
const RATE = 0;
const SQUARE = 1; // ‖g‖² where the last step began
const COUNT = 2; // values remembered so far
const VALUES = 3;

/**
 * Gradient descent that finds its rate: the Barzilai–Borwein rate s·s / s·y, s the last step and y what it did to the
 * gradient, with the safeguard that the value stays below the largest of the last ten, less a little. A step that breaks
 * it is halved by going half of it back, so each update costs one evaluation.
 *
 * For full batches of smooth objectives: it reads curvature from two gradients, which must be of the same function.
 *
 * Source: Barzilai and Borwein, 1988; Raydan, 1997; Grippo, Lampariello and Lucidi, 1986 (the safeguard).
 */
export function automatic(): Optimizer {
  const optimizer: Optimizer = {
    slots: 1,
    scalars: VALUES + REMEMBERED,
    fullBatch: true,
    name: "automatic",
    bind({ gradient, memory, scalars, kernels }) {
      const before = memory[0]!; // the gradient where the last step began
      const { byteOffset, length } = gradient;
      const rounding = ROUNDING[elementOf(gradient)];

      const remember = (value: number): void => {
        scalars[VALUES + (scalars[COUNT]! % REMEMBERED)] = value;
        scalars[COUNT]! += 1;
      };
      const largestRemembered = (): number =>
        Math.max(...scalars.subarray(VALUES, VALUES + Math.min(REMEMBERED, scalars[COUNT]!)));

      function firstRate(): number {
        const largest = kernels.maxAbsolute(byteOffset, length);
        return largest > 0 ? 1e-3 / largest : 1;
      }

      function nextRate(): number {
        const rate = scalars[RATE]!;
        // With s = −rate · before: s·s / s·y = rate ‖before‖² / (‖before‖² − before·g).
        const fall = scalars[SQUARE]! - kernels.dot(before.byteOffset, byteOffset, length);
        const longest = GROWTH * rate;
        return fall > 0 ? Math.min((rate * scalars[SQUARE]!) / fall, longest) : longest;
      }

      return (_, value) => {
        if (scalars[COUNT]! > 0) {
          const largest = largestRemembered();
          const bound = largest - DECREASE * scalars[RATE]! * scalars[SQUARE]! + rounding * Math.abs(largest);
          if (value > bound) {
            scalars[RATE]! /= 2;
            gradient.set(before);
            kernels.scale(-1, byteOffset, length);
            return scalars[RATE]!;
          }
        }
        scalars[RATE] = scalars[COUNT] === 0 ? firstRate() : nextRate();
        scalars[SQUARE] = kernels.dot(byteOffset, byteOffset, length);
        before.set(gradient);
        remember(value);
        return scalars[RATE]!;
      };
    },
  };
  return withSpec(optimizer, { optimizer: "automatic" });
}
