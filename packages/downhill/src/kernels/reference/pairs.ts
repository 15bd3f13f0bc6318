// A pair is two indices in the parameters x: the rows p and q begin there. A row has r factors (f), and one bias after them when
// biased is 1. n is the number of pairs, s the slope of a pair, g the gradient. xAt is the address of x, and so on.

import type { Kernels } from "../kernels.ts";
import type { Views } from "./views.ts";

export const pairs = ({ numbers, doubles, integers, bytes }: Views): Pick<Kernels, "pairDots" | "pairBack"> => ({
  pairDots(pairsAt, xAt, mean, ZAt, n, r, biased) {
    const starts = integers(pairsAt, 2 * n);
    const Z = numbers(ZAt, n);
    for (let i = 0; i < n; i++) {
      const p = numbers(xAt + bytes * starts[2 * i]!, r + biased);
      const q = numbers(xAt + bytes * starts[2 * i + 1]!, r + biased);
      let z = mean;
      if (biased) z += p[r]! + q[r]!;
      for (let f = 0; f < r; f++) z += p[f]! * q[f]!;
      Z[i] = z;
    }
  },

  pairBack(pairsAt, SAt, xAt, gAt, l2, n, r, biased, termsAt) {
    const terms = termsAt === 0 ? [1, 1, 1, 1] : doubles(termsAt, 4);
    const starts = integers(pairsAt, 2 * n);
    const S = numbers(SAt, n);
    let squares = 0;
    for (let i = 0; i < n; i++) {
      const s = S[i]!;
      const left = bytes * starts[2 * i]!;
      const right = bytes * starts[2 * i + 1]!;
      const p = numbers(xAt + left, r + biased);
      const q = numbers(xAt + right, r + biased);
      const gp = numbers(gAt + left, r + biased);
      const gq = numbers(gAt + right, r + biased);
      for (let f = 0; f < r + biased; f++) {
        const [ofP, ofQ] = f < r ? [terms[0]!, terms[1]!] : [terms[2]!, terms[3]!];
        gp[f]! += s * (f < r ? q[f]! : 1) + l2 * ofP * p[f]!;
        gq[f]! += s * (f < r ? p[f]! : 1) + l2 * ofQ * q[f]!;
        squares += ofP * (p[f]! * p[f]!) + ofQ * (q[f]! * q[f]!);
      }
    }
    return l2 > 0 ? squares : 0;
  },
});
