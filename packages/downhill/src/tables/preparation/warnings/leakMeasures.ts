// How well one column predicts a target. Values are numbers or codes of categories; NaN is a missing cell.

const FEWEST_ROWS = 5;

/** The class of each row. */
export interface Classes {
  /** Indices of classes, in the order of their first rows. */
  readonly of: Uint32Array;
  /** The number of rows of each class. */
  readonly sizes: readonly number[];
}

/** The rows of each different number, as classes; all NaN are one class. */
export function classesOf(values: Float64Array): Classes {
  const known = new Map<number, number>();
  const of = new Uint32Array(values.length);
  const sizes: number[] = [];
  for (let i = 0; i < values.length; i++) {
    let index = known.get(values[i]!);
    if (index === undefined) {
      index = sizes.push(0) - 1;
      known.set(values[i]!, index);
    }
    of[i] = index;
    sizes[index]! += 1;
  }
  return { of, sizes };
}

/** The rows whose value is not missing. */
export function presentRows(values: Float64Array): Uint32Array {
  const rows = new Uint32Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i]!)) rows[count++] = i;
  return rows.subarray(0, count);
}

/** The values of some rows. */
export function valuesOf(values: Float64Array, rows: Uint32Array): Float64Array {
  const own = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) own[i] = values[rows[i]!]!;
  return own;
}

/** (accuracy − share of the most frequent class) / (1 − this share). */
function gain(correct: number, { of, sizes }: Classes): number {
  const largest = Math.max(...sizes);
  return largest === of.length ? 0 : (correct - largest) / (of.length - largest);
}

/**
 * The gain over the most frequent class, if each row gets the most frequent class of the other rows with its value. So a value that
 * occurs once predicts nothing.
 */
export function groupAccuracy(values: Float64Array, labels: Classes): number {
  const groups = classesOf(values);
  const rows = rowsByClass(groups);
  const counts = new Uint32Array(labels.sizes.length);
  let [correct, from] = [0, 0];
  for (const size of groups.sizes) {
    let [first, second] = [0, 0]; // the largest counts
    for (let i = from; i < from + size; i++) counts[labels.of[rows[i]!]!]! += 1;
    for (let i = from; i < from + size; i++) {
      const label = labels.of[rows[i]!]!;
      const count = counts[label]!;
      counts[label] = 0; // so that each label is counted once
      if (count > first) [first, second] = [count, first];
      else if (count > second) second = count;
    }
    if (first - 1 > second) correct += first;
    from += size;
  }
  return gain(correct, labels);
}

/** The rows in the order of their classes. */
function rowsByClass({ of, sizes }: Classes): Uint32Array {
  const next = new Uint32Array(sizes.length);
  for (let k = 1; k < sizes.length; k++) next[k] = next[k - 1]! + sizes[k - 1]!;
  const rows = new Uint32Array(of.length);
  for (let i = 0; i < of.length; i++) rows[next[of[i]!]!++] = i;
  return rows;
}

/** The gain over the most frequent class of a prediction that knows only whether the cell is missing. */
export function missingAccuracy(values: Float64Array, labels: Classes): number {
  const present = presentRows(values);
  if (present.length === 0 || present.length === values.length) return 0;
  const counts = new Uint32Array(labels.sizes.length);
  for (let i = 0; i < present.length; i++) counts[labels.of[present[i]!]!]! += 1;
  let [ofPresent, ofMissing] = [0, 0];
  for (let k = 0; k < counts.length; k++) {
    ofPresent = Math.max(ofPresent, counts[k]!);
    ofMissing = Math.max(ofMissing, labels.sizes[k]! - counts[k]!);
  }
  return gain(ofPresent + ofMissing, labels);
}

/**
 * Whether the numbers order all pairs of classes: the area under the ROC curve of each pair is at least `lowest`, in one of both
 * directions. Classes with fewer than five rows are left out, and missing cells too, if they are few.
 */
