const SORTED = 4096;
const BINS = 1024;

/**
 * The number that has the rank k (from 0) when the numbers are sorted. The numbers are counted in bins of equal width, and only
 * those in the bin of the rank are searched further, so the time grows with their number. May reorder the numbers.
 *
 * @param numbers  at least k + 1 finite numbers
 */
export function select(numbers: Float64Array, k: number): number {
  let rest = numbers;
  let rank = k;
  while (rest.length > SORTED) {
    let [low, high] = [Infinity, -Infinity];
    for (let i = 0; i < rest.length; i++) {
      const x = rest[i]!;
      if (x < low) low = x;
      if (x > high) high = x;
    }
    if (low === high) return low;
    const { shift, factor } = binScale(low, high);
    const counts = new Uint32Array(BINS);
    for (let i = 0; i < rest.length; i++) counts[binOf(rest[i]!, shift, factor)]! += 1;
    const { bin, before } = binOfRank(counts, rank);
    if (counts[bin] === rest.length) break; // the range is too wide for bins of equal width
    const kept = new Float64Array(counts[bin]!);
    for (let i = 0, filled = 0; i < rest.length; i++) {
      if (binOf(rest[i]!, shift, factor) === bin) kept[filled++] = rest[i]!;
    }
    rest = kept;
    rank -= before;
  }
  return rest.sort()[rank]!;
}

function binScale(low: number, high: number): { readonly shift: number; readonly factor: number } {
  const factor = BINS / (high - low);
  return factor > 0 && factor < Infinity ? { shift: low, factor } : { shift: 0, factor: 0 };
}

/** The integer part of (x − shift) · factor, and at most BINS − 1. A larger number never has a lower bin. */
const binOf = (x: number, shift: number, factor: number): number => Math.min(BINS - 1, ((x - shift) * factor) | 0);

/** The bin that contains a rank, and how many numbers are in lower bins. */
function binOfRank(counts: ArrayLike<number>, rank: number): { readonly bin: number; readonly before: number } {
  let before = 0;
  let bin = 0;
  while (before + counts[bin]! <= rank) before += counts[bin++]!;
  return { bin, before };
}
