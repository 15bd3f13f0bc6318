// The curves of scores that are not in memory: the scores are counted by their sign, exponent and first ten binary digits.

const BINS = 2 ** 22;

/** Counts the scores of two classes in 32 MB of memory. */
export interface ScoreBins {
  add(score: number, isPositive: boolean): void;
  /** The area under the ROC curve and the average precision, where scores of one bin count as equal; NaN without rows of both classes. */
  areas(): { readonly roc: number; readonly averagePrecision: number };
}

/** Empty bins. Scores whose first 22 bits are equal differ by less than a thousandth of their size. */
export function scoreBins(): ScoreBins {
  const positives = new Uint32Array(BINS);
  const negatives = new Uint32Array(BINS);
  const value = new Float64Array(1);
  const words = new Uint32Array(value.buffer); // the low word first
  return {
    add(score, isPositive) {
      value[0] = score + 0; // −0 becomes 0
      const high = words[1]!;
      const bin = (high >>> 31 === 1 ? ~high : high ^ 0x8000_0000) >>> 10; // the order of the bins is that of the scores
      const counts = isPositive ? positives : negatives;
      counts[bin]! += 1;
    },
    areas() {
      const total = (counts: Uint32Array): number => counts.reduce((sum, count) => sum + count, 0);
      const [P, N] = [total(positives), total(negatives)];
      let [above, below, pairs, precision] = [0, 0, 0, 0]; // counts with a score of at least the current bin
      for (let bin = BINS - 1; bin >= 0; bin--) {
        const [p, n] = [positives[bin]!, negatives[bin]!];
        if (p + n === 0) continue;
        pairs += n * (above + p / 2);
        above += p;
        below += n;
        precision += p * (above / (above + below));
      }
      if (P === 0 || N === 0) return { roc: Number.NaN, averagePrecision: Number.NaN };
      return { roc: pairs / P / N, averagePrecision: precision / P };
    },
  };
}
