// An independent optimum of the objectives of linear models: Newton's method with dense matrices and damping. The hinge and |w|
// are smoothed, and the smoothing is made smaller step by step.

/** (1/n) Σ weightᵢ loss(W xᵢ + b, yᵢ) + l2/2 ‖W‖² + l1 ‖W‖₁ with k scores. */
export interface ConvexProblem {
  readonly loss: "halfSquared" | "logistic" | "crossEntropy" | "squaredHinge" | "hinge" | "poisson" | "limited";
  /** For "limited": the slope is curvature · (z − y), limited to −low … high. */
  readonly limits?: { readonly curvature: number; readonly low: number; readonly high: number };
  readonly k: number;
  /** n rows of d numbers. */
  readonly X: readonly (readonly number[])[];
  /** k numbers per row; for crossEntropy a class. */
  readonly y: readonly (readonly number[])[];
  readonly weights: readonly number[];
  readonly l2: number;
  readonly l1: number;
}

/** A value with its first and second derivatives with respect to the scores of a row. */
interface Term {
  readonly value: number;
  readonly first: readonly number[];
  readonly second: readonly (readonly number[])[];
}

const softplus = (z: number): number => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
const sigmoid = (z: number): number => (z < 0 ? Math.exp(z) / (1 + Math.exp(z)) : 1 / (1 + Math.exp(-z)));

/** The loss of one score, its slope and its curvature. The hinge is t · softplus((1 − m)/t). */
function scalar(problem: ConvexProblem, z: number, y: number, t: number): [number, number, number] {
  const m = y * z;
  switch (problem.loss) {
    case "halfSquared":
      return [0.5 * (z - y) ** 2, z - y, 1];
    case "logistic":
      return [softplus(-m), -y * sigmoid(-m), sigmoid(m) * sigmoid(-m)];
    case "squaredHinge":
      return m < 1 ? [(1 - m) ** 2, -2 * y * (1 - m), 2] : [0, 0, 0];
    case "hinge": {
      if (t === 0) return [Math.max(0, 1 - m), 0, 0];
      const q = sigmoid((1 - m) / t);
      return [t * softplus((1 - m) / t), -y * q, (q * sigmoid((m - 1) / t)) / t];
    }
    case "poisson":
      return [Math.exp(z) - y - y * z + (y > 0 ? y * Math.log(y) : 0), Math.exp(z) - y, Math.exp(z)];
    default: {
      const { curvature, low, high } = problem.limits!;
      const u = z - y;
      const s = Math.min(Math.max(curvature * u, -low), high);
      return [s * u - s ** 2 / (2 * curvature), s, s === curvature * u ? curvature : 0];
    }
  }
}

function term(problem: ConvexProblem, z: readonly number[], y: readonly number[], t: number): Term {
  const { k, loss } = problem;
  if (loss === "crossEntropy") {
    const top = Math.max(...z);
    const e = z.map((each) => Math.exp(each - top));
    const total = e.reduce((a, b) => a + b);
    const p = e.map((each) => each / total);
    return {
      value: Math.log(total) + top - z[y[0]!]!,
      first: p.map((each, c) => each - (c === y[0] ? 1 : 0)),
      second: p.map((a, c) => p.map((b, e) => (c === e ? a : 0) - a * b)),
    };
  }
  const parts = z.map((each, c) => scalar(problem, each, y[c]!, t));
  return {
    value: parts.reduce((sum, part) => sum + part[0], 0),
    first: parts.map((part) => part[1]),
    second: Array.from({ length: k }, (_, c) => Array.from({ length: k }, (_, e) => (c === e ? parts[c]![2] : 0))),
  };
}

const scoresOf = ({ X, k }: ConvexProblem, w: Float64Array, i: number): number[] => {
  const d = X[0]!.length;
  const scores: number[] = [];
  for (let c = 0; c < k; c++) {
    let score = w[k * d + c]!;
    for (let j = 0; j < d; j++) score += X[i]![j]! * w[c * d + j]!;
    scores.push(score);
  }
  return scores;
};

