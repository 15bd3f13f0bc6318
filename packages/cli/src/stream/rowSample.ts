// A sample of rows that come in parts.
import { random } from "downhill";

/** Rows with their features, targets and, if there are weights, weights. */
export interface FeaturePart {
  readonly inputs: Float64Array;
  readonly targets: Float64Array;
  readonly weights?: Float64Array;
}

/** The positions of at most `most` rows: a random row of each of as many parts of the rows of equal size, or all rows. */
export function samplePositions(rows: number, most: number): (index: number) => number {
  if (rows <= most) return (index) => (index < rows ? index : Infinity);
  const stream = random(rows).fork("sample");
  let [at, position] = [-1, 0];
  return (index) => {
    if (index >= most) return Infinity;
    for (; at < index; at++) position = Math.floor(((at + 1 + stream.uniform()) * rows) / most);
    return position;
  };
}

export interface Sample {
  /** Adds the rows of the sample among the next rows. */
  add(part: FeaturePart): void;
  /** The rows of the sample. */
  part(): FeaturePart;
}

/** Collects the rows at some positions. */
export function newSample(
  { columns, weighted, size }: { readonly columns: number; readonly weighted: boolean; readonly size: number },
  positionOf: (index: number) => number,
): Sample {
  const inputs = new Float64Array(size * columns);
  const targets = new Float64Array(size);
  const weights = new Float64Array(weighted ? size : 0);
  let [first, filled] = [0, 0];
  return {
    add(part) {
      const end = first + part.targets.length;
      for (let row = positionOf(filled); row < end; row = positionOf(filled)) {
        const own = row - first;
        inputs.set(part.inputs.subarray(own * columns, (own + 1) * columns), filled * columns);
        targets[filled] = part.targets[own]!;
        if (weighted) weights[filled] = part.weights![own]!;
        filled += 1;
      }
      first = end;
    },
    part: () => ({ inputs, targets, ...(weighted && { weights }) }),
  };
}
