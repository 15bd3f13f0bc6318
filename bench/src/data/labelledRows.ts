// Rows with labels, drawn from a seed: the same numbers on every machine.
import { random } from "downhill";

export interface Labelled {
  /** n × d standard normal numbers; neighbouring columns correlate as asked. */
  readonly X: Float64Array;
  readonly y: Float64Array;
}

export interface LabelledOptions {
  readonly rows: number;
  readonly columns: number;
  readonly seed: number;
  /** ρ of neighbours, in [0, 1) [0]; of columns i and j it is ρ^|i−j|, so that their spectrum spreads. */
  readonly correlation?: number;
}

function normals({ rows, columns, seed, correlation = 0 }: LabelledOptions): Float64Array {
  const draw = random(seed).fork("rows");
  const X = new Float64Array(rows * columns);
  const own = Math.sqrt(1 - correlation ** 2);
  for (let at = 0; at < X.length; at++) {
    X[at] = at % columns === 0 ? draw.normal() : correlation * X[at - 1]! + own * draw.normal();
  }
  return X;
}

/** z of each row for weights of norm `norm`, in no direction of a column. */
function teacher(X: Float64Array, columns: number, seed: number, label: string, norm: number): Float64Array {
  const draw = random(seed).fork(label);
  const w = Float64Array.from({ length: columns }, () => (norm * draw.normal()) / Math.sqrt(columns));
  return Float64Array.from({ length: X.length / columns }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += w[j]! * X[i * columns + j]!;
    return sum;
  });
}

/** Labels −1 and +1, +1 with probability 1/(1 + e^−z), z linear in the row. */
export function twoClasses(options: LabelledOptions): Labelled {
  const X = normals(options);
  const z = teacher(X, options.columns, options.seed, "teacher", 2);
  const draw = random(options.seed).fork("labels");
  return { X, y: z.map((z) => (draw.uniform() < 1 / (1 + Math.exp(-z)) ? 1 : -1)) };
}

/** Labels 0 … classes − 1: the class whose linear score, with logistic noise, is largest. */
export function manyClasses(classes: number, options: LabelledOptions): Labelled {
  const X = normals(options);
  const draw = random(options.seed).fork("labels");
  const best = new Float64Array(options.rows).fill(-Infinity);
  const y = new Float64Array(options.rows);
  for (let c = 0; c < classes; c++) {
    const z = teacher(X, options.columns, options.seed, `teacher ${c}`, 2);
    z.forEach((z, i) => {
      const score = z - Math.log(-Math.log(draw.uniform() || 0.5)); // Gumbel noise: the classes follow a softmax
      if (score > best[i]!) {
        best[i] = score;
        y[i] = c;
      }
    });
  }
  return { X, y };
}
