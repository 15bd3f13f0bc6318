// n rows (i), d columns (j); X n × d; a name with `At` is the address of the one without it.

import type { Kernels } from "../kernels.ts";
import type { Views } from "./views.ts";

type Names = "squares" | "ranges" | "rowSquares" | "deviations" | "standardize";

export const columns = ({ numbers, doubles }: Views): Pick<Kernels, Names> => ({
  squares(XAt, wAt, outAt, n, d) {
    const X = numbers(XAt, n * d);
    const w = wAt === 0 ? null : numbers(wAt, n);
    const out = doubles(outAt, d);
    for (let i = 0, at = 0; i < n; i++) {
      const weight = w?.[i] ?? 1;
      for (let j = 0; j < d; j++, at++) out[j]! += weight * X[at]! * X[at]!;
    }
  },

  ranges(XAt, outAt, n, d) {
    const X = doubles(XAt, n * d);
    const low = doubles(outAt, d);
    const high = doubles(outAt + 8 * d, d);
    const sum = doubles(outAt + 16 * d, d);
    X.forEach((x, at) => {
      const j = at % d;
      if (x < low[j]!) low[j] = x;
      if (x > high[j]!) high[j] = x;
      sum[j]! += x;
    });
  },

  rowSquares(XAt, outAt, n, d) {
    const X = doubles(XAt, n * d);
    doubles(outAt, n).forEach((_, i, out) => {
      out[i] = X.subarray(i * d, (i + 1) * d).reduce((sum, x) => sum + x * x, 1);
    });
  },

  deviations(XAt, scalingAt, outAt, n, d) {
    const [shift, unit] = [doubles(scalingAt, d), doubles(scalingAt + 8 * d, d)];
    const out = doubles(outAt, d);
    doubles(XAt, n * d).forEach((x, at) => {
      const off = (x - shift[at % d]!) * unit[at % d]!;
      out[at % d]! += off * off;
    });
  },

  standardize(XAt, scalingAt, n, d) {
    const X = numbers(XAt, n * d);
    const [shift, scale] = [doubles(scalingAt, d), doubles(scalingAt + 8 * d, d)];
    for (let at = 0; at < n * d; at++) X[at] = (X[at]! - shift[at % d]!) / scale[at % d]!;
  },
});
