// The smoothed hinge (u + √(u² + 4γ²)) / 2 with the width γ, where u = 1 − y z is the distance to the margin. Its slope is −y α(u)
// with α = (1 + u/√(u² + 4γ²)) / 2 between 0 and 1, and it is at most γ above the hinge.

/** The rows of one score: the distances u, the signs y, and the weights of the rows. */
export interface Margins {
  readonly u: Float64Array;
  readonly y: Float64Array;
  readonly weights: Float64Array;
}

const ROUNDING = 1e-14;
const MOST = 60;

/** Σ weight · y α, and its derivative Σ weight · α′, if the intercept is larger by `shift`. */
function slopesAt({ u, y, weights }: Margins, width: number, shift: number): { sum: number; bend: number } {
  const square = 4 * width * width;
  let sum = 0;
  let bend = 0;
  for (let i = 0; i < u.length; i++) {
    const x = u[i]! - y[i]! * shift;
    const r = 1 / Math.sqrt(x * x + square);
    sum += weights[i]! * y[i]! * (1 + x * r);
    bend += weights[i]! * r * r * r;
  }
  return { sum: 0.5 * sum, bend: 0.5 * square * bend };
}

/** The change of the intercept after which Σ weight · y α is 0 up to rounding. It has a limit, because there may be one sign alone. */
export function balance(margins: Margins, width: number): number {
  const { u } = margins;
  let high = 2 * width * Math.sqrt(u.length);
  for (let i = 0; i < u.length; i++) high = Math.max(high, 2 * width * Math.sqrt(u.length) + 2 * Math.abs(u[i]!));
  let low = -high;
  let shift = 0;
  for (let i = 0; i < MOST; i++) {
    const { sum, bend } = slopesAt(margins, width, shift);
    if (Math.abs(sum) <= ROUNDING * u.length) break;
    if (sum > 0) low = shift;
    else high = shift;
    const newton = shift + sum / bend;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (next === shift) break;
    shift = next;
  }
  return shift;
}

const SLOPE_LEFT = 0.1; // of the slope at the start

/**
 * The length t of a step at which the slope of Σ weight · smoothed hinge / n + l2/2 ‖w − t p‖² is near 0.
 *
 * @param along  y · the change of each score for t = 1
 * @param linear  w·p
 * @param square  ‖p‖²
 */
export function stepLength(
  { u, weights }: Margins,
  along: Float64Array,
  width: number,
  l2: number,
  linear: number,
  square: number,
): number {
  const n = u.length;
  const wide = 4 * width * width;
  const slopeAt = (t: number): { slope: number; bend: number } => {
    let slope = 0;
    let bend = 0;
    for (let i = 0; i < n; i++) {
      const x = u[i]! + t * along[i]!;
      const r = 1 / Math.sqrt(x * x + wide);
      const change = weights[i]! * along[i]!;
      slope += change * (1 + x * r);
      bend += change * along[i]! * r * r * r;
    }
    return { slope: (0.5 * slope) / n + l2 * (t * square - linear), bend: (0.5 * wide * bend) / n + l2 * square };
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
}

/** α(u): minus the slope of the smoothed hinge for y = 1. */
export const smoothSlope = (u: number, width: number): number => 0.5 * (1 + u / Math.sqrt(u * u + 4 * width * width));
