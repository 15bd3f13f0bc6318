// x, y vectors of n numbers; a name with `At` is the address of the one without it.

import type { Kernels } from "../kernels.ts";
import type { Views } from "./views.ts";

type Names = "add" | "axpy" | "scale" | "dot" | "sumAbsolute" | "maxAbsolute" | "approach" | "gather";

export const vectors = ({ numbers, integers, everything, withoutTiny }: Views): Pick<Kernels, Names> => ({
  add(xAt, yAt, n) {
    const x = numbers(xAt, n);
    const y = numbers(yAt, n);
    for (let i = 0; i < n; i++) y[i]! += x[i]!;
  },

  axpy(a, xAt, yAt, n) {
    const x = numbers(xAt, n);
    const y = numbers(yAt, n);
    for (let i = 0; i < n; i++) y[i]! += a * x[i]!;
  },

  scale(a, xAt, n) {
    const x = numbers(xAt, n);
    for (let i = 0; i < n; i++) x[i] = a * x[i]!;
  },

  dot(xAt, yAt, n) {
    const x = numbers(xAt, n);
    const y = numbers(yAt, n);
    let sum = 0;
    for (let i = 0; i < n; i++) sum += x[i]! * y[i]!;
    return sum;
  },

  sumAbsolute(xAt, n) {
    const x = numbers(xAt, n);
    let sum = 0;
    for (let i = 0; i < n; i++) sum += Math.abs(x[i]!);
    return sum;
  },

  maxAbsolute(xAt, n) {
    const x = numbers(xAt, n);
    let largest = 0;
    for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(x[i]!));
    return largest;
  },

  approach(averageAt, xAt, n, fraction) {
    const average = numbers(averageAt, n);
    const x = numbers(xAt, n);
    for (let i = 0; i < n; i++) average[i] = withoutTiny(average[i]! + fraction * (x[i]! - average[i]!));
  },

  gather(sourceAt, orderAt, outAt, n, bytes) {
    const order = integers(orderAt, n);
    const all = everything();
    for (let i = 0; i < n; i++) {
      const row = sourceAt + order[i]! * bytes;
      all.copyWithin(outAt + i * bytes, row, row + bytes);
    }
  },
});
