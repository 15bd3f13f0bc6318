// A lower bound of the objective of a factorization over all factors of any rank.
import { random } from "../../core/random.ts";
import { lanczos, shortfall } from "../curvature/lanczos.ts";

/** n ratings, and (1/n) Σ ½ (y − p_u · q_i − b_u − c_i)² + ½ Σ weight · ‖p_u‖² + the same for q, b and c. */
export interface FactorizationParts {
  readonly users: number;
  readonly items: number;
  readonly user: Uint32Array;
  readonly item: Uint32Array;
  /** The ratings, in the units of the training. */
  readonly targets: Float64Array;
  readonly rank: number;
  readonly biases: boolean;
  /** One row per user, then one row per item, each with `rank` factors and, with biases, the bias. */
  readonly params: Float64Array;
  /** The weight of the penalty on the factors, and on the bias, of each row of parameters. */
  readonly factorPenalty: Float64Array;
  readonly biasPenalty: Float64Array;
}

/** Random starts of Lanczos find a singular value that is too small with at most this probability. */
export const FAILURE = 1e-12;

const STEPS = [30, 60, 150]; // of Lanczos; each attempt begins anew
const TIGHT = 1.5; // no further attempt can make the bound smaller by more than this factor
const ROUNDING = 1e-10;

/**
 * The objective of a factorization, and a proven upper bound of objective − optimum over factors of any rank.
 *
 * √a √c p · q, with the penalties a and c, are the entries of a matrix Z, and ½ (Σ a ‖p‖² + Σ c ‖q‖²) is at least its nuclear norm. So the
 * objective is at least a convex function of Z and of the biases, which may have any rank. Let E be the residuals y − prediction of
 * the rated pairs, and M the matrix with the entries E/(n √a √c). For each τ with 0 ≤ τ · (largest singular value of M) ≤ 1, the optimum is
 * at least τ (1/n) Σ E y − τ² ((1/2n) Σ E² + ½ Σ (mean residual of a user or item)² / penalty of its bias).
 *
 * The largest singular value is bounded with Lanczos from a random start.
 *
 * Source: Srebro, Rennie and Jaakkola, “Maximum-Margin Matrix Factorization”, 2004 (the norm); Rockafellar, “Convex Analysis”, 1970.
 */
export function nuclearGap(parts: FactorizationParts): { readonly objective: number; readonly gap: number } {
  const { users, items, user, item, targets, rank, biases, params, factorPenalty, biasPenalty } = parts;
  const n = targets.length;
  const width = rank + (biases ? 1 : 0);
  const residuals = new Float64Array(n);
  const sums = new Float64Array(users + items);
  const [half, product, penalty] = [compensated(), compensated(), compensated()];
  for (let i = 0; i < n; i++) {
    const [p, q] = [user[i]! * width, (users + item[i]!) * width];
    let z = biases ? params[p + rank]! + params[q + rank]! : 0;
    for (let f = 0; f < rank; f++) z += params[p + f]! * params[q + f]!;
    const e = targets[i]! - z;
    residuals[i] = e;
    half.add((0.5 * e * e) / n);
    product.add((e * targets[i]!) / n);
    sums[user[i]!]! += e / n;
    sums[users + item[i]!]! += e / n;
  }
  for (let row = 0; row < users + items; row++) {
    for (let f = 0; f < rank; f++)
      penalty.add(0.5 * factorPenalty[row]! * params[row * width + f]! * params[row * width + f]!);
    if (biases) penalty.add(0.5 * biasPenalty[row]! * params[row * width + rank]! * params[row * width + rank]!);
  }
  const objective = half.sum() + penalty.sum();
  const scaled = residuals.map(
    (e, i) => e / n / Math.sqrt(factorPenalty[user[i]!]!) / Math.sqrt(factorPenalty[users + item[i]!]!),
  );
  let square = half.sum();
  if (biases)
    for (let row = 0; row < sums.length; row++) {
      if (sums[row] !== 0) square += (0.5 * sums[row]! * sums[row]!) / biasPenalty[row]!;
    }
  const gapWith = (largest: number): number => {
    const share = Math.max(0, Math.min(product.sum() / (2 * square), 1 / largest)) || 0;
    const lower = share * product.sum() - share * share * square;
    return Math.min(
      objective,
      Math.max(0, objective - lower) + ROUNDING * (share * Math.abs(product.sum()) + objective),
    );
  };
  let gap = objective;
  for (const steps of STEPS) {
    const { atLeast, atMost } = largestSingularValue(parts, scaled, steps);
    gap = Math.min(gap, gapWith(atMost));
    if (gap <= TIGHT * gapWith(atLeast)) break;
  }
  return { objective, gap };
}

/** Makes a function that adds numbers with compensation: the error of the sum is about that of one addition. */
function compensated(): { add(x: number): void; sum(): number } {
  let total = 0;
  let lost = 0;
  return {
    add(x) {
      const next = total + x;
      lost += Math.abs(total) >= Math.abs(x) ? total - next + x : x - next + total;
      total = next;
    },
    sum: () => total + lost,
  };
}

/** The largest singular value of a sparse matrix M of users and items is in this interval. */
function largestSingularValue({ users, items, user, item }: FactorizationParts, entries: Float64Array, steps: number) {
  const [fewer, more, inner, outer] = users < items ? [users, items, user, item] : [items, users, item, user];
  const starts = new Uint32Array(more + 1); // the entries of each row, one row after another
  for (const row of outer) starts[row + 1]! += 1;
  for (let row = 0; row < more; row++) starts[row + 1]! += starts[row]!;
  const next = starts.slice();
  const columns = new Uint32Array(entries.length);
  const values = new Float64Array(entries.length);
  for (let i = 0; i < entries.length; i++) {
    const at = next[outer[i]!]!++;
    columns[at] = inner[i]!;
    values[at] = entries[i]!;
  }
  const out = new Float64Array(fewer);
  /** MᵀM v. */
  const times = (v: Float64Array): Float64Array => {
    out.fill(0);
    for (let row = 0; row < more; row++) {
      let dot = 0;
      for (let at = starts[row]!; at < starts[row + 1]!; at++) dot += values[at]! * v[columns[at]!]!;
      for (let at = starts[row]!; at < starts[row + 1]!; at++) out[columns[at]!]! += values[at]! * dot;
    }
    return out;
  };
  const found = lanczos(times, fewer, Math.min(steps, fewer), random(0).fork("certificate"));
  const below = found.complete ? 0 : shortfall(fewer, found.steps, FAILURE);
  const square = Math.max(0, found.value);
  return { atLeast: Math.sqrt(square), atMost: Math.sqrt(square / (1 - below)) * (1 + ROUNDING) };
}
