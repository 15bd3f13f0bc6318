// Powers of two from their bit patterns. A product with one only moves the exponent: it loses no digit while it stays in the
// normal range, so sums of squares can be taken of numbers of any size.

const word = new DataView(new ArrayBuffer(8));

/** 2^k for −1022 ≤ k ≤ 1023. */
export function powerOfTwo(k: number): number {
  word.setInt32(0, (k + 1023) << 20);
  word.setInt32(4, 0);
  return word.getFloat64(0);
}

/** The power of two whose product with x is of a size in [1, 2), or as near to it as 2^±1022 brings. */
export function toUnitSize(x: number): number {
  word.setFloat64(0, Math.abs(x));
  const exponent = (word.getInt32(0) >> 20) - 1023;
  return powerOfTwo(Math.min(Math.max(-exponent, -1022), 1023));
}
