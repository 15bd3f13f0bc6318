/** The median and the spread of a sample. */
export interface Spread {
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
  readonly lowest: number;
  readonly count: number;
}

/** The quantile q in [0, 1] of sorted numbers, with linear interpolation (NumPy's default). */
function quantile(sorted: readonly number[], q: number): number {
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
}

/** @throws RangeError for an empty list */
export function spreadOf(numbers: readonly number[]): Spread {
  if (numbers.length === 0) {
    throw new RangeError("spreadOf: the list of numbers is empty. Run the program before you report its times.");
  }
  const sorted = [...numbers].sort((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    lowerQuartile: quantile(sorted, 0.25),
    upperQuartile: quantile(sorted, 0.75),
    lowest: sorted[0]!,
    count: sorted.length,
  };
}
