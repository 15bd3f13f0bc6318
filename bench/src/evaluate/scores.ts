// The predictors, written directly from their formulas. This code evaluates every program and shares no code with any of
// them.
// n rows, d features, k outputs; matrices are row-major.

/** Writes the scores of row i into `out`. */
export type Scores = (params: ArrayLike<number>, i: number, out: Float64Array) => void;

/** z_c = b_c + Σ_j W_cj x_j; params W (k × d), b (k). */
export function linearScores(X: Float64Array, d: number, k: number): Scores {
  return (params, i, out) => {
    for (let c = 0; c < k; c++) {
      let sum = params[k * d + c]!;
      for (let j = 0; j < d; j++) sum += params[c * d + j]! * X[i * d + j]!;
      out[c] = sum;
    }
  };
}

/** A network with one hidden layer of h ReLU units; params W₁ (h × d), b₁, W₂ (k × h), b₂. */
export function networkScores(X: Float64Array, { d, h, k }: { d: number; h: number; k: number }): Scores {
  const hidden = new Float64Array(h);
  const first = linearScores(X, d, h);
  return (params, i, out) => {
    first(params, i, hidden);
    const from = h * d + h;
    for (let c = 0; c < k; c++) {
      let sum = params[from + k * h + c]!;
      for (let u = 0; u < h; u++) sum += params[from + c * h + u]! * Math.max(0, hidden[u]!);
      out[c] = sum;
    }
  };
}

/** p_u · q_i of the pair (u, i); params: a row of r factors per user, then one per item. */
export function factorScores(pairs: Uint32Array, users: number, r: number): Scores {
  return (params, i, out) => {
    const p = pairs[2 * i]! * r;
    const q = (users + pairs[2 * i + 1]!) * r;
    let sum = 0;
    for (let f = 0; f < r; f++) sum += params[p + f]! * params[q + f]!;
    out[0] = sum;
  };
}
