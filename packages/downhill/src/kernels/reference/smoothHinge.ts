import type { Kernels } from "../kernels.ts";
import type { Views } from "./views.ts";

type Six = [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];

export const smoothHinge = ({ doubles }: Views): Pick<Kernels, "smoothSums" | "smoothSlopes"> => ({
  smoothSums(uAt, aAt, wAt, outAt, n, t, square) {
    const [u, a, w] = [doubles(uAt, n), doubles(aAt, n), doubles(wAt, n)];
    let [slope, bend] = [0, 0];
    for (let i = 0; i < n; i++) {
      const x = u[i]! + t * a[i]!;
      const r = 1 / Math.sqrt(x * x + square);
      const change = w[i]! * a[i]!;
      slope += change * (1 + x * r);
      bend += change * a[i]! * r * r * r;
    }
    doubles(outAt, 2).set([slope, bend]);
  },
  smoothSlopes(uAt, yAt, wAt, sAt, SAt, QAt, outAt, n, width) {
    const [u, y, w, s, S, Q] = [uAt, yAt, wAt, sAt, SAt, QAt].map((at) => doubles(at, n)) as Six;
    let error = 0;
    for (let i = 0; i < n; i++) {
      const x = u[i]!;
      const r = 1 / Math.sqrt(x * x + 4 * width * width);
      const alpha = 0.5 * (1 + x * r);
      S[i] = -w[i]! * y[i]! * alpha;
      Q[i] = 0.5 * w[i]! * (1 - (2 * Math.abs(s[i]!) - 1) * (x * r)) * r;
      error += w[i]! * ((x > 0 ? 1 - alpha : -alpha) * x);
    }
    doubles(outAt, 1).set([error]);
  },
});
