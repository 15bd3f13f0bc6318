// Row i has the entries rows[2i] … rows[2i + 1] − 1; entry e is values[e] in column columns[e]. n rows (i), d features, k outputs (c).

import type { Kernels } from "../kernels.ts";
import type { Views } from "./views.ts";

type Names = "sparseAffine" | "sparseAffineBack" | "sparseSquares" | "gatherEntries" | "sparseProduct";

/** The sum of four sums, of every fourth term each. */
export function fourSums(length: number, term: (at: number) => number): number {
  const sums = [0, 0, 0, 0];
  for (let at = 0; at < length; at++) sums[at % 4]! += term(at);
  return sums[0]! + sums[1]! + (sums[2]! + sums[3]!);
}

export const sparse = ({ numbers, doubles, integers, everything }: Views): Pick<Kernels, Names> => {
  /** The first entry of each of n rows and the entry after its last one, and views of all their entries. */
  function entriesOf(rowsAt: number, columnsAt: number, valuesAt: number, n: number) {
    const rows = integers(rowsAt, 2 * n);
    const end = rows.reduce((a, b) => Math.max(a, b), 0);
    return { rows, columns: integers(columnsAt, end), values: numbers(valuesAt, end) };
  }
  return {
    sparseAffine(rowsAt, columnsAt, valuesAt, WAt, bAt, ZAt, n, d, k) {
      const { rows, columns, values } = entriesOf(rowsAt, columnsAt, valuesAt, n);
      const W = numbers(WAt, k * d);
      const b = numbers(bAt, k);
      const Z = numbers(ZAt, n * k);
      for (let i = 0; i < n; i++) {
        const from = rows[2 * i]!;
        const length = rows[2 * i + 1]! - from;
        for (let c = 0; c < k; c++) {
          const sum = fourSums(length, (at) => values[from + at]! * W[c * d + columns[from + at]!]!);
          Z[i * k + c] = sum + b[c]!;
        }
      }
    },

    sparseAffineBack(SAt, rowsAt, columnsAt, valuesAt, GWAt, GbAt, n, d, k) {
      const { rows, columns, values } = entriesOf(rowsAt, columnsAt, valuesAt, n);
      const S = numbers(SAt, n * k);
      const GW = numbers(GWAt, k * d);
      const Gb = numbers(GbAt, k);
      for (let i = 0; i < n; i++) {
        for (let c = 0; c < k; c++) {
          const s = S[i * k + c]!;
          if (s === 0) continue;
          for (let e = rows[2 * i]!; e < rows[2 * i + 1]!; e++) GW[c * d + columns[e]!]! += s * values[e]!;
          Gb[c]! += s;
        }
      }
    },

    sparseSquares(rowsAt, columnsAt, valuesAt, wAt, outAt, n) {
      const { rows, columns, values } = entriesOf(rowsAt, columnsAt, valuesAt, n);
      const w = wAt === 0 ? null : numbers(wAt, n);
      const out = doubles(
        outAt,
        columns.reduce((a, b) => Math.max(a, b + 1), 0),
      );
      for (let i = 0; i < n; i++) {
        const weight = w?.[i] ?? 1;
        for (let e = rows[2 * i]!; e < rows[2 * i + 1]!; e++) out[columns[e]!]! += weight * values[e]! * values[e]!;
      }
    },

    gatherEntries(rowsAt, listAt, outAt, n, bytes) {
      const rows = integers(rowsAt, 2 * n);
      const all = everything();
      for (let i = 0, at = outAt; i < n; i++) {
        const [from, end] = [rows[2 * i]!, rows[2 * i + 1]!];
        all.copyWithin(at, listAt + bytes * from, listAt + bytes * end);
        at += bytes * (end - from);
      }
    },

    sparseProduct(rowsAt, columnsAt, valuesAt, qAt, vAt, outAt, n, d) {
      const { rows, columns, values } = entriesOf(rowsAt, columnsAt, valuesAt, n);
      const [q, out] = [doubles(qAt, n), doubles(outAt, d + 1)];
      const v = vAt === 0 ? null : doubles(vAt, d + 1);
      let total = 0;
      for (let i = 0; i < n; i++) {
        const from = rows[2 * i]!;
        const length = rows[2 * i + 1]! - from;
        const dot = v && fourSums(length, (at) => values[from + at]! * v[columns[from + at]!]!) + v[d]!;
        const a = q[i]! * (dot ?? 1);
        for (let e = from; e < from + length; e++) out[columns[e]!]! += a * values[e]!;
        total += a;
      }
      out[d]! += total;
    },
  };
};
