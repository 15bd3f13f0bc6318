// The smoothed hinge (u + √(u² + 4γ²)) / 2 with the width γ, where u = 1 − y z is the distance to the margin. Its slope is −y α(u)
// with α = (1 + u/√(u² + 4γ²)) / 2 between 0 and 1, and it is at most γ above the hinge.
import type { Arena } from "../../kernels/arena.ts";

/** A list of n numbers of a margin; one more is reserved, because the rows are computed in pairs. */
export const listOfRows = ({ doubles }: Pick<Arena, "doubles">, n: number): Float64Array =>
  doubles(n + 1).subarray(0, n);

/** The rows of one score, as lists of an arena: the distances u, the signs y, and the weights of the rows. */
export interface Margins {
  readonly u: Float64Array;
  readonly y: Float64Array;
  readonly weights: Float64Array;
}

const ROUNDING = 1e-14;
const MOST = 60;
const SLOPE_LEFT = 0.1; // of the slope at the start

/** Binds the searches along a line: of the intercept, and of the length of a step. */
export function bindSmoothHinge({ kernels, doubles }: Pick<Arena, "kernels" | "doubles">) {
  const sums = doubles(2);

  /** Σ weight · along · α(u + t along), and its derivative with respect to t. */
  function at({ u, weights }: Margins, along: Float64Array, width: number, t: number): { slope: number; bend: number } {
    const square = 4 * width * width;
    const even = 2 * Math.ceil(u.length / 2);
    const [a, w] = [along.byteOffset, weights.byteOffset];
    kernels.smoothSums(u.byteOffset, a, w, sums.byteOffset, even, t, square);
    return { slope: 0.5 * sums[0]!, bend: 0.5 * square * sums[1]! };
  }

  return {
    /** The change of the intercept after which Σ weight · y α is 0 up to rounding. It has a limit, because there may be one sign alone. */
    balance(margins: Margins, width: number): number {
      const { u, y } = margins;
      let largest = 0;
      for (let i = 0; i < u.length; i++) if (Math.abs(u[i]!) > largest) largest = Math.abs(u[i]!);
      let high = 2 * width * Math.sqrt(u.length) + 2 * largest;
      let low = -high;
      let shift = 0;
      for (let i = 0; i < MOST; i++) {
        const { slope, bend } = at(margins, y, width, -shift);
        if (Math.abs(slope) <= ROUNDING * u.length) break;
        if (slope > 0) low = shift;
        else high = shift;
        const newton = shift + slope / bend;
        const next = newton > low && newton < high ? newton : (low + high) / 2;
        if (next === shift) break;
        shift = next;
      }
      return shift;
    },

    /**
     * The length t of a step at which the slope of Σ weight · smoothed hinge / n + l2/2 ‖w − t p‖² is near 0.
     *
     * @param along  y · the change of each score for t = 1
     * @param linear  w·p
     * @param square  ‖p‖²
     */
    stepLength(
      margins: Margins,
      along: Float64Array,
      width: number,
      l2: number,
      linear: number,
      square: number,
    ): number {
      const n = along.length;
      const slopeAt = (t: number): { slope: number; bend: number } => {
        const { slope, bend } = at(margins, along, width, t);
        return { slope: slope / n + l2 * (t * square - linear), bend: bend / n + l2 * square };
      };
      const first = Math.abs(slopeAt(0).slope);
      let [low, high, t] = [0, Infinity, 1];
      for (let i = 0; i < MOST; i++) {
        const { slope, bend } = slopeAt(t);
        if (!(Math.abs(slope) > SLOPE_LEFT * first)) break;
        if (slope < 0) low = t;
        else high = t;
        const newton = t - slope / bend;
        if (newton > low && newton < high) t = high === Infinity ? Math.min(newton, 10 * t) : newton;
        else t = (low + high) / 2;
      }
      return t;
    },
  };
}

/** α(u): minus the slope of the smoothed hinge for y = 1. */
export const smoothSlope = (u: number, width: number): number => 0.5 * (1 + u / Math.sqrt(u * u + 4 * width * width));

/**
 * out ← the slopes s = −y α after a step that changes the distances u by `changes`, with α limited to [0, 1]: (2α − 1) √(u² + 4γ²) = u is
 * made linear at the given s. It is a function of the module, as `balanceSlopes` is, because an engine is slow to
 * optimize one that each run makes anew.
 */
export function moveSlopes(
  { u, y }: Margins,
  s: Float64Array,
  changes: Float64Array,
  width: number,
  out: Float64Array,
): void {
  const square = 4 * width * width;
  for (let i = 0; i < u.length; i++) {
    const r = 1 / Math.sqrt(u[i]! * u[i]! + square);
    const slope = u[i]! * r;
    const alpha = 0.5 * (1 + slope + (1 - (2 * Math.abs(s[i]!) - 1) * slope) * changes[i]! * r);
    out[i] = -y[i]! * Math.max(0, Math.min(1, alpha));
  }
}

/**
 * Multiplies the slopes s with one sign so that Σ weight · s = 0; S_i ← weight · s. Returns Σ weight · |s|.
 *
 * @param isBalanced  whether the sum is 0 already, up to rounding; the slopes then keep their bits
 */
export function balanceSlopes(s: Float64Array, weights: Float64Array, S: Float64Array, isBalanced: boolean): number {
  let [above, below] = [0, 0];
  for (let i = 0; i < s.length; i++) {
    const own = weights[i]! * s[i]!;
    if (own > 0) above += own;
    else below -= own;
  }
  const least = Math.min(above, below);
  const up = isBalanced ? 1 : least / (above || 1);
  const down = isBalanced ? 1 : least / (below || 1);
  let total = 0;
  for (let i = 0; i < s.length; i++) {
    s[i]! *= s[i]! > 0 ? up : down;
    S[i] = weights[i]! * s[i]!;
    total += Math.abs(S[i]!);
  }
  return total;
}
