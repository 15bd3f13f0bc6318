import { toUnitSize } from "../core/powerOfTwo.ts";

/** Numbers multiplied by a power of two, so that their squares and sums of squares neither overflow nor become 0. */
export interface Scaled {
  /** The products. */
  readonly values: Float64Array;
  /** The power of two. */
  readonly factor: number;
}

const NEAR_OVERFLOW = 4.49423283715579e307; // 2^1021

/** a − b, row by row. */
export function differences(a: ArrayLike<number>, b: ArrayLike<number>): Scaled {
  // A difference may be twice as large as the larger number.
  const part = Math.max(largestOf(a), largestOf(b)) > NEAR_OVERFLOW ? 0.25 : 1;
  const { values, factor } = scaled(Float64Array.from(a, (x, i) => x * part - b[i]! * part));
  return { values, factor: factor * part };
}

/** Numbers minus their mean; exactly 0 if all are equal. */
export function deviations(numbers: ArrayLike<number>): Scaled {
  const first = Float64Array.from(numbers, () => numbers[0]!); // differences from the first number have a more accurate mean
  const { values, factor } = differences(numbers, first);
  let sum = 0;
  for (const value of values) sum += value;
  return { values: values.map((value) => value - sum / values.length), factor }; // the largest is at least ½
}

/** Scales the largest finite number to a size of about 1. */
function scaled(values: Float64Array): Scaled {
  const factor = toUnitSize(largestOf(values));
  return { values: values.map((value) => value * factor), factor };
}

/** The largest |x| of the finite numbers. */
function largestOf(numbers: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < numbers.length; i++) {
    const size = Math.abs(numbers[i]!);
    if (size > largest && size < Infinity) largest = size;
  }
  return largest;
}
