// exp, log, tanh, sin, cos and powers from + − × ÷ and bit patterns alone, so that every engine gives the same bits:
// the language leaves Math.exp and its kin to the engine. The compiled kernels repeat exp, expm1, log, log1p and tanh
// operation by operation (a contract test compares the bits). Each is a reduction and a Taylor series; the tests
// measure the error in units of the last place.

const LN2_HIGH = 0.6931471803691238; // ln 2 to 32 bits, so that k · LN2_HIGH is exact for |k| < 2^20
const LN2_LOW = 1.9082149292705877e-10; // the rest of ln 2
// biome-ignore lint/suspicious/noApproximativeNumericConstant: the same literal as in assembly/
const PER_LN2 = 1.4426950408889634;
const HALF_PI_HIGH = 1.5707963267341256; // π/2 to 33 bits, the next 33, and the rest
const HALF_PI_MIDDLE = 6.077100506303966e-11;
const HALF_PI_LOW = 2.0222662487959506e-21;
const PER_HALF_PI = 0.6366197723675814;
const { SQRT2 } = Math;
const ROUND = 6755399441055744; // 1.5 · 2^52: adding and subtracting it rounds to the nearest integer, ties to even

const word = new DataView(new ArrayBuffer(8));

/** 2^k for −1022 ≤ k ≤ 1023. */
function powerOfTwo(k: number): number {
  word.setInt32(0, (k + 1023) << 20);
  word.setInt32(4, 0);
  return word.getFloat64(0);
}

/** eʳ − 1 for |r| ≤ ln 2 / 2: r + r² · Σ rⁱ/(i+2)!. */
function expm1Series(r: number): number {
  let p = 1.6059043836821613e-10; // 1/13!
  p = p * r + 2.08767569878681e-9;
  p = p * r + 2.505210838544172e-8;
  p = p * r + 2.755731922398589e-7;
  p = p * r + 2.7557319223985893e-6;
  p = p * r + 2.48015873015873e-5;
  p = p * r + 0.0001984126984126984;
  p = p * r + 0.001388888888888889;
  p = p * r + 0.008333333333333333;
  p = p * r + 0.041666666666666664;
  p = p * r + 0.16666666666666666;
  p = p * r + 0.5;
  return r + r * r * p;
}

/** eˣ. NaN stays NaN; above 709.78 the result is Infinity, below −745.13 it is 0. */
export function exp(x: number): number {
  if (!(x <= 709.782712893384)) return x > 0 ? Infinity : x;
  if (x < -745.1332191019412) return 0;
  const k = x * PER_LN2 + ROUND - ROUND;
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  const half = k >> 1; // two factors, so that neither overflows and a subnormal result is rounded once
  return (1 + expm1Series(r)) * powerOfTwo(half) * powerOfTwo(k - half);
}

/** eˣ − 1, to full relative accuracy near 0. */
export function expm1(x: number): number {
  if (!(x <= 709.782712893384)) return x > 0 ? Infinity : x;
  if (x < -37.5) return -1;
  const k = x * PER_LN2 + ROUND - ROUND;
  const p = expm1Series(x - k * LN2_HIGH - k * LN2_LOW);
  if (k === 0) return p;
  if (k > 52) return exp(x);
  const scale = powerOfTwo(k);
  return scale * p + (scale - 1);
}

/**
 * Natural logarithm. With x = 2ᵏ(1+f) and s = f/(2+f): ln(1+f) = 2 atanh s = f − (f²/2 − s(f²/2 + R)),
 * R = Σ 2 s²ⁱ/(2i+1). 0 gives −Infinity, a negative number NaN.
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  const subnormal = x < 2.2250738585072014e-308;
  word.setFloat64(0, subnormal ? x * 18014398509481984 : x);
  const high = word.getInt32(0);
  let k = (high >> 20) - 1023 - (subnormal ? 54 : 0);
  word.setInt32(0, (high & 0xfffff) | 0x3ff00000);
  let m = word.getFloat64(0);
  if (m > SQRT2) {
    m *= 0.5;
    k += 1;
  }
  const f = m - 1;
  const s = f / (2 + f);
  const z = s * s;
  let p = 0.08695652173913043; // 2/23
  p = p * z + 0.09523809523809523;
  p = p * z + 0.10526315789473684;
  p = p * z + 0.11764705882352941;
  p = p * z + 0.13333333333333333;
  p = p * z + 0.15384615384615385;
  p = p * z + 0.18181818181818182;
  p = p * z + 0.2222222222222222;
  p = p * z + 0.2857142857142857;
  p = p * z + 0.4;
  p = p * z + 0.6666666666666666;
  const half = 0.5 * f * f;
  return k * LN2_HIGH + (f - (half - (s * (half + z * p) + k * LN2_LOW)));
}

/** ln(1 + x) for x ≥ 0, to full relative accuracy near 0 (Kahan: the rounding of 1 + x is divided out). */
export function log1p(x: number): number {
  const u = 1 + x;
  if (u === 1 || u === Infinity) return x;
  return log(u) * (x / (u - 1));
}

/** Hyperbolic tangent: t/(t+2) with t = e^{2|x|} − 1, and the sign of x. */
export function tanh(x: number): number {
  const a = x < 0 ? -x : x;
  if (a > 22) return x < 0 ? -1 : 1;
  const t = expm1(2 * a);
  const y = t / (t + 2);
  return x < 0 ? -y : x === 0 ? x : y;
}

/** Logistic function 1/(1 + e^{−x}); never exponentiates a positive number. */
export function sigmoid(x: number): number {
  const e = exp(x < 0 ? x : -x);
  return x < 0 ? e / (1 + e) : 1 / (1 + e);
}

/** sin r and cos r of the reduced angle; the quadrant picks which and its sign. */
function circular(x: number, quarterTurns: number): number {
  if (!(x >= -1e6 && x <= 1e6)) {
    throw new RangeError(`sin, cos: angle must lie within ±1e6, got ${x}. Reduce it to a turn first.`);
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

/** Sine of an angle within ±1e6 [radians]. */
export const sin = (x: number): number => circular(x, 0);

/** Cosine of an angle within ±1e6 [radians]. */
export const cos = (x: number): number => circular(x, 1);

/** xⁿ for a whole number n ≥ 0, by repeated squaring. */
export function power(x: number, n: number): number {
  let result = 1;
  for (let square = x, left = n; left > 0; left = Math.floor(left / 2), square *= square) {
    if (left % 2 === 1) result *= square;
  }
  return result;
}
