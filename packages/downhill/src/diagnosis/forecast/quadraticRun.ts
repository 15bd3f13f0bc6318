import { exp, log } from "../../core/elementary.ts";
import { type DecayFactor, decayFactor, logSize } from "./decayFactor.ts";
import { rateLimit, type UpdateRule } from "./updateRule.ts";

/** A quadratic objective along its eigenvectors, from a start. */
export interface Spectrum {
  /** The eigenvalues above 0 of the Hessian. */
  readonly eigenvalues: Float64Array;
  /** The share of each eigenvector in (objective at the start − optimum); the shares add up to 1. */
  readonly shares: Float64Array;
}

/** A learning rate and its number of epochs. */
export interface RateAndEpochs {
  readonly rate: number;
  readonly epochs: number;
}

const MAX_SCANNED = 2e7; // eigenvectors times epochs
const MAX_EPOCHS = Number.MAX_SAFE_INTEGER + 1;
/** Rates that are closer to the limit would be sensitive to the rounding of the largest eigenvalue. */
const LARGEST_SHARE = 0.995;

const factorsOf = (rule: UpdateRule, rate: number, { eigenvalues }: Spectrum): DecayFactor[] =>
  Array.from(eigenvalues, (h) => decayFactor(rule, rate * h));

/**
 * (objective after an epoch − optimum) / (objective at the start − optimum) of a full-batch run: Σ shareᵢ a_k(rate · hᵢ)².
 *
 * Source: Goh, “Why Momentum Really Works”, 2017.
 */
export function remainingShare(rule: UpdateRule, rate: number, spectrum: Spectrum): (epoch: number) => number {
  const factors = factorsOf(rule, rate, spectrum);
  return (epoch) => {
    let sum = 0;
    for (let i = 0; i < factors.length; i++) {
      const a = factors[i]!.at(epoch);
      sum += spectrum.shares[i]! * a * a;
    }
    return Number.isNaN(sum) ? Infinity : sum; // two infinite terms of different sign
  };
}

/** The factor by which the distance to the optimum changes per epoch, after many epochs. */
export const finalFactor = (rule: UpdateRule, rate: number, spectrum: Spectrum): number =>
  exp(factorsOf(rule, rate, spectrum).reduce((most, { slowest }) => Math.max(most, slowest), -Infinity));

/**
 * The first epoch at which the remaining share is at most `tolerance`, for a rate below the limit; null if it is after
 * 2⁵³ epochs or takes too much work to find.
 *
 * With plain descent the share falls in every epoch, so bisection finds the epoch. With momentum it can rise and fall. Then
 * bisection on a lower bound, which falls in every epoch, finds an epoch before which no epoch can be the first one, and
 * the epochs after it are computed one by one.
 */
export function epochsTo(tolerance: number, rule: UpdateRule, rate: number, spectrum: Spectrum): number | null {
  const { shares } = spectrum;
  const factors = factorsOf(rule, rate, spectrum);
  let k = 0;
  for (;;) {
    const bounds = factors.map((factor) => factor.lowerBound(k));
    const share = (epoch: number): number => {
      let sum = 0;
      for (let i = 0; i < factors.length; i++) {
        const a = bounds[i]! === 0 ? 0 : bounds[i]! * (epoch === 0 ? 1 : exp(factors[i]!.slowest * epoch));
        sum += shares[i]! * a * a;
      }
      return sum;
    };
    const next = firstInteger(k, (epoch) => share(epoch) <= tolerance);
    if (next === null) return null;
    if (next === k) break;
    k = next;
  }
  return scan(tolerance, factors, shares, k);
}

