// Elementary functions in integer arithmetic, far more precise than float64, to compare with in tests. A number x is stored as
// the integer x · 2^BITS, which is exact for a float64.

const BITS = 1400n;
const ONE = 1n << BITS;

/** A finite float64, without rounding. */
export function exact(x: number): bigint {
  const word = new DataView(new ArrayBuffer(8));
  word.setFloat64(0, x);
  const bits = word.getBigUint64(0);
  const exponent = (bits >> 52n) & 2047n;
  const fraction = bits & ((1n << 52n) - 1n);
  const magnitude =
    exponent === 0n ? fraction << (BITS - 1074n) : (fraction | (1n << 52n)) << (BITS - 1075n + exponent);
  return bits >> 63n ? -magnitude : magnitude;
}

const times = (a: bigint, b: bigint): bigint => (a * b) >> BITS;
const over = (a: bigint, b: bigint): bigint => (a << BITS) / b;

/** Σ xⁱ/i! over i = first, first + step, … with alternating signs where `alternate`. */
function series(x: bigint, first: number, step: number, alternate: boolean): bigint {
  let term = ONE;
  let sum = 0n;
  for (let i = 0; term !== 0n && term !== -1n; ) {
    if (i >= first && (i - first) % step === 0) sum += alternate && (i - first) % (2 * step) !== 0 ? -term : term;
    term = times(term, x) / BigInt(++i);
  }
  return sum;
}

/** eˣ: the series of x / 2^20, squared 20 times. */
export function exp(x: bigint): bigint {
  let y = series(x >> 20n, 0, 1, false);
  for (let i = 0; i < 20; i++) y = times(y, y);
  return y;
}

export const expm1 = (x: bigint): bigint => exp(x) - ONE;

/** ln x: one step of Halley's method from the float64 logarithm; it cubes the error, which is at most 1e-13. */
export function log(x: bigint): bigint {
  const bits = BigInt(x.toString(2).length);
  const guess = Number(bits - BITS) * Math.LN2 + Math.log(Number((x << 60n) >> bits) / 2 ** 60);
  const y = exact(guess);
  const power = exp(y);
  return y + over(2n * (x - power), x + power);
}

export const log1p = (x: bigint): bigint => log(ONE + x);

export function tanh(x: bigint): bigint {
  const t = expm1(2n * x);
  return over(t, t + 2n * ONE);
}

export const sigmoid = (x: bigint): bigint => over(ONE, ONE + exp(-x));

/** [sin x, cos x]: the series of x / 2^20, its angle doubled 20 times. */
export function circle(x: bigint): [sin: bigint, cos: bigint] {
  let s = series(x >> 20n, 1, 2, true);
  let c = series(x >> 20n, 0, 2, true);
  for (let i = 0; i < 20; i++) [s, c] = [2n * times(s, c), times(c, c) - times(s, s)];
  return [s, c];
}

/** |x − value| in units of the last place of a float64 near the value. */
export function ulps(x: number, value: bigint): number {
  const magnitude = value < 0n ? -value : value;
  const exponent = BigInt(magnitude.toString(2).length) - 1n - BITS; // 2^exponent ≤ |value|
  const place = exponent < -1022n ? -1074n : exponent - 52n;
  const error = exact(x) - value;
  return Number(((error < 0n ? -error : error) << 20n) >> (BITS + place)) / 2 ** 20;
}
