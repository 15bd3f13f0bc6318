import { withSpec } from "../core/spec.ts";
import { elementOf, type Vector } from "../core/vector.ts";
import type { Optimizer } from "./optimizer.ts";

const REMEMBERED = 10; // values that a step may rise above, but not above the largest of
const LOOK = 1e-2; // share of the value that the first look along the gradient should gain: in float32, too, far above rounding
const LOOKS = 20; // of which each is a tenth of the one before
const DECREASE = 1e-4; // share of the first-order decrease that a step must bring
const GROWTH = 1000; // a rate may grow this much in one update
const ROUNDING = { float64: 1e-14, float32: 1e-7 }; // relative; below it a rise of the value means nothing
const SHORT = 3; // short rates of which the least is taken
const APART = 0.5; // a short rate under this share of the long one is the one to take

// ---- places in `scalars`
const RATE = 0;
const COUNT = 1; // values remembered so far
const RATES = 2;
const VALUES = RATES + SHORT;

/**
 * Gradient descent that finds its rate, by Barzilai and Borwein: s the last step and y what it did to the gradient, the
 * long rate is s·s / s·y and the short one s·y / y·y. Where they are near it takes the long one, otherwise the least of the
 * last three short ones. The value must stay below the largest of the last ten, less a little; a step that breaks this is
 * taken back by the next update, and tried at half its rate. So an update costs one evaluation, the first one two or, near
 * an optimum, some more.
 *
 * For full batches of smooth objectives, and l1: the rates are inverse curvatures read from gradients of the same function. Values
 * may rise on the way; the run returns the parameters of the least.
 *
 * Source: Barzilai and Borwein, 1988; Raydan, 1997; Frassoldati, Zanni and Zanghirati, 2008 (the choice between the two);
 * Grippo, Lampariello and Lucidi, 1986 (the safeguard); Wright, Nowak and Figueiredo, 2009 (with l1).
 */
export function automatic(): Optimizer {
  const optimizer: Optimizer = {
    slots: 3,
    scalars: VALUES + REMEMBERED,
    gain: 1,
    fullBatch: true,
    name: "automatic",
    bind({ params, gradient, memory, scalars, kernels, evaluate }) {
      const [origin, slope, step] = memory as [Vector, Vector, Vector]; // where the last step began, the gradient there, the step
      const n = gradient.length;
      const rounding = ROUNDING[elementOf(gradient)];
      const dot = (a: Vector, b: Vector): number => kernels.dot(a.byteOffset, b.byteOffset, n);
      const addTimes = (share: number, a: Vector, out: Vector): void =>
        kernels.axpy(share, a.byteOffset, out.byteOffset, n);

      /**
       * The long rate, from a small step along the gradient that is then forgotten. The step is in the units of the problem:
       * along the gradient the value would fall by a hundredth of itself.
       */
      function firstRate(value: number): number {
        const square = dot(gradient, gradient);
        if (square === 0) return kernels.maxAbsolute(gradient.byteOffset, n) === 0 ? 1 : 0; // 0 is refused as no rate
        let rate = value === 0 ? 1 / Math.sqrt(square) : (LOOK * Math.abs(value)) / square;
        for (let look = 1; ; look++) {
          origin.set(params);
          addTimes(-rate, gradient, origin);
          const there = evaluate(origin, slope);
          if (there <= value + rounding * Math.abs(value) || look === LOOKS) break;
          rate /= 10; // beyond the lowest point: what is curved there may not be so here
        }
        addTimes(-1, gradient, slope);
        const fall = -dot(gradient, slope);
        return fall > 0 ? Math.min((rate * square) / fall, GROWTH * rate) : GROWTH * rate;
      }

      /** Leaves y in `slope`. */
      function nextRate(square: number): number {
        kernels.scale(-1, slope.byteOffset, n);
        addTimes(1, gradient, slope);
        const curved = dot(step, slope);
        const longest = GROWTH * scalars[RATE]!;
        const long = curved > 0 ? Math.min(square / curved, longest) : longest;
        const short = curved > 0 ? Math.min(curved / dot(slope, slope), longest) : longest;
        const before = scalars[COUNT]! - 1; // short rates known so far
        scalars[RATES + (before % SHORT)] = short;
        return short < APART * long ? Math.min(...scalars.subarray(RATES, RATES + Math.min(SHORT, before + 1))) : long;
      }

      /** Whether a step to this value stands. */
      function stands(value: number, square: number): boolean {
        const highest = Math.max(...scalars.subarray(VALUES, VALUES + Math.min(REMEMBERED, scalars[COUNT]!)));
        return value <= highest - (DECREASE * square) / scalars[RATE]! + rounding * Math.abs(highest);
      }

      return (_, value) => {
        if (scalars[COUNT] === 0) scalars[RATE] = firstRate(value);
        else {
          step.set(params);
          addTimes(-1, origin, step);
          const square = dot(step, step);
          if (!stands(value, square)) {
            const rate = scalars[RATE]! / 2;
            gradient.set(slope); // back by the step, and from there along the gradient
            addTimes(1 / rate, step, gradient);
            scalars[RATE] = rate;
            return rate;
          }
          scalars[RATE] = nextRate(square);
        }
        origin.set(params);
        slope.set(gradient);
        scalars[VALUES + (scalars[COUNT]! % REMEMBERED)] = value;
        scalars[COUNT]! += 1;
        return scalars[RATE]!;
      };
    },
  };
  return withSpec(optimizer, { optimizer: "automatic" });
}
