// The functions of src/core/elementary.ts in two lanes: the same operations in the same order, so the same bits. Instead of
// branches there are selections, or clamps to a range outside which the result does not change (a clamp keeps NaN). exp, log,
// tanh and sigmoid accept every number, log1p numbers from 0 to 1, expm1 numbers from −709 to 709.

const LN2: f64 = 0.6931471805599453;
const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
const PER_LN2: f64 = 1.4426950408889634;
const ONE: i64 = 0x3ff0000000000000; // the bits of 1
const SQRT_HALF: i64 = 0x3fe6a09e00000000; // the upper half of the bits of √½
const SMALLEST_NORMAL: f64 = 2.2250738585072014e-308;
const ROUND: f64 = 6755399441055744;
const BIAS: f64 = 2046; // twice the bias of a float64's exponent
const TWO_52: f64 = 4503599627370496;

// expm1: r + r² Σ Eᵢ rⁱ
const E0: f64 = 0.5;
const E1: f64 = 0.16666666666666677;
const E2: f64 = 0.0416666666666667;
const E3: f64 = 0.008333333333321606;
const E4: f64 = 0.001388888888886681;
const E5: f64 = 0.00019841269886185442;
const E6: f64 = 2.480158736061092e-5;
const E7: f64 = 2.7557244151962163e-6;
const E8: f64 = 2.7557242711444997e-7;
const E9: f64 = 2.5109056253609024e-8;
const E10: f64 = 2.092445860414582e-9;

// ln: 2 s + s³ Σ Lᵢ s²ⁱ
const L0: f64 = 0.666666666666666;
const L1: f64 = 0.40000000000056524;
const L2: f64 = 0.28571428555846917;
const L3: f64 = 0.22222224295667178;
const L4: f64 = 0.18181665871115885;
const L5: f64 = 0.15391113332788503;
const L6: f64 = 0.1317356034353992;
const L7: f64 = 0.13843386113832498;

// @ts-ignore: decorator
@inline
function plus(a: v128, b: v128): v128 {
  return f64x2.add(a, b);
}

// @ts-ignore: decorator
@inline
function times(a: v128, b: v128): v128 {
  return f64x2.mul(a, b);
}

/** c + d · x. */
// @ts-ignore: decorator
@inline
function line(c: f64, d: f64, x: v128): v128 {
  return plus(f64x2.splat(c), times(f64x2.splat(d), x));
}

/** a where the mask's bits are set, else b. */
// @ts-ignore: decorator
@inline
function choose(mask: v128, a: v128, b: v128): v128 {
  return v128.bitselect(a, b, mask);
}

/** max(x, minimum); NaN stays. */
// @ts-ignore: decorator
@inline
export function atLeast(x: v128, minimum: f64): v128 {
  return f64x2.pmax(x, f64x2.splat(minimum));
}

/** min(x, maximum); NaN stays. */
// @ts-ignore: decorator
@inline
export function atMost(x: v128, maximum: f64): v128 {
  return f64x2.pmin(x, f64x2.splat(maximum));
}

/** x / ln 2, rounded to an integer k, plus ROUND + BIAS: the low bits are k + BIAS. */
// @ts-ignore: decorator
@inline
function rounded(x: v128): v128 {
  return plus(times(x, f64x2.splat(PER_LN2)), f64x2.splat(ROUND + BIAS));
}

/** e^(x − k ln 2) − 1. */
// @ts-ignore: decorator
@inline
function expm1Reduced(x: v128, bits: v128): v128 {
  const k = f64x2.sub(bits, f64x2.splat(ROUND + BIAS));
  const r = f64x2.sub(f64x2.sub(x, times(k, f64x2.splat(LN2_HIGH))), times(k, f64x2.splat(LN2_LOW)));
  const r2 = times(r, r);
  const r4 = times(r2, r2);
  const low = plus(line(E0, E1, r), times(line(E2, E3, r), r2));
  const high = plus(line(E4, E5, r), times(line(E6, E7, r), r2));
  const p = plus(low, times(r4, plus(high, times(r4, plus(line(E8, E9, r), times(f64x2.splat(E10), r2))))));
  return plus(r, times(r2, p));
}

/** eˣ − 1 for |x| ≤ 709 or NaN. */
// @ts-ignore: decorator
@inline
export function expm1(x: v128): v128 {
  const bits = rounded(x);
  const power = i64x2.shl(i64x2.sub(bits, i64x2.splat(1023)), 52);
  return plus(times(power, expm1Reduced(x, bits)), f64x2.sub(power, f64x2.splat(1)));
}

