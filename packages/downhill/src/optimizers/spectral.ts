import { elementTypeOf, type Vector } from "../core/vector.ts";
import { bindFirstRate, GROWTH, ROUNDING } from "./firstRate.ts";
import type { Run } from "./optimizer.ts";

const REMEMBERED = 10; // a value must be below the largest of this many earlier values
const DECREASE = 1e-4; // the smallest decrease by a step, as a share of its first-order estimate
const SHORT = 3; // the number of short rates from which the smallest is used
const APART = 0.5; // a short rate is used when the last one is below this share of the long rate

// ---- indices in `scalars`
const RATE = 0;
/** The index of the number of values so far. */
export const COUNT = 1;
const RATES = 2;
const VALUES = RATES + SHORT;

/** The numbers that a run keeps between updates. */
export const SPECTRAL_SCALARS = VALUES + REMEMBERED;

/**
 * Gradient descent whose learning rate is computed from the last step s and the change y of the gradient: the long rate is
 * s·s / s·y, and the short rate is s·y / y·y. If the two are close, it uses the long rate, otherwise the smallest of the last
 * three short rates. The objective must stay a little below the largest of its last ten values. If a step breaks this rule,
 * the next update takes the step back and repeats it with half the learning rate.
 *
 * Source: Barzilai and Borwein, 1988; Raydan, 1997; Frassoldati, Zanni and Zanghirati, 2008 (the choice between the two);
 * Grippo, Lampariello and Lucidi, 1986 (the rule of the last ten values); Wright, Nowak and Figueiredo, 2009 (with l1).
 */
export function bindSpectral(run: Run): (t: number, value: number) => number {
  const { params, gradient, memory, scalars, kernels } = run;
  const [origin, slope, step] = memory as [Vector, Vector, Vector]; // the start of the last step, the gradient there, the step
  const n = gradient.length;
  const firstRate = bindFirstRate(run);
  const rounding = ROUNDING[elementTypeOf(gradient)];
  const dot = (a: Vector, b: Vector): number => kernels.dot(a.byteOffset, b.byteOffset, n);
  const addTimes = (share: number, a: Vector, out: Vector): void =>
    kernels.axpy(share, a.byteOffset, out.byteOffset, n);

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
    if (scalars[COUNT] === 0) scalars[RATE] = firstRate(value, origin, slope);
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
}
