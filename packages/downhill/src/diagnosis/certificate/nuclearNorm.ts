// A lower bound of the objective of a factorization over all factors of any rank.
import { random } from "../../core/random.ts";
import { lanczos, shortfall } from "../curvature/lanczos.ts";
import { compensated } from "./linearProblem.ts";

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

const MOST_STEPS = 150;
const WORK = 3e8; // steps² · (users or items): the multiply-adds that make the directions orthogonal
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
  const largest = largestSingularValue(parts, scaled) * (1 + ROUNDING);
  const share = Math.max(0, Math.min(product.sum() / (2 * square), 1 / largest)) || 0;
  const lower = share * product.sum() - share * share * square;
  const rounding = ROUNDING * (share * Math.abs(product.sum()) + objective);
  return { objective, gap: Math.min(objective, Math.max(0, objective - lower) + rounding) };
}

/** An upper bound of the largest singular value of a sparse matrix of users and items. */
function largestSingularValue({ users, items, user, item }: FactorizationParts, entries: Float64Array): number {
  const [fewer, more, inner, outer] = users < items ? [users, items, user, item] : [items, users, item, user];
  const across = new Float64Array(more);
  const back = new Float64Array(fewer);
  const times = (v: Float64Array): Float64Array => {
    across.fill(0);
    back.fill(0);
    for (let i = 0; i < entries.length; i++) across[outer[i]!]! += entries[i]! * v[inner[i]!]!;
    for (let i = 0; i < entries.length; i++) back[inner[i]!]! += entries[i]! * across[outer[i]!]!;
    return back;
  };
  const steps = Math.max(30, Math.min(MOST_STEPS, Math.floor(Math.sqrt(WORK / fewer))));
  const found = lanczos(times, fewer, Math.min(steps, fewer), random(0).fork("certificate"));
  const below = found.complete ? 0 : shortfall(fewer, found.steps, FAILURE);
  return Math.sqrt(Math.max(0, found.value) / (1 - below));
}
