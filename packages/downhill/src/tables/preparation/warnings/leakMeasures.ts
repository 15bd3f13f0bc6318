// How well one column predicts a target. Values are numbers or codes of categories; NaN is a missing cell.

const FEWEST_ROWS = 5;

/** The rows of each value, in the order of their first rows. Missing cells are a value of their own. */
function groupsOf(values: Float64Array): number[][] {
  const groups = new Map<number, number[]>();
  values.forEach((value, i) => {
    const group = groups.get(value);
    if (group === undefined) groups.set(value, [i]);
    else group.push(i);
  });
  return [...groups.values()];
}

const countsOf = (labels: Float64Array, rows: Iterable<number>): Map<number, number> => {
  const counts = new Map<number, number>();
  for (const i of rows) counts.set(labels[i]!, (counts.get(labels[i]!) ?? 0) + 1);
  return counts;
};

/** (accuracy − share of the most frequent class) / (1 − this share). */
function gain(correct: number, labels: Float64Array): number {
  const all = countsOf(labels, labels.keys());
  const largest = Math.max(...all.values());
  return largest === labels.length ? 0 : (correct - largest) / (labels.length - largest);
}

/**
 * The gain over the most frequent class, if each row gets the most frequent class of the other rows with its value. So a value that
 * occurs once predicts nothing.
 */
export function groupAccuracy(values: Float64Array, labels: Float64Array): number {
  let correct = 0;
  for (const rows of groupsOf(values)) {
    if (rows.length === 1) continue;
    const counts = countsOf(labels, rows);
    for (const [label, count] of counts) {
      const others = Math.max(0, ...[...counts].filter(([other]) => other !== label).map(([, each]) => each));
      if (count - 1 > others) correct += count;
    }
  }
  return gain(correct, labels);
}

/** The gain over the most frequent class of a prediction that knows only whether the cell is missing. */
export function missingAccuracy(values: Float64Array, labels: Float64Array): number {
  const groups = groupsOf(values.map((value) => (Number.isNaN(value) ? 1 : 0)));
  if (groups.length < 2) return 0;
  const correct = groups.map((rows) => Math.max(...countsOf(labels, rows).values()));
  return gain(correct[0]! + correct[1]!, labels);
}

/**
 * Whether the numbers order all pairs of classes: the area under the ROC curve of each pair is at least `lowest`, in one of both
 * directions. Classes with fewer than five rows are left out, and missing cells too, if they are few.
 */
export function areOrdered(values: Float64Array, labels: Float64Array, lowest: number): boolean {
  const present = Uint32Array.from(values.keys()).filter((i) => !Number.isNaN(values[i]!));
  if (present.length < lowest * values.length) return false;
  const classes = [...countsOf(labels, present)].filter(([, count]) => count >= FEWEST_ROWS).map(([label]) => label);
  if (classes.length < 2 || classes.length > 20) return false;
  const ranked = classes
    .map((label) => values.filter((_, i) => labels[i] === label && !Number.isNaN(values[i]!)).sort())
    .sort((a, b) => a[a.length >> 1]! - b[b.length >> 1]!);
  return ranked.every((upper, k) => ranked.slice(0, k).every((lower) => areaBetween(lower, upper) >= lowest));
}

/** The share of pairs of which the number of `upper` is larger; equal numbers count half. Both are sorted. */
function areaBetween(lower: Float64Array, upper: Float64Array): number {
  let [below, equal, area] = [0, 0, 0];
  for (const x of upper) {
    while (below < lower.length && lower[below]! < x) below += 1;
    equal = Math.max(equal, below);
    while (equal < lower.length && lower[equal]! === x) equal += 1;
    area += below + (equal - below) / 2;
  }
  return area / (lower.length * upper.length);
}

/** Pearson's correlation of the pairs without missing values; 0 if too many are missing. */
export function correlation(a: Float64Array, b: Float64Array): number {
  const rows = Uint32Array.from(a.keys()).filter((i) => !Number.isNaN(a[i]!));
  if (rows.length < 0.95 * a.length || rows.length < FEWEST_ROWS) return 0;
  const center = (values: Float64Array): Float64Array => {
    const own = Float64Array.from(rows, (i) => values[i]!);
    const mean = own.reduce((sum, x) => sum + x / own.length, 0);
    const largest = own.reduce((most, x) => Math.max(most, Math.abs(x - mean)), 0);
    return largest > 0 ? own.map((x) => (x - mean) / largest) : own.fill(0);
  };
  const [x, y] = [center(a), center(b)];
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    xx += x[i]! * x[i]!;
    yy += y[i]! * y[i]!;
    xy += x[i]! * y[i]!;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}

/** The rank of each number; equal numbers have the mean of their ranks, and NaN stays. */
export function ranks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values.keys())
    .filter((i) => !Number.isNaN(values[i]!))
    .sort((i, j) => values[i]! - values[j]!);
  const result = new Float64Array(values.length).fill(Number.NaN);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]!] === values[order[from]!]) to += 1;
    for (let at = from; at < to; at++) result[order[at]!] = (from + to - 1) / 2;
  }
  return result;
}

/** R² if each row gets the mean target of the other rows with its value; a row without others gets the mean of all. */
export function groupFit(values: Float64Array, targets: Float64Array): number {
  const mean = targets.reduce((sum, y) => sum + y / targets.length, 0);
  let [residual, total] = [0, 0];
  for (const rows of groupsOf(values)) {
    const sum = rows.reduce((all, i) => all + (targets[i]! - mean), 0);
    for (const i of rows) {
      const y = targets[i]! - mean;
      const predicted = rows.length > 1 ? (sum - y) / (rows.length - 1) : 0;
      residual += (y - predicted) * (y - predicted);
      total += y * y;
    }
  }
  return total > 0 ? 1 - residual / total : 0;
}
