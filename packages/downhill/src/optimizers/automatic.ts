import { withSpec } from "../core/spec.ts";
import { elementTypeOf, type Vector } from "../core/vector.ts";
import type { Optimizer } from "./optimizer.ts";

const REMEMBERED = 10; // a value must be below the largest of this many earlier values
const PROBE_GAIN = 1e-2; // share of the value by which a probe should fall: far above rounding, in float32 too
const PROBES = 20; // the maximum number of probes; each is a tenth as long as the one before
const DECREASE = 1e-4; // the smallest decrease by a step, as a share of its first-order estimate
const GROWTH = 1000; // the largest factor by which the learning rate grows in one update
const ROUNDING = { float64: 1e-14, float32: 1e-7 }; // relative; a smaller rise of the value is a rounding error
const SHORT = 3; // the number of short rates from which the smallest is used
const APART = 0.5; // a short rate is used when the last one is below this share of the long rate

// ---- indices in `scalars`
const RATE = 0;
const COUNT = 1; // number of values so far
const RATES = 2;
const VALUES = RATES + SHORT;

/**
 * Gradient descent that computes its learning rate from the last step s and the change y of the gradient: the long rate is
 * s·s / s·y, and the short rate is s·y / y·y (Barzilai and Borwein). If the two are close, it uses the long rate, otherwise
 * the smallest of the last three short rates. The objective must stay a little below the largest of its last ten values. If a
 * step breaks this rule, the next update takes the step back and repeats it with half the learning rate. So an update costs
 * one evaluation of the objective. The first update costs two, or a few more near an optimum.
 *
 * It is for full batches of smooth objectives, with or without l1, because the rates are inverse curvatures of one function.
 * The objective may rise during a run; the run returns the parameters of the lowest value.
 *
 * Source: Barzilai and Borwein, 1988; Raydan, 1997; Frassoldati, Zanni and Zanghirati, 2008 (the choice between the two);
 * Grippo, Lampariello and Lucidi, 1986 (the rule of the last ten values); Wright, Nowak and Figueiredo, 2009 (with l1).
 *
 * @example
 * ```ts
 * import { automatic, linearRegression } from "downhill";
 *
 * const fitted = linearRegression({ optimizer: automatic() }).fit([[1], [2], [3]], [3, 5, 7]);
 * fitted.stopped; // "converged"
 * ```
 */
export function automatic(): Optimizer {
  const optimizer: Optimizer = {
    slots: 3,
    scalars: VALUES + REMEMBERED,
    gain: 1,
    fullBatch: true,
    name: "automatic",
    bind({ params, gradient, memory, scalars, kernels, evaluate }) {
      const [origin, slope, step] = memory as [Vector, Vector, Vector]; // the start of the last step, the gradient there, the step
      const n = gradient.length;
      const rounding = ROUNDING[elementTypeOf(gradient)];
      const dot = (a: Vector, b: Vector): number => kernels.dot(a.byteOffset, b.byteOffset, n);
      const addTimes = (share: number, a: Vector, out: Vector): void =>
        kernels.axpy(share, a.byteOffset, out.byteOffset, n);

      /**
       * The long rate, from a probe: a small step along the gradient that is not kept. The probe's length has the units of
       * the problem, because the value should fall by a hundredth of itself.
       */
      function firstRate(value: number): number {
        const square = dot(gradient, gradient);
        if (square === 0) return kernels.maxAbsolute(gradient.byteOffset, n) === 0 ? 1 : 0; // train throws for a learning rate of 0
        let rate = value === 0 ? 1 / Math.sqrt(square) : (PROBE_GAIN * Math.abs(value)) / square;
        for (let probe = 1; ; probe++) {
          origin.set(params);
          addTimes(-rate, gradient, origin);
          const probed = evaluate(origin, slope);
          if (probed <= value + rounding * Math.abs(value) || probe === PROBES) break;
          rate /= 10; // the probe passed the lowest point, where the curvature may differ
        }
        addTimes(-1, gradient, slope);
        const fall = -dot(gradient, slope);
        return fall > 0 ? Math.min((rate * square) / fall, GROWTH * rate) : GROWTH * rate;
      }

      /** Overwrites `slope` with y. */
      function nextRate(square: number): number {
        kernels.scale(-1, slope.byteOffset, n);
        addTimes(1, gradient, slope);
        const curved = dot(step, slope);
        const longest = GROWTH * scalars[RATE]!;
        const long = curved > 0 ? Math.min(square / curved, longest) : longest;
        const short = curved > 0 ? Math.min(curved / dot(slope, slope), longest) : longest;
        const before = scalars[COUNT]! - 1; // number of short rates so far
        scalars[RATES + (before % SHORT)] = short;
        return short < APART * long ? Math.min(...scalars.subarray(RATES, RATES + Math.min(SHORT, before + 1))) : long;
      }

      /** Whether a step to this value is kept. */
      function isKept(value: number, square: number): boolean {
        const highest = Math.max(...scalars.subarray(VALUES, VALUES + Math.min(REMEMBERED, scalars[COUNT]!)));
        return value <= highest - (DECREASE * square) / scalars[RATE]! + rounding * Math.abs(highest);
      }

      return (_, value) => {
        if (scalars[COUNT] === 0) scalars[RATE] = firstRate(value);
        else {
          step.set(params);
          addTimes(-1, origin, step);
          const square = dot(step, step);
          if (!isKept(value, square)) {
            const rate = scalars[RATE]! / 2;
            gradient.set(slope); // take the step back, and continue from its start along the gradient
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
