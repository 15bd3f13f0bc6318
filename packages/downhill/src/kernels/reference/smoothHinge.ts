import type { Kernels } from "../kernels.ts";
import type { Views } from "./views.ts";

export const smoothHinge = ({ doubles }: Views): Pick<Kernels, "smoothSums" | "smoothSlopes" | "smoothBends"> => ({
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
  smoothSlopes(uAt, yAt, wAt, SAt, outAt, n, width) {
    const [u, y, w, S] = [doubles(uAt, n), doubles(yAt, n), doubles(wAt, n), doubles(SAt, n)];
    let [sum, total, error] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      const x = u[i]!;
      const alpha = 0.5 * (1 + x / Math.sqrt(x * x + 4 * width * width));
      S[i] = -w[i]! * y[i]! * alpha;
      sum += S[i]!;
      total += w[i]! * alpha;
      error += w[i]! * ((x > 0 ? 1 - alpha : -alpha) * x);
    }
    doubles(outAt, 3).set([sum, total, error]);
  },
  smoothBends(uAt, wAt, QAt, n, square) {
    const [u, w, Q] = [doubles(uAt, n), doubles(wAt, n), doubles(QAt, n)];
    for (let i = 0; i < n; i++) {
      const r = 1 / Math.sqrt(u[i]! * u[i]! + square);
      Q[i] = 0.5 * w[i]! * square * r * r * r;
    }
  },
});
