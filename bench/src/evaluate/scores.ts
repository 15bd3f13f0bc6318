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

/** z = b + Σ w_j x_j of sparse rows; params w (columns), b. */
export function sparseScores({ indptr, indices, values, columns }: SparseRows): Scores {
  return (params, i, out) => {
    let sum = params[columns]!;
    for (let e = indptr[i]!; e < indptr[i + 1]!; e++) sum += params[indices[e]!]! * values[e]!;
    out[0] = sum;
  };
}

/** The numbers of row i that are not 0 are values[e], in the columns indices[e], for e = indptr[i] … indptr[i + 1] − 1. */
export interface SparseRows {
  readonly indptr: ArrayLike<number>;
  readonly indices: ArrayLike<number>;
  readonly values: ArrayLike<number>;
  readonly columns: number;
}

/**
 * A network with ReLU units in its hidden layers; `widths` are the numbers of inputs, of the units of each hidden layer, and of
 * outputs. params: for each layer W (out × in), b (out).
 */
export function networkScores(X: Float64Array, widths: readonly number[]): Scores {
  const values = widths.map((width) => new Float64Array(width));
  return (params, i, out) => {
    values[0]!.set(X.subarray(i * widths[0]!, (i + 1) * widths[0]!));
    let from = 0;
    for (let l = 1; l < widths.length; l++) {
      const [inputs, outputs] = [values[l - 1]!, values[l]!];
      const biases = from + inputs.length * outputs.length;
      for (let c = 0; c < outputs.length; c++) {
        let sum = params[biases + c]!;
        for (let u = 0; u < inputs.length; u++) sum += params[from + c * inputs.length + u]! * inputs[u]!;
        outputs[c] = l === widths.length - 1 ? sum : Math.max(0, sum);
      }
      from = biases + outputs.length;
    }
    out.set(values.at(-1)!);
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
