// x parameters, g gradient, overwritten by the direction; v, s, m the optimizer's vectors; a name with `At` is the
// address of the one without it.

import type { Kernels } from "../kernels.ts";
import type { Views } from "./views.ts";

type Names = "descend" | "descendAt" | "shrink" | "momentum" | "nesterov" | "adaGrad" | "rmsProp" | "adam";

export const optimizers = ({ numbers, doubles, integers, bytes, withoutTiny }: Views): Pick<Kernels, Names> => ({
  descend(xAt, keptAt, gAt, n, rate, factor) {
    const x = numbers(xAt, n);
    const kept = numbers(keptAt, n);
    const g = numbers(gAt, n);
    for (let i = 0; i < n; i++) {
      kept[i] = x[i]!;
      x[i] = withoutTiny(x[i]! - rate * (factor * g[i]!));
    }
  },

  descendAt(xAt, gAt, startsAt, n, width, rate, termsAt) {
    const terms = termsAt === 0 ? [1, 1, 1, 1] : doubles(termsAt, 4);
    integers(startsAt, n).forEach((start, at) => {
      const x = numbers(xAt + bytes * start, width);
      const g = numbers(gAt + bytes * start, width);
      for (let i = 0; i < width; i++) {
        x[i] = withoutTiny(x[i]! - rate * terms[(at % 2) + (i === width - 1 ? 2 : 0)]! * g[i]!);
        g[i] = 0;
      }
    });
  },

  shrink(xAt, n, threshold) {
    const x = numbers(xAt, n);
    for (let i = 0; i < n; i++) x[i] = withoutTiny(x[i]! - Math.min(Math.max(x[i]!, -threshold), threshold));
  },

  momentum(gAt, vAt, n, decay) {
    const g = numbers(gAt, n);
    const v = numbers(vAt, n);
    for (let i = 0; i < n; i++) {
      v[i] = withoutTiny(decay * v[i]! + g[i]!);
      g[i] = v[i]!;
    }
  },

  nesterov(gAt, vAt, n, decay) {
    const g = numbers(gAt, n);
    const v = numbers(vAt, n);
    for (let i = 0; i < n; i++) {
      v[i] = withoutTiny(decay * v[i]! + g[i]!);
      g[i]! += decay * v[i]!;
    }
  },

  adaGrad(gAt, sAt, n, epsilon) {
    const g = numbers(gAt, n);
    const s = numbers(sAt, n);
    for (let i = 0; i < n; i++) {
      s[i] = withoutTiny(s[i]! + g[i]! * g[i]!);
      g[i]! /= Math.sqrt(s[i]!) + epsilon;
    }
  },

  rmsProp(gAt, sAt, n, decay, epsilon) {
    const g = numbers(gAt, n);
    const s = numbers(sAt, n);
    for (let i = 0; i < n; i++) {
      s[i] = withoutTiny(decay * s[i]! + (1 - decay) * (g[i]! * g[i]!));
      g[i]! /= Math.sqrt(s[i]!) + epsilon;
    }
  },

  adam(gAt, mAt, vAt, n, beta1, beta2, c1, c2, epsilon) {
    const g = numbers(gAt, n);
    const m = numbers(mAt, n);
    const v = numbers(vAt, n);
    for (let i = 0; i < n; i++) {
      m[i] = withoutTiny(beta1 * m[i]! + (1 - beta1) * g[i]!);
      v[i] = withoutTiny(beta2 * v[i]! + (1 - beta2) * (g[i]! * g[i]!));
      g[i] = m[i]! / c1 / (Math.sqrt(v[i]! / c2) + epsilon);
    }
  },
});
