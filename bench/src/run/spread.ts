/** A sample's middle and spread. */
export interface Spread {
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
  readonly least: number;
  readonly count: number;
}

/** The quantile q in [0, 1] of sorted numbers, linear between neighbours (NumPy's default). */
function quantile(sorted: readonly number[], q: number): number {
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (at - below) * (sorted[above]! - sorted[below]!);
}

/** @throws RangeError for no numbers */
export function spreadOf(numbers: readonly number[]): Spread {
  if (numbers.length === 0) {
    throw new RangeError("spreadOf: numbers must be at least one, got none. Run the contestant first.");
  }
  const sorted = [...numbers].sort((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    lowerQuartile: quantile(sorted, 0.25),
    upperQuartile: quantile(sorted, 0.75),
    least: sorted[0]!,
    count: sorted.length,
  };
}
