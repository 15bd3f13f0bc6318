// x pre-activations, overwritten by the activations a; s slopes; n numbers, or n rows of k; a name with `At` is the
// address of the one without it.

import { exp, sigmoid, tanh } from "../../core/elementary.ts";
import type { Vector } from "../../core/vector.ts";
import type { Kernels } from "../kernels.ts";
import type { Views } from "./views.ts";

type Names = "relu" | "reluBack" | "tanh" | "tanhBack" | "sigmoid" | "sigmoidBack" | "softmax" | "softmaxBack";

/** Overwrites a row of scores by e^{z_c − m}, m their maximum; returns m and the sum of the row. */
export function exponentiate(z: Vector): { maximum: number; sum: number } {
  let maximum = -Infinity;
  for (const score of z) if (score > maximum) maximum = score;
  let sum = 0;
  for (let c = 0; c < z.length; c++) {
    z[c] = exp(z[c]! - maximum);
    sum += z[c]!;
  }
  return { maximum, sum };
}

export const activations = ({ numbers }: Views): Pick<Kernels, Names> => ({
  relu(xAt, n) {
    const x = numbers(xAt, n);
    for (let i = 0; i < n; i++) if (x[i]! < 0) x[i] = 0;
  },

  reluBack(aAt, sAt, n) {
    const a = numbers(aAt, n);
    const s = numbers(sAt, n);
    for (let i = 0; i < n; i++) if (!(a[i]! > 0)) s[i] = 0;
  },

  tanh(xAt, n) {
    const x = numbers(xAt, n);
    for (let i = 0; i < n; i++) x[i] = tanh(x[i]!);
  },

  tanhBack(aAt, sAt, n) {
    const a = numbers(aAt, n);
    const s = numbers(sAt, n);
    for (let i = 0; i < n; i++) s[i]! *= 1 - a[i]! * a[i]!;
  },

  sigmoid(xAt, n) {
    const x = numbers(xAt, n);
    for (let i = 0; i < n; i++) x[i] = sigmoid(x[i]!);
  },

  sigmoidBack(aAt, sAt, n) {
    const a = numbers(aAt, n);
    const s = numbers(sAt, n);
    for (let i = 0; i < n; i++) s[i] = s[i]! * a[i]! * (1 - a[i]!);
  },

  softmax(ZAt, n, k) {
    const Z = numbers(ZAt, n * k);
    for (let i = 0; i < n; i++) {
      const row = Z.subarray(i * k, (i + 1) * k);
      const { sum } = exponentiate(row);
      for (let c = 0; c < k; c++) row[c]! /= sum;
    }
  },

  softmaxBack(PAt, SAt, n, k) {
    const P = numbers(PAt, n * k);
    const S = numbers(SAt, n * k);
    for (let at = 0; at < n * k; at += k) {
      let mean = 0;
      for (let c = at; c < at + k; c++) mean += P[c]! * S[c]!;
      for (let c = at; c < at + k; c++) S[c] = P[c]! * (S[c]! - mean);
    }
  },
});
