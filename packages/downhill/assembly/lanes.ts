// A v128 holds 16 / sizeof<T>() numbers of type T, its lanes. Loops first process full vectors, then the remaining numbers one
// by one, in lane 0 of a vector with zeros. So each formula is written once, and gives the same bits for all numbers.
//
// Elementary functions and sums of losses are computed in float64 for both types, two numbers at a time: a pair.

/** Bytes of n numbers. */
// @ts-ignore: decorator
@inline
export function bytesOf<T>(n: i32): usize {
  return <usize>n * sizeof<T>();
}

/** The bytes of the full vectors in `bytes` bytes. */
// @ts-ignore: decorator
@inline
export function fullVectors(bytes: usize): usize {
  return bytes & ~15;
}

/** A full vector at an address, or one number and zeros. */
// @ts-ignore: decorator
@inline
export function get<T>(at: usize, full: bool): v128 {
  return full ? v128.load(at) : v128.load_zero<T>(at);
}

/** Stores a full vector, or its first number. */
// @ts-ignore: decorator
@inline
export function put<T>(at: usize, value: v128, full: bool): void {
  if (full) v128.store(at, value);
  else v128.store_lane<T>(at, value, 0);
}

/** The smallest size of a stored parameter or optimizer number that is not 0: 2^−960, in float32 2^−100. */
// @ts-ignore: decorator
@inline
function smallest<T>(): T {
  return <T>(sizeof<T>() == 8 ? 1.0261342003245941e-289 : 7.888609052210118e-31);
}

/** The vector with 0 instead of numbers below the smallest size; NaN stays. */
// @ts-ignore: decorator
@inline
export function withoutTiny<T>(x: v128): v128 {
  return v128.andnot(x, v128.lt<T>(v128.abs<T>(x), v128.splat<T>(smallest<T>())));
}

/** The same for one number. */
// @ts-ignore: decorator
@inline
export function orZero<T>(x: T): T {
  return abs<T>(x) < smallest<T>() ? <T>0 : x;
}

/** The bytes of the full pairs in `bytes` bytes. */
// @ts-ignore: decorator
@inline
export function fullPairs<T>(bytes: usize): usize {
  return bytes & ~(2 * sizeof<T>() - 1);
}

/** Two numbers at an address, or one and zero, as float64. */
// @ts-ignore: decorator
@inline
export function getPair<T>(at: usize, full: bool): v128 {
  if (sizeof<T>() == 8) return get<f64>(at, full);
  return f64x2.promote_low_f32x4(full ? v128.load64_zero(at) : v128.load32_zero(at));
}

/** Stores two float64 numbers, or the first, each rounded once. */
// @ts-ignore: decorator
@inline
export function putPair<T>(at: usize, value: v128, full: bool): void {
  if (sizeof<T>() == 8) {
    put<f64>(at, value, full);
  } else {
    const narrow = f32x4.demote_f64x2_zero(value);
    if (full) v128.store64_lane(at, narrow, 0);
    else v128.store32_lane(at, narrow, 0);
  }
}

/** sum + a · b, lane by lane; the product is rounded before it is added. */
// @ts-ignore: decorator
@inline
export function plusProduct<T>(sum: v128, a: v128, b: v128): v128 {
  return v128.add<T>(sum, v128.mul<T>(a, b));
}

/** Lane 0 + lane 1; for four lanes (lane 0 + lane 1) + (lane 2 + lane 3). */
// @ts-ignore: decorator
@inline
export function sumOfLanes<T>(v: v128): T {
  if (sizeof<T>() == 8) return v128.extract_lane<T>(v, 0) + v128.extract_lane<T>(v, 1);
  return v128.extract_lane<T>(v, 0) + v128.extract_lane<T>(v, 1) +
    (v128.extract_lane<T>(v, 2) + v128.extract_lane<T>(v, 3));
}
