// Many updates: the other kernels of the reference, one after another.

import { type Address, type Kernels, lossCodes } from "../kernels.ts";
import type { Views } from "./views.ts";

type Names = "sweepLinear" | "sweepPairs";

export const sweeps = (
  { numbers, doubles, bytes, withoutTiny }: Views,
  kernels: Omit<Kernels, Names>,
): Pick<Kernels, Names> => ({
  sweepLinear(
    loss,
    X,
    Y,
    w,
    order,
    blockX,
    blockY,
    blockW,
    _capacity,
    room,
    Z,
    x,
    g,
    average,
    ratesAt,
    fractionsAt,
    valuesAt,
    from,
    to,
    m,
    d,
    k,
    l2,
    l1,
  ) {
    const [weights, size] = [k * d, k * d + k];
    const batches = Math.ceil((to - from) / m);
    const rates = doubles(ratesAt, batches);
    const values = doubles(valuesAt, batches);
    const fractions = average === 0 ? null : doubles(fractionsAt, batches);
    for (let i = 0; i < batches; i++) {
      const at = from + i * m;
      const n = Math.min(m, to - at);
      const block = blockOf(kernels, order, at, n);
      const Xs = block(X, blockX, bytes * d);
      const Ys = block(Y, blockY, bytes * (loss === lossCodes.crossEntropy ? 1 : k));
      const ws = w === 0 ? 0 : block(w, blockW, bytes);
      kernels.affine(Xs, x, x + bytes * weights, Z, n, d, k, room);
      let value = sumAndSlope(kernels, loss, [Z, Ys, ws], n, k) / n;
      if (l2 > 0) value += 0.5 * l2 * kernels.dot(x, x, weights);
      if (l1 > 0) value += l1 * kernels.sumAbsolute(x, weights);
      if (!Number.isFinite(value)) return i;
      values[i] = value;
      const [params, gradient] = [numbers(x, size), numbers(g, size)];
      gradient.fill(0);
      kernels.affineBack(Z, Xs, g, g + bytes * weights, n, d, k, room);
      if (n > 1) kernels.scale(1 / n, g, size);
      if (l2 > 0) kernels.axpy(l2, x, g, weights);
      for (let j = 0; j < size; j++) params[j] = withoutTiny(params[j]! - rates[i]! * gradient[j]!);
      if (l1 > 0) kernels.shrink(x, weights, rates[i]! * l1);
      if (fractions) kernels.approach(average, x, size, fractions[i]!);
    }
    return batches;
  },

  sweepPairs(
    loss,
    pairs,
    Y,
    w,
    order,
    blockPairs,
    blockY,
    blockW,
    _room,
    Z,
    x,
    g,
    size,
    average,
    ratesAt,
    fractionsAt,
    valuesAt,
    from,
    to,
    m,
    mean,
    l2,
    r,
    biased,
  ) {
    const batches = Math.ceil((to - from) / m);
    const rates = doubles(ratesAt, batches);
    const values = doubles(valuesAt, batches);
    const fractions = average === 0 ? null : doubles(fractionsAt, batches);
    for (let i = 0; i < batches; i++) {
      const at = from + i * m;
      const n = Math.min(m, to - at);
      const block = blockOf(kernels, order, at, n);
      const own = block(pairs, blockPairs, 8);
      const Ys = block(Y, blockY, bytes);
      const ws = w === 0 ? 0 : block(w, blockW, bytes);
      kernels.pairDots(own, x, mean, Z, n, r, biased);
      const sum = sumAndSlope(kernels, loss, [Z, Ys, ws], n, 1);
      const value = (sum + 0.5 * l2 * kernels.pairBack(own, Z, x, g, l2, n, r, biased)) / n;
      if (!Number.isFinite(value)) return i;
      values[i] = value;
      kernels.descendAt(x, g, own, 2 * n, r + biased, rates[i]! / n);
      if (fractions) kernels.approach(average, x, size, fractions[i]!);
    }
    return batches;
  },
});

/** Where n rows from a position of an order on lie: in place without an order, else gathered into scratch. */
const blockOf =
  (kernels: Pick<Kernels, "gather">, order: Address, at: number, n: number) =>
  (all: Address, scratch: Address, width: number): Address => {
    if (order === 0) return all + at * width;
    kernels.gather(all, order + 4 * at, scratch, n, width);
    return scratch;
  };

function sumAndSlope(
  kernels: Omit<Kernels, Names>,
  loss: number,
  [Z, Y, w]: readonly [Address, Address, Address],
  n: number,
  k: number,
): number {
  switch (loss) {
    case lossCodes.halfSquared:
      return kernels.halfSquared(Z, Y, w, n, k);
    case lossCodes.logistic:
      return kernels.logistic(Z, Y, w, n);
    case lossCodes.hinge:
      return kernels.hinge(Z, Y, w, n, k);
    case lossCodes.squaredHinge:
      return kernels.squaredHinge(Z, Y, w, n, k);
    default:
      return kernels.crossEntropy(Z, Y, w, n, k);
  }
}