/** The objective, with the smoothing t of the hinge and of |w|; 0 for none. The layout is that of `linear`. */
export function objectiveAt(problem: ConvexProblem, w: Float64Array, t = 0): number {
  const { X, y, weights, l2, l1, k } = problem;
  const n = X.length;
  let sum = 0;
  let lost = 0;
  const add = (x: number): void => {
    const next = sum + x;
    lost += Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum;
    sum = next;
  };
  for (let i = 0; i < n; i++) add((weights[i]! * term(problem, scoresOf(problem, w, i), y[i]!, t).value) / n);
  for (let j = 0; j < k * X[0]!.length; j++) {
    const size = Math.abs(w[j]!);
    add(0.5 * l2 * size ** 2 + l1 * (t > 0 ? size + t * Math.log1p(Math.exp((-2 * size) / t)) : size));
  }
  return sum + lost;
}

/** Parameters at which the objective is about its lowest value. */
export function optimum(problem: ConvexProblem, start?: Float64Array): Float64Array {
  const { X, k, l1, loss } = problem;
  const d = X[0]!.length;
  let w: Float64Array = start ? Float64Array.from(start) : new Float64Array(k * (d + 1));
  if (loss !== "hinge" && l1 === 0) return newton(problem, w, 0);
  for (let t = 1; t > 1e-13; t /= 4) w = newton(problem, w, t);
  return w;
}

function newton(problem: ConvexProblem, start: Float64Array, t: number): Float64Array {
  const { X, y, weights, l2, l1, k } = problem;
  const [n, d] = [X.length, X[0]!.length];
  const size = k * (d + 1);
  let w = start;
  let value = objectiveAt(problem, w, t);
  let damping = 1e-14;
  for (let iteration = 0; iteration < 200; iteration++) {
    const g = new Float64Array(size);
    const H = Array.from({ length: size }, () => new Float64Array(size + 1));
    const at = (c: number, j: number): number => (j < d ? c * d + j : k * d + c);
    for (let i = 0; i < n; i++) {
      const share = weights[i]! / n;
      const { first, second } = term(problem, scoresOf(problem, w, i), y[i]!, t);
      const x = [...X[i]!, 1];
      for (let c = 0; c < k; c++) {
        for (let j = 0; j <= d; j++) {
          g[at(c, j)]! += share * first[c]! * x[j]!;
          for (let e = 0; e < k; e++) {
            if (second[c]![e] === 0) continue;
            const factor = share * second[c]![e]! * x[j]!;
            for (let l = 0; l <= d; l++) H[at(c, j)]![at(e, l)]! += factor * x[l]!;
          }
        }
      }
    }
    for (let j = 0; j < k * d; j++) {
      g[j]! += l2 * w[j]!;
      H[j]![j]! += l2;
      if (l1 > 0) {
        const slope = Math.tanh(w[j]! / t);
        g[j]! += l1 * slope;
        H[j]![j]! += (l1 * (1 - slope ** 2)) / t;
      }
    }
    let next = w;
    let lower = value;
    for (; damping < 1e6; damping *= 10) {
      const rows = H.map((row, j) => {
        const copy = row.slice();
        copy[j]! += damping * (row[j]! + 1);
        copy[size] = g[j]!;
        return copy;
      });
      const step = solved(rows);
      next = w.map((each, j) => each - step[j]!);
      lower = objectiveAt(problem, next, t);
      if (lower < value) break;
    }
    if (!(lower < value)) break;
    damping = Math.max(1e-14, damping / 100);
    const change = value - lower;
    [w, value] = [next, lower];
    if (t > 1e-13 * 2 && change < 1e-17 * Math.abs(value)) break;
  }
  return w;
}

/** Solves linear equations by elimination with the largest pivot; the last column is the right side. */
export function solved(rows: Float64Array[]): Float64Array {
  const p = rows.length;
  for (let k = 0; k < p; k++) {
    let pivot = k;
    for (let i = k + 1; i < p; i++) if (Math.abs(rows[i]![k]!) > Math.abs(rows[pivot]![k]!)) pivot = i;
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    for (let i = k + 1; i < p; i++) {
      const share = rows[i]![k]! / rows[k]![k]!;
      for (let j = k; j <= p; j++) rows[i]![j]! -= share * rows[k]![j]!;
    }
  }
  const x = new Float64Array(p);
  for (let i = p - 1; i >= 0; i--) {
    let sum = rows[i]![p]!;
    for (let j = i + 1; j < p; j++) sum -= rows[i]![j]! * x[j]!;
    x[i] = sum / rows[i]![i]!;
  }
  return x;
}
