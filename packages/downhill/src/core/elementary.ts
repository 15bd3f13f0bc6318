// exp, log, tanh, sin, cos and powers, computed with + − × ÷ and bit patterns only. Engines differ in the last bits of
// Math.exp and similar functions; these functions have the same bits in all engines. The compiled kernels repeat exp, expm1,
// log, log1p, tanh and sigmoid with the same operations (a contract test compares the bits).
// Each function is a range reduction and a polynomial: the Taylor series for sin and cos, for the others the polynomial with
// the lowest maximum relative error (Remez; below 2⁻⁶⁰). These polynomials are evaluated in pairs of terms (Estrin), because a
// processor can evaluate pairs at the same time. The tests measure errors in units of the last place.
import { InputRangeError } from "./check.ts";
import { powerOfTwo } from "./powerOfTwo.ts";

// biome-ignore lint/suspicious/noApproximativeNumericConstant: the same literal as in assembly/
const LN2 = 0.6931471805599453;
const LN2_HIGH = 0.6931471803691238; // ln 2 to 32 bits, so that k · LN2_HIGH is exact for |k| < 2^20
const LN2_LOW = 1.9082149292705877e-10; // the rest of ln 2
// biome-ignore lint/suspicious/noApproximativeNumericConstant: the same literal as in assembly/
const PER_LN2 = 1.4426950408889634;
const HALF_PI_HIGH = 1.5707963267341256; // π/2 to 33 bits, the next 33, and the rest
const HALF_PI_MIDDLE = 6.077100506303966e-11;
const HALF_PI_LOW = 2.0222662487959506e-21;
const PER_HALF_PI = 0.6366197723675814;
const ONE = 0x3ff00000; // the first half of the bits of 1, and of √½
const SQRT_HALF = 0x3fe6a09e;
const ROUND = 6755399441055744; // 1.5 · 2^52: adding and subtracting it rounds to the nearest integer, ties to even

const word = new DataView(new ArrayBuffer(8));

/** x / ln 2, rounded to an integer. */
const rounded = (x: number): number => x * PER_LN2 + ROUND - ROUND;

/** e^(x − k ln 2) − 1 for a remainder r of |r| ≤ ln 2 / 2: r + r² p(r). */
function expm1Reduced(x: number, k: number): number {
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  const r2 = r * r;
  const r4 = r2 * r2;
  const low = 0.5 + 0.16666666666666677 * r + (0.0416666666666667 + 0.008333333333321606 * r) * r2;
  const middle =
    0.001388888888886681 + 0.00019841269886185442 * r + (2.480158736061092e-5 + 2.7557244151962163e-6 * r) * r2;
  const high = 2.7557242711444997e-7 + 2.5109056253609024e-8 * r + 2.092445860414582e-9 * r2;
  return r + r2 * (low + r4 * (middle + r4 * high));
}

/** (2 atanh s − 2s) / s³, z = s², |s| ≤ 1/5. */
function logSeries(z: number): number {
  const z2 = z * z;
  const low = 0.666666666666666 + 0.40000000000056524 * z + (0.28571428555846917 + 0.22222224295667178 * z) * z2;
  const high = 0.18181665871115885 + 0.15391113332788503 * z + (0.1317356034353992 + 0.13843386113832498 * z) * z2;
  return low + z2 * z2 * high;
}

/** eˣ. NaN for NaN, Infinity above 709.78, 0 below −745.13. */
export function exp(x: number): number {
  if (!(x <= 709.782712893384)) return x > 0 ? Infinity : x;
  if (x < -745.1332191019412) return 0;
  const k = rounded(x);
  const half = k >> 1; // two factors: neither overflows, and a subnormal result is rounded once
  return (1 + expm1Reduced(x, k)) * powerOfTwo(half) * powerOfTwo(k - half);
}

/** eˣ − 1 for |x| ≤ 709, accurate also near 0: 2ᵏ (e^r − 1) + (2ᵏ − 1). */
export function expm1(x: number): number {
  const k = rounded(x);
  const power = powerOfTwo(k);
  return power * expm1Reduced(x, k) + (power - 1);
}

