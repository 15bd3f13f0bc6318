/**
 * The positions of the `top` largest numbers, the largest first; of equal numbers the earlier one is first.
 *
 * @param skipped  positions to leave out, in ascending order
 */
export function topItems(numbers: Float64Array, skipped: Uint32Array, top: number): number[] {
  let kept: number[] = [];
  let limit = -Infinity; // with `top` numbers kept, a smaller number can no longer be among them
  const cut = (): void => {
    kept = kept.sort((a, b) => numbers[b]! - numbers[a]! || a - b).slice(0, top);
    if (kept.length === top) limit = numbers[kept[top - 1]!]!;
  };
  let next = 0;
  for (let at = 0; at < numbers.length; at++) {
    if (at === skipped[next]) next++;
    else if (numbers[at]! >= limit) kept.push(at);
    if (kept.length > 2 * top + 100) cut(); // the list stays short, and it is rarely sorted
  }
  cut();
  return kept;
}
