// src/core/elementary.ts in two lanes: the same operations in the same order, so the same bits; where that branches,
// this selects. exp, expm1, log, tanh and sigmoid are for every number, log1p for x ≥ 0.

const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
const PER_LN2: f64 = 1.4426950408889634;
const SQRT2: f64 = 1.4142135623730951;
const ROUND: f64 = 6755399441055744;
const LARGEST: f64 = 709.782712893384; // of exp
const TWO_52: f64 = 4503599627370496;

/** p · x + c. */
// @ts-ignore: decorator
@inline
function horner(p: v128, x: v128, c: f64): v128 {
  return f64x2.add(f64x2.mul(p, x), f64x2.splat(c));
}

/** a where the mask's bits are set, else b. */
// @ts-ignore: decorator
@inline
function choose(mask: v128, a: v128, b: v128): v128 {
  return v128.bitselect(a, b, mask);
}

/** −|x|. */
// @ts-ignore: decorator
@inline
function minusAbsolute(x: v128): v128 {
  return v128.or(x, f64x2.splat(-0.0));
}

/** eʳ − 1 for |r| ≤ ln 2 / 2. */
// @ts-ignore: decorator
@inline
function expm1Series(r: v128): v128 {
  let p = f64x2.splat(1.6059043836821613e-10);
  p = horner(p, r, 2.08767569878681e-9);
  p = horner(p, r, 2.505210838544172e-8);
  p = horner(p, r, 2.755731922398589e-7);
  p = horner(p, r, 2.7557319223985893e-6);
  p = horner(p, r, 2.48015873015873e-5);
  p = horner(p, r, 0.0001984126984126984);
  p = horner(p, r, 0.001388888888888889);
  p = horner(p, r, 0.008333333333333333);
  p = horner(p, r, 0.041666666666666664);
  p = horner(p, r, 0.16666666666666666);
  p = horner(p, r, 0.5);
  return f64x2.add(r, f64x2.mul(f64x2.mul(r, r), p));
}

/** x / ln 2, rounded to an integer k, plus ROUND: k stands in the low bits too. */
// @ts-ignore: decorator
@inline
function rounded(x: v128): v128 {
  return f64x2.add(f64x2.mul(x, f64x2.splat(PER_LN2)), f64x2.splat(ROUND));
}

/** x − k ln 2. */
// @ts-ignore: decorator
@inline
function reduced(x: v128, k: v128): v128 {
  return f64x2.sub(f64x2.sub(x, f64x2.mul(k, f64x2.splat(LN2_HIGH))), f64x2.mul(k, f64x2.splat(LN2_LOW)));
}

/** 2^k; k in the low 12 bits of each lane. */
// @ts-ignore: decorator
@inline
function powerOfTwo(k: v128): v128 {
  return i64x2.shl(i64x2.add(k, i64x2.splat(1023)), 52);
}

/** (1 + p) · 2^k in two factors; k in the low 32 bits of each lane. */
// @ts-ignore: decorator
@inline
function scaled(p: v128, k: v128): v128 {
  const half = i32x4.shr_s(k, 1);
  const y = f64x2.mul(f64x2.add(f64x2.splat(1), p), powerOfTwo(half));
  return f64x2.mul(y, powerOfTwo(i32x4.sub(k, half)));
}

// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  const bits = rounded(x);
  const y = scaled(expm1Series(reduced(x, f64x2.sub(bits, f64x2.splat(ROUND)))), bits);
  const finite = choose(f64x2.gt(x, f64x2.splat(LARGEST)), f64x2.splat(Infinity), y);
  return v128.andnot(finite, f64x2.lt(x, f64x2.splat(-745.1332191019412)));
}

// @ts-ignore: decorator
@inline
export function expm1(x: v128): v128 {
  const bits = rounded(x);
  const k = f64x2.sub(bits, f64x2.splat(ROUND));
  const p = expm1Series(reduced(x, k));
  const scale = powerOfTwo(bits);
  const small = f64x2.add(f64x2.mul(scale, p), f64x2.sub(scale, f64x2.splat(1)));
  const y = choose(f64x2.gt(k, f64x2.splat(52)), scaled(p, bits), small);
  const finite = choose(f64x2.gt(x, f64x2.splat(LARGEST)), f64x2.splat(Infinity), y);
  return choose(f64x2.lt(x, f64x2.splat(-37.5)), f64x2.splat(-1), finite);
}