/**
 * Natural logarithm. With x = 2ᵏ(1+f), √½ ≤ 1+f < √2, and s = f/(2+f): ln(1+f) = 2 atanh s = f − (f²/2 − s(f²/2 + R)),
 * R = 2 atanh s / s − 2. 0 gives −Infinity, a negative number NaN.
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  const subnormal = x < 2.2250738585072014e-308;
  word.setFloat64(0, subnormal ? x * 18014398509481984 : x);
  const high = word.getInt32(0) + (ONE - SQRT_HALF);
  const k = (high >> 20) - 1023 - (subnormal ? 54 : 0);
  word.setInt32(0, (high & 0xfffff) + SQRT_HALF);
  const f = word.getFloat64(0) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const half = 0.5 * f * f;
  return k * LN2_HIGH + (f - (half - (s * (half + z * logSeries(z)) + k * LN2_LOW)));
}

/** ln(1 + x) for 0 ≤ x ≤ 1, accurate also near 0: 2 atanh s with s = x/(2 + x); from x = ½ on ln 2 + ln((1 + x)/2). */
export function log1p(x: number): number {
  const large = x >= 0.5;
  const s = large ? (x - 1) / (x + 3) : x / (x + 2);
  const z = s * s;
  return (large ? LN2 : 0) + (s + s + s * (z * logSeries(z)));
}

/** Hyperbolic tangent: u/(u+1) with u = (e^{2|x|} − 1)/2, and the sign of x. */
export function tanh(x: number): number {
  const a = x < 0 ? -x : x;
  if (a > 22) return x < 0 ? -1 : 1;
  const k = rounded(2 * a);
  const h = powerOfTwo(k - 1);
  const u = h * expm1Reduced(2 * a, k) + (h - 0.5);
  const y = u / (u + 1);
  return x < 0 ? -y : x === 0 ? x : y;
}

/** Logistic function 1/(1 + e^{−x}). It takes exp of numbers ≤ 0 only, so it does not overflow. */
export function sigmoid(x: number): number {
  const e = exp(x < 0 ? x : -x);
  return x < 0 ? e / (1 + e) : 1 / (1 + e);
}

/** The sine of x + quarterTurns · π/2: ± sin r or ± cos r of the reduced angle r, by the quadrant. */
function circular(x: number, quarterTurns: number): number {
  if (!(x >= -1e6 && x <= 1e6)) {
    throw new InputRangeError(`sin, cos: angle must be between -1e6 and 1e6, got ${x}. Subtract a multiple of 2π.`);
  }
  const k = x * PER_HALF_PI + ROUND - ROUND;
  const r = x - k * HALF_PI_HIGH - k * HALF_PI_MIDDLE - k * HALF_PI_LOW;
  const quadrant = (k + quarterTurns) & 3;
  const z = r * r;
  let value: number;
  if (quadrant & 1) {
    let p = -1.5619206968586225e-16; // −1/18!
    p = p * z + 4.779477332387385e-14;
    p = p * z - 1.1470745597729725e-11;
    p = p * z + 2.08767569878681e-9;
    p = p * z - 2.755731922398589e-7;
    p = p * z + 2.48015873015873e-5;
    p = p * z - 0.001388888888888889;
    p = p * z + 0.041666666666666664;
    value = 1 - (0.5 * z - z * z * p);
  } else {
    let p = 2.8114572543455206e-15; // 1/17!
    p = p * z - 7.647163731819816e-13;
    p = p * z + 1.6059043836821613e-10;
    p = p * z - 2.505210838544172e-8;
    p = p * z + 2.7557319223985893e-6;
    p = p * z - 0.0001984126984126984;
    p = p * z + 0.008333333333333333;
    p = p * z - 0.16666666666666666;
    value = r + r * z * p;
  }
  return quadrant & 2 ? -value : value;
}

/** Sine of an angle between −1e6 and 1e6 [radians]. */
export const sin = (x: number): number => circular(x, 0);

/** Cosine of an angle between −1e6 and 1e6 [radians]. */
export const cos = (x: number): number => circular(x, 1);

/** xⁿ for a whole number n ≥ 0, by repeated squaring. */
export function power(x: number, n: number): number {
  let result = 1;
  for (let square = x, left = n; left > 0; left = Math.floor(left / 2), square *= square) {
    if (left % 2 === 1) result *= square;
  }
  return result;
}