/** The smallest integer from `from` on that has a property, if all larger integers have it too; null above 2⁵³. */
function firstInteger(from: number, holds: (k: number) => boolean): number | null {
  if (holds(from)) return from;
  let [low, high] = [from, Math.max(1, 2 * from)];
  while (!holds(high)) {
    if (high >= MAX_EPOCHS) return null;
    [low, high] = [high, 2 * high];
  }
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The first epoch from `from` on at which Σ share · a² is at most the tolerance. It computes one epoch after the other. */
function scan(tolerance: number, factors: readonly DecayFactor[], shares: Float64Array, from: number): number | null {
  const size = factors.length;
  const now = Float64Array.from(factors, (factor) => factor.at(from));
  const next = Float64Array.from(factors, (factor) => factor.at(from + 1));
  const traces = Float64Array.from(factors, (factor) => factor.trace);
  const determinants = Float64Array.from(factors, (factor) => factor.determinant);
  for (let k = from; (k - from) * size <= MAX_SCANNED; k++) {
    let sum = 0;
    for (let i = 0; i < size; i++) {
      const a = now[i]!;
      sum += shares[i]! * a * a;
      now[i] = next[i]!;
      next[i] = traces[i]! * next[i]! - determinants[i]! * a;
    }
    if (sum <= tolerance) return k;
  }
  return null;
}

/**
 * An epoch from which on the remaining share is at most the tolerance. It follows from a bound of each factor that falls in every
 * epoch; null after 2⁵³ epochs.
 */
export function settledAt(tolerance: number, rule: UpdateRule, rate: number, spectrum: Spectrum): number | null {
  const factors = factorsOf(rule, rate, spectrum);
  return firstInteger(0, (k) => {
    let sum = 0;
    for (let i = 0; i < factors.length; i++) {
      const bound = factors[i]!.upperBound * (k === 0 ? 1 : exp(factors[i]!.slowest * k));
      sum += spectrum.shares[i]! * bound * bound;
    }
    return sum <= tolerance;
  });
}

/**
 * The rate with the fewest epochs to a tolerance, at most 0.995 times the limit.
 *
 * For plain descent it is exact: the remaining share after k epochs, Σ shareᵢ (1 − rate · hᵢ)²ᵏ, is a convex function of the
 * rate, so bisection finds its minimum, and bisection on k finds the smallest k whose minimum is at most the tolerance.
 *
 * With momentum the share can fall below the tolerance and rise again, and such an epoch depends on chance. So the rate is the one
 * with the smallest `settledAt`, on a grid of rates that is refined around its best rate.
 */
export function bestRate(tolerance: number, rule: UpdateRule, spectrum: Spectrum): RateAndEpochs | null {
  if (tolerance >= 1) return null;
  const highest = LARGEST_SHARE * rateLimit(rule, largestOf(spectrum));
  const rate =
    rule.decay === 0 ? bestPlainRate(tolerance, spectrum, highest) : bestOfGrid(tolerance, rule, spectrum, highest);
  return rate === null ? null : shortest(tolerance, rule, spectrum, rate);
}

const largestOf = ({ eigenvalues }: Spectrum): number => eigenvalues.reduce((a, b) => Math.max(a, b), 0);

function bestPlainRate(tolerance: number, spectrum: Spectrum, highest: number): number | null {
  const { eigenvalues, shares } = spectrum;
  const weights = eigenvalues.map((h, i) => log(shares[i]! * h));
  const lowest = 1 / largestOf(spectrum); // below it, every factor falls as the rate grows
  const rateOf = (k: number): number => {
    let [low, high] = [lowest, highest];
    for (let i = 0; i < 50; i++) {
      const middle = low + (high - low) / 2;
      if (slope(k, middle) < 0) low = middle;
      else high = middle;
    }
    return low + (high - low) / 2;
  };
  /** The sign of the derivative of the remaining share; the largest term is divided out, so that nothing underflows. */
  const slope = (k: number, rate: number): number => {
    const logs = Array.from(eigenvalues, (h, i) => weights[i]! + (2 * k - 1) * logSize(rate * h));
    const largest = Math.max(...logs);
    return logs.reduce((sum, each, i) => sum + (rate * eigenvalues[i]! > 1 ? 1 : -1) * exp(each - largest), 0);
  };
  const plain: UpdateRule = { name: "plain", decay: 0 };
  const enough = (k: number): boolean => remainingShare(plain, rateOf(k), spectrum)(k) <= tolerance;
  const epochs = firstInteger(1, enough);
  return epochs === null ? null : rateOf(epochs);
}

const GRID = 48;
const SPAN = log(1e5); // from the largest rate of the grid down to the smallest

function bestOfGrid(tolerance: number, rule: UpdateRule, spectrum: Spectrum, highest: number): number | null {
  let [best, fewest] = [0, Infinity];
  const attempt = (rate: number): void => {
    const epochs = rate <= highest ? (settledAt(tolerance, rule, rate, spectrum) ?? Infinity) : Infinity;
    if (epochs < fewest) [best, fewest] = [rate, epochs];
  };
  let step = SPAN / GRID;
  for (let i = 0; i <= GRID; i++) attempt(highest * exp(-i * step));
  for (let round = 0; round < 4; round++) {
    step /= 3;
    const around = best;
    for (const i of [-2, -1, 1, 2]) attempt(around * exp(i * step));
  }
  return fewest < Infinity ? best : null;
}

/** The rate with as few digits as possible, at least two, that needs no more epochs. */
function shortest(tolerance: number, rule: UpdateRule, spectrum: Spectrum, rate: number): RateAndEpochs | null {
  const epochs = epochsTo(tolerance, rule, rate, spectrum);
  if (epochs === null) return null;
  const limit = rateLimit(rule, largestOf(spectrum));
  for (let digits = 2; digits <= 6; digits++) {
    const rounded = Number(rate.toPrecision(digits));
    const needed = rounded < limit ? epochsTo(tolerance, rule, rounded, spectrum) : null;
    if (needed !== null && needed <= epochs) return { rate: rounded, epochs: needed };
  }
  return { rate, epochs };
}