/** ln x of a positive, normal, finite number; `shift` is subtracted from its exponent. */
// @ts-ignore: decorator
@inline
function logNormal(x: v128, shift: v128): v128 {
  const exponent = v128.or(i64x2.shr_u(x, 52), f64x2.splat(TWO_52)); // 2^52 + exponent, as a number
  let k = f64x2.sub(f64x2.sub(exponent, f64x2.splat(TWO_52 + 1023)), shift);
  let m = v128.or(v128.and(x, i64x2.splat(0x000fffffffffffff)), f64x2.splat(1));
  const large = f64x2.gt(m, f64x2.splat(SQRT2));
  m = choose(large, f64x2.mul(m, f64x2.splat(0.5)), m);
  k = f64x2.add(k, v128.and(large, f64x2.splat(1)));
  const f = f64x2.sub(m, f64x2.splat(1));
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
  const z = f64x2.mul(s, s);
  let p = f64x2.splat(0.08695652173913043);
  p = horner(p, z, 0.09523809523809523);
  p = horner(p, z, 0.10526315789473684);
  p = horner(p, z, 0.11764705882352941);
  p = horner(p, z, 0.13333333333333333);
  p = horner(p, z, 0.15384615384615385);
  p = horner(p, z, 0.18181818181818182);
  p = horner(p, z, 0.2222222222222222);
  p = horner(p, z, 0.2857142857142857);
  p = horner(p, z, 0.4);
  p = horner(p, z, 0.6666666666666666);
  const half = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f);
  const sum = f64x2.add(half, f64x2.mul(z, p));
  const tail = f64x2.add(f64x2.mul(s, sum), f64x2.mul(k, f64x2.splat(LN2_LOW)));
  return f64x2.add(f64x2.mul(k, f64x2.splat(LN2_HIGH)), f64x2.sub(f, f64x2.sub(half, tail)));
}

// @ts-ignore: decorator
@inline
export function log(x: v128): v128 {
  const subnormal = f64x2.lt(x, f64x2.splat(2.2250738585072014e-308));
  const normal = choose(subnormal, f64x2.mul(x, f64x2.splat(18014398509481984)), x);
  let y = logNormal(normal, v128.and(subnormal, f64x2.splat(54)));
  y = choose(f64x2.eq(x, f64x2.splat(Infinity)), x, y);
  y = choose(f64x2.eq(x, f64x2.splat(0)), f64x2.splat(-Infinity), y);
  return choose(f64x2.ge(x, f64x2.splat(0)), y, f64x2.splat(NaN));
}

// @ts-ignore: decorator
@inline
export function log1p(x: v128): v128 {
  const u = f64x2.add(f64x2.splat(1), x);
  const y = f64x2.mul(logNormal(u, f64x2.splat(0)), f64x2.div(x, f64x2.sub(u, f64x2.splat(1))));
  const asItIs = v128.or(f64x2.eq(u, f64x2.splat(1)), f64x2.eq(u, f64x2.splat(Infinity)));
  return choose(asItIs, x, y);
}

// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const a = f64x2.abs(x);
  const t = expm1(f64x2.mul(f64x2.splat(2), a));
  const y = f64x2.div(t, f64x2.add(t, f64x2.splat(2)));
  const magnitude = choose(f64x2.gt(a, f64x2.splat(22)), f64x2.splat(1), y);
  return v128.or(magnitude, v128.and(x, f64x2.splat(-0.0)));
}

/** 1/(1 + e^{−x}) from e = e^{−|x|}. */
// @ts-ignore: decorator
@inline
export function sigmoidFrom(e: v128, x: v128): v128 {
  const numerator = choose(f64x2.lt(x, f64x2.splat(0)), e, f64x2.splat(1));
  return f64x2.div(numerator, f64x2.add(f64x2.splat(1), e));
}

/** e^{−|x|}. */
// @ts-ignore: decorator
@inline
export function expMinusAbsolute(x: v128): v128 {
  return exp(minusAbsolute(x));
}

// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  return sigmoidFrom(expMinusAbsolute(x), x);
}