/** The sum R in 2 atanh s = 2 s + s z R, where z = s². */
// @ts-ignore: decorator
@inline
function logSeries(z: v128): v128 {
  const z2 = times(z, z);
  const low = plus(line(L0, L1, z), times(line(L2, L3, z), z2));
  const high = plus(line(L4, L5, z), times(line(L6, L7, z), z2));
  return plus(low, times(times(z2, z2), high));
}

/** eˣ for x ≤ 710. */
// @ts-ignore: decorator
@inline
function expAtMost(x: v128): v128 {
  const y = atLeast(x, -746);
  const bits = rounded(y);
  const half = i32x4.shr_s(bits, 1);
  const scaled = times(plus(f64x2.splat(1), expm1Reduced(y, bits)), i64x2.shl(half, 52));
  return times(scaled, i64x2.shl(i32x4.sub(bits, half), 52));
}

// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  return expAtMost(atMost(x, 710));
}

/** e^{−|x|}. */
// @ts-ignore: decorator
@inline
export function expMinusAbsolute(x: v128): v128 {
  return expAtMost(v128.or(x, f64x2.splat(-0.0)));
}

/** ln of the number with these bits, with `shift` − TWO_52 added to its exponent. */
// @ts-ignore: decorator
@inline
function logOfBits(normal: v128, shift: v128): v128 {
  const bits = i64x2.add(normal, i64x2.splat(ONE - SQRT_HALF));
  const k = f64x2.sub(v128.or(i64x2.shr_u(bits, 52), f64x2.splat(TWO_52)), shift);
  const m = i64x2.add(v128.and(bits, i64x2.splat(0x000fffffffffffff)), i64x2.splat(SQRT_HALF));
  const f = f64x2.sub(m, f64x2.splat(1));
  const s = f64x2.div(f, plus(f64x2.splat(2), f));
  const z = times(s, s);
  const half = times(times(f64x2.splat(0.5), f), f);
  const tail = plus(times(s, plus(half, times(z, logSeries(z)))), times(k, f64x2.splat(LN2_LOW)));
  return plus(times(k, f64x2.splat(LN2_HIGH)), f64x2.sub(f, f64x2.sub(half, tail)));
}

/** ln x, for normal positive finite x or NaN. */
// @ts-ignore: decorator
@inline
export function logOfNormal(x: v128): v128 {
  return plus(logOfBits(x, f64x2.splat(TWO_52 + 1023)), f64x2.sub(x, x));
}

// @ts-ignore: decorator
@inline
export function log(x: v128): v128 {
  const subnormal = f64x2.lt(x, f64x2.splat(SMALLEST_NORMAL));
  const normal = choose(subnormal, times(x, f64x2.splat(18014398509481984)), x);
  const shift = plus(f64x2.splat(TWO_52 + 1023), v128.and(subnormal, f64x2.splat(54)));
  let y = logOfBits(normal, shift);
  const infinite = f64x2.splat(Infinity);
  y = choose(f64x2.eq(x, infinite), x, y);
  y = choose(f64x2.eq(x, f64x2.splat(0)), f64x2.splat(-Infinity), y);
  return choose(f64x2.ge(x, f64x2.splat(0)), y, f64x2.splat(NaN));
}

// @ts-ignore: decorator
@inline
export function log1p(x: v128): v128 {
  const large = f64x2.ge(x, f64x2.splat(0.5));
  const one = v128.and(large, f64x2.splat(1));
  const s = f64x2.div(f64x2.sub(x, one), plus(x, plus(one, f64x2.splat(2))));
  const z = times(s, s);
  return plus(v128.and(large, f64x2.splat(LN2)), plus(plus(s, s), times(s, times(z, logSeries(z)))));
}

// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const a = atMost(f64x2.abs(x), 22);
  const y = plus(a, a);
  const bits = rounded(y);
  const h = i64x2.shl(i64x2.sub(bits, i64x2.splat(1024)), 52);
  const u = plus(times(h, expm1Reduced(y, bits)), f64x2.sub(h, f64x2.splat(0.5)));
  return v128.or(f64x2.div(u, plus(u, f64x2.splat(1))), v128.and(x, f64x2.splat(-0.0)));
}

/** 1/(1 + e^{−x}) from e = e^{−|x|}. */
// @ts-ignore: decorator
@inline
export function sigmoidFrom(e: v128, x: v128): v128 {
  const numerator = choose(f64x2.lt(x, f64x2.splat(0)), e, f64x2.splat(1));
  return f64x2.div(numerator, plus(f64x2.splat(1), e));
}

// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  return sigmoidFrom(expMinusAbsolute(x), x);
}
