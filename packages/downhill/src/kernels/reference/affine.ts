// n rows (i), d features (j), k outputs (c); X n × d, W k × d, b k, Z and S n × k; a name with `At` is the address of
// the one without it.

import type { Kernels } from "../kernels.ts";
import type { Views } from "./views.ts";

type Names = "affine" | "affineBack" | "affineBackColumns" | "affineInputs";

export function affine({ numbers, bytes }: Views): Pick<Kernels, Names> {
  const affineBackColumns: Kernels["affineBackColumns"] = (SAt, row, XAt, GWAt, GbAt, n, d, k) => {
    const X = numbers(XAt, n * d);
    const GW = numbers(GWAt, k * d);
    const Gb = numbers(GbAt, k);
    for (let i = 0; i < n; i++) {
      const S = numbers(SAt + i * row, k);
      for (let c = 0; c < k; c++) {
        const s = S[c]!;
        for (let j = 0; j < d; j++) GW[c * d + j]! += s * X[i * d + j]!;
        Gb[c]! += s;
      }
    }
  };
  return {
    affine(XAt, WAt, bAt, ZAt, n, d, k) {
      const X = numbers(XAt, n * d);
      const W = numbers(WAt, k * d);
      const b = numbers(bAt, k);
      const Z = numbers(ZAt, n * k);
      for (let i = 0; i < n; i++) {
        for (let c = 0; c < k; c++) {
          let z = b[c]!;
          for (let j = 0; j < d; j++) z += X[i * d + j]! * W[c * d + j]!;
          Z[i * k + c] = z;
        }
      }
    },

    affineBack(S, X, GW, Gb, n, d, k, scratch) {
      affineBackColumns(S, k * bytes, X, GW, Gb, n, d, k, scratch);
    },

    affineBackColumns,

    affineInputs(SAt, WAt, TAt, n, d, k) {
      const S = numbers(SAt, n * k);
      const W = numbers(WAt, k * d);
      const T = numbers(TAt, n * d).fill(0);
      for (let i = 0; i < n; i++) {
        for (let c = 0; c < k; c++) {
          const s = S[i * k + c]!;
          for (let j = 0; j < d; j++) T[i * d + j]! += s * W[c * d + j]!;
        }
      }
    },
  };
}