export function areOrdered(values: Float64Array, labels: Classes, lowest: number): boolean {
  const present = presentRows(values);
  if (present.length < lowest * values.length) return false;
  const numbers: number[][] = labels.sizes.map(() => []);
  for (let i = 0; i < present.length; i++) numbers[labels.of[present[i]!]!]!.push(values[present[i]!]!);
  const classes = numbers.filter(({ length }) => length >= FEWEST_ROWS);
  if (classes.length < 2 || classes.length > 20) return false;
  const ranked = classes
    .map((own) => Float64Array.from(own).sort())
    .sort((a, b) => a[a.length >> 1]! - b[b.length >> 1]!);
  return ranked.every((upper, k) => ranked.slice(0, k).every((lower) => areaBetween(lower, upper) >= lowest));
}

/** The share of pairs of which the number of `upper` is larger; equal numbers count half. Both are sorted. */
function areaBetween(lower: Float64Array, upper: Float64Array): number {
  let [below, equal, area] = [0, 0, 0];
  for (let i = 0; i < upper.length; i++) {
    const x = upper[i]!;
    while (below < lower.length && lower[below]! < x) below += 1;
    equal = Math.max(equal, below);
    while (equal < lower.length && lower[equal]! === x) equal += 1;
    area += below + (equal - below) / 2;
  }
  return area / (lower.length * upper.length);
}

/** Pearson's correlation of the pairs without missing values; 0 if too many are missing. */
export function correlation(a: Float64Array, b: Float64Array): number {
  const rows = presentRows(a);
  if (rows.length < 0.95 * a.length || rows.length < FEWEST_ROWS) return 0;
  const [x, y] = [centered(a, rows), centered(b, rows)];
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    xx += x[i]! * x[i]!;
    yy += y[i]! * y[i]!;
    xy += x[i]! * y[i]!;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}

/** The values of some rows minus their mean, divided by the largest of these differences. */
function centered(values: Float64Array, rows: Uint32Array): Float64Array {
  const own = valuesOf(values, rows);
  let [mean, largest] = [0, 0];
  for (let i = 0; i < own.length; i++) mean += own[i]! / own.length;
  for (let i = 0; i < own.length; i++) {
    own[i]! -= mean;
    largest = Math.max(largest, Math.abs(own[i]!));
  }
  if (largest > 0) for (let i = 0; i < own.length; i++) own[i]! /= largest;
  return own;
}

/** The rank of each number; equal numbers have the mean of their ranks, and NaN stays. */
export function ranks(values: Float64Array): Float64Array {
  const sorted = valuesOf(values, presentRows(values)).sort();
  /** The mean rank of the numbers that are equal to the first one at this place. */
  const means = new Float64Array(sorted.length);
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to] === sorted[from]) to += 1;
    means[from] = (from + to - 1) / 2;
  }
  const result = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    result[i] = Number.isNaN(x) ? x : means[firstOf(sorted, x)]!;
  }
  return result;
}

/** The first place of a number in a sorted list that contains it. */
function firstOf(sorted: Float64Array, x: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]! < x) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** R² if each row gets the mean target of the other rows with its value; a row without others gets the mean of all. */
export function groupFit(values: Float64Array, targets: Float64Array): number {
  const { of, sizes } = classesOf(values);
  let mean = 0;
  for (let i = 0; i < targets.length; i++) mean += targets[i]! / targets.length;
  const sums = new Float64Array(sizes.length);
  for (let i = 0; i < targets.length; i++) sums[of[i]!]! += targets[i]! - mean;
  let [residual, total] = [0, 0];
  for (let i = 0; i < targets.length; i++) {
    const y = targets[i]! - mean;
    const size = sizes[of[i]!]!;
    const predicted = size > 1 ? (sums[of[i]!]! - y) / (size - 1) : 0;
    residual += (y - predicted) * (y - predicted);
    total += y * y;
  }
  return total > 0 ? 1 - residual / total : 0;
}
