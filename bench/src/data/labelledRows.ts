// Random rows with labels: the same seed gives the same numbers on every machine.
import { random } from "downhill";

export interface LabelledRows {
  /** Standard normal numbers, rows × columns. */
  readonly X: Float64Array;
  readonly y: Float64Array;
}

export interface LabelledRowsOptions {
  readonly rows: number;
  readonly columns: number;
  readonly seed: number;
  /** Correlation ρ of neighbouring columns, in [0, 1), default 0; columns i and j have the correlation ρ^|i−j|. */
  readonly correlation?: number;
}

function normals({ rows, columns, seed, correlation = 0 }: LabelledRowsOptions): Float64Array {
  const draw = random(seed).fork("rows");
  const X = new Float64Array(rows * columns);
  const ownShare = Math.sqrt(1 - correlation ** 2);
  for (let i = 0; i < X.length; i++) {
    X[i] = i % columns === 0 ? draw.normal() : correlation * X[i - 1]! + ownShare * draw.normal();
  }
  return X;
}

/** The score z = w · x of each row x. The weights w are random, with a norm of about 2; `label` names their random stream. */
function trueScores(X: Float64Array, { columns, seed }: LabelledRowsOptions, label: string): Float64Array {
  const draw = random(seed).fork(label);
  const w = Float64Array.from({ length: columns }, () => (2 * draw.normal()) / Math.sqrt(columns));
  return Float64Array.from({ length: X.length / columns }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += w[j]! * X[i * columns + j]!;
    return sum;
  });
}

/** Labels −1 and +1: +1 with probability 1/(1 + e^−z), where z is linear in the row. */
export function twoClasses(options: LabelledRowsOptions): LabelledRows {
  const X = normals(options);
  const z = trueScores(X, options, "teacher");
  const draw = random(options.seed).fork("labels");
  return { X, y: z.map((z) => (draw.uniform() < 1 / (1 + Math.exp(-z)) ? 1 : -1)) };
}

/** Labels 0 … classes − 1: the class with the largest sum of a linear score and Gumbel noise. */
export function manyClasses(classes: number, options: LabelledRowsOptions): LabelledRows {
  const X = normals(options);
  const draw = random(options.seed).fork("labels");
  const best = new Float64Array(options.rows).fill(-Infinity);
  const y = new Float64Array(options.rows);
  for (let c = 0; c < classes; c++) {
    trueScores(X, options, `teacher ${c}`).forEach((z, i) => {
      const score = z - Math.log(-Math.log(draw.uniform() || 0.5)); // with this noise the classes follow a softmax
      if (score > best[i]!) {
        best[i] = score;
        y[i] = c;
      }
    });
  }
  return { X, y };
}
