/** Numbers between −1 and 1 that every engine and process makes with the same bits. */
export function numbers(count, seed) {
  let state = seed;
  const found = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    found[i] = state / 2147483648;
  }
  return found;
}
