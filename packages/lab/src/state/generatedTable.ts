// The table of generated or drawn data: a list of cells per column.
import {
  blobs,
  circles,
  type Labelled,
  lineWithNoise,
  lowRankRatings,
  type Matrix,
  moons,
  random,
  regressionWithCondition,
  spiral,
  takeRows,
  xor,
} from "downhill";
import type { generators } from "./dataFields.ts";
import type { Choice, ValuesOf } from "./field.ts";
import type { DrawnData } from "./labState.ts";

/** A table as lists of cells: numbers, or texts. */
export type Columns = Readonly<Record<string, Float64Array | readonly string[]>>;

/** The name of class k in generated and drawn data. */
export const className = (k: number): string => String.fromCharCode(65 + k);

/** The names of the users or items of generated and drawn ratings: equally long, so that their order as texts is that of their numbers. */
const idName = (letter: string) => (k: number) => `${letter}${String(k + 1).padStart(3, "0")}`;

/** Every how many-th point is an outlier. */
export const outlierSpacing = (share: number): number => Math.round(1 / share);

/** The table of a generator. */
export function generatedTable(generator: Choice<typeof generators>, seed: number): Columns {
  switch (generator.name) {
    case "line": {
      const { outliers, ...options } = generator.options;
      const { X, y } = lineWithNoise({ ...options, seed });
      if (outliers > 0) forEachOutlier(outliers, y.length, (i) => (y[i]! += 30));
      return { x: X.data as Float64Array, y };
    }
    case "curve":
      return curveTable(generator.options, seed);
    case "ravine": {
      const { X, y } = regressionWithCondition({ ...generator.options, seed });
      return { ...columnsOf(X), y };
    }
    case "blobs": {
      const { classes, outliers, scale, imbalance, ...options } = generator.options;
      return classTable(blobs({ ...options, centers: classes, seed }), classes, { outliers, scale, imbalance });
    }
    case "spiral": {
      const { outliers, scale, imbalance, ...options } = generator.options;
      return classTable(spiral({ ...options, seed }), options.arms, { outliers, scale, imbalance });
    }
    case "circles": {
      const { outliers, scale, imbalance, ...options } = generator.options;
      return classTable(circles({ ...options, seed }), 2, { outliers, scale, imbalance });
    }
    case "moons":
    case "xor": {
      const { outliers, scale, imbalance, ...options } = generator.options;
      return classTable({ moons, xor }[generator.name]({ ...options, seed }), 2, { outliers, scale, imbalance });
    }
    case "ratings": {
      const { users, items, ratings } = lowRankRatings({ ...generator.options, seed });
      return ratingTable(users, items, ratings);
    }
  }
}

/** The table of drawn data. */
export function drawnTable({ holds, points }: DrawnData): Columns {
  const column = (at: number) => Float64Array.from(points, (point) => point[at]!);
  if (holds === "numbers") return { x: column(0), y: column(1) };
  if (holds === "ratings") return ratingTable(column(0), column(1), column(2));
  return { x1: column(0), x2: column(1), class: points.map((point) => className(point[2]!)) };
}

/**
 * Points near the curve y = 4x³ − 3x, with x uniform in [−1, 1), and the powers of x up to `degree` as columns.
 */
function curveTable({ n, degree, noise }: ValuesOf<(typeof generators)["curve"]>, seed: number): Columns {
  const draw = random(seed);
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const at = 2 * draw.uniform() - 1;
    x[i] = at;
    y[i] = 4 * at * at * at - 3 * at + noise * draw.normal();
  }
  const columns: Record<string, Float64Array> = { x };
  for (let power = 2, last = x; power <= degree; power++) {
    last = last.map((value, i) => value * x[i]!);
    columns[`x${power}`] = last;
  }
  return { ...columns, y };
}

function classTable(
  points: Labelled,
  classes: number,
  { outliers, scale, imbalance }: Readonly<Record<"outliers" | "scale" | "imbalance", number>>,
): Columns {
  const rows = keptRows(points.y, imbalance);
  const X = takeRows(points.X, rows);
  const labels = rows.map((row) => points.y[row]!);
  if (outliers > 0) forEachOutlier(outliers, labels.length, (i) => (labels[i] = (labels[i]! + 1) % classes));
  const { x1, x2 } = columnsOf(X);
  return { x1: x1!, x2: scale === 1 ? x2! : x2!.map((value) => value * scale), class: labels.map(className) };
}

/** All rows of class 0, and of each other class every `imbalance`-th row, beginning with its first. */
function keptRows(classes: Uint32Array, imbalance: number): number[] {
  const counts = new Map<number, number>();
  return Array.from(classes.keys()).filter((row) => {
    const count = counts.get(classes[row]!) ?? 0;
    counts.set(classes[row]!, count + 1);
    return classes[row] === 0 || count % imbalance === 0;
  });
}

function forEachOutlier(share: number, rows: number, change: (row: number) => void): void {
  const spacing = outlierSpacing(share);
  for (let row = spacing - 1; row < rows; row += spacing) change(row);
}

/** The columns of a matrix as x1, x2, …, or x01, x02, … so that their order as texts is that of the columns. */
function columnsOf({ data, rows, columns }: Matrix): Record<string, Float64Array> {
  const digits = String(columns).length;
  return Object.fromEntries(
    Array.from({ length: columns }, (_, j) => [
      `x${String(j + 1).padStart(digits, "0")}`,
      Float64Array.from({ length: rows }, (_, i) => data[i * columns + j]!),
    ]),
  );
}

const ratingTable = (users: ArrayLike<number>, items: ArrayLike<number>, ratings: ArrayLike<number>): Columns => ({
  user: Array.from(users, idName("u")),
  item: Array.from(items, idName("i")),
  rating: Float64Array.from(ratings),
});
