import type { Kernels } from "../kernels.ts";
import type { Views } from "./views.ts";

export const smoothHinge = ({ doubles }: Views): Pick<Kernels, "smoothSums"> => ({
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
});
