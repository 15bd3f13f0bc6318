// Powers of two, made from bit patterns. A product with a power of two changes only the exponent: in the normal range it is
// exact. So numbers of any size can be scaled to about 1 before their squares are added.

const word = new DataView(new ArrayBuffer(8));

/** 2^k for −1022 ≤ k ≤ 1023. */
export function powerOfTwo(k: number): number {
  word.setInt32(0, (k + 1023) << 20);
  word.setInt32(4, 0);
  return word.getFloat64(0);
}

/** The power of two p with 1 ≤ |x| p < 2, limited to 2^−1022 … 2^1022. */
export function toUnitSize(x: number): number {
  word.setFloat64(0, Math.abs(x));
  const exponent = (word.getInt32(0) >> 20) - 1023;
  return powerOfTwo(Math.min(Math.max(-exponent, -1022), 1023));
}
