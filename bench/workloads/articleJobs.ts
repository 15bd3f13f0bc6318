// The second article's programs as jobs. Parameters are ordered as in the library: W (outputs × inputs), then b.
import { factorization, linear, logistic, network, type Program, softmax, svm } from "@downhill/gallery";
import { crossEntropy, evaluatorOf, halfSquared, hinge, logistic as logisticLoss } from "../src/evaluate/losses.ts";
import { factorScores, linearScores, networkScores } from "../src/evaluate/scores.ts";
import type { Outcome } from "../src/job.ts";

export interface ArticleJob {
  readonly name: string;
  readonly epochs: number;
  readonly updates: number;
  readonly learningRate: number;
  readonly columns: number;
  readonly X: Float64Array | Uint32Array;
  readonly y: Float64Array;
  readonly start: Float64Array;
  /** The row order of each epoch, for the programs that shuffle. */
  readonly orders?: readonly Uint32Array[];
  readonly evaluate: (outcome: Outcome) => number;
}

/** Each function runs a program of the article once and returns its job. */
export const articleJobs: readonly (() => ArticleJob)[] = [
  linearJob,
  logisticJob,
  softmaxJob,
  networkJob,
  svmJob,
  factorizationJob,
];

function linearJob(): ArticleJob {
  const job = fullBatchJob(linear(), { learningRate: 0.05, outputs: 1, columns: 1 });
  const scores = linearScores(job.X, 1, 1);
  return { ...job, evaluate: evaluatorOf({ scores, outputs: 1, loss: halfSquared, targets: job.y }) };
}

function logisticJob(): ArticleJob {
  const job = fullBatchJob(logistic(), { learningRate: 0.2, outputs: 1, columns: 2 });
  const targets = job.y.map((label) => 2 * label - 1);
  const scores = linearScores(job.X, 2, 1);
  return { ...job, evaluate: evaluatorOf({ scores, outputs: 1, loss: logisticLoss, targets }) };
}

function softmaxJob(): ArticleJob {
  const job = fullBatchJob(softmax(), { learningRate: 0.2, outputs: 3, columns: 2 });
  const scores = linearScores(job.X, 2, 3);
  return { ...job, evaluate: evaluatorOf({ scores, outputs: 3, loss: crossEntropy, targets: job.y }) };
}

function networkJob(): ArticleJob {
  const program = network();
  const job = fullBatchJob(program, { learningRate: 0.05, outputs: 3, columns: 2 });
  const start = Float64Array.from([
    ...transposed(startOf(program, "W1"), 32),
    ...Array.from(startOf(program, "b1")),
    ...transposed(startOf(program, "W2"), 3),
    ...Array.from(startOf(program, "b2")),
  ]);
  const scores = networkScores(job.X, [2, 32, 3]);
  return {
    ...job,
    start,
    updates: program.epochs * Math.ceil(job.y.length / 64),
    orders: program.orders,
    evaluate: evaluatorOf({ scores, outputs: 3, loss: crossEntropy, targets: job.y }),
  };
}

function svmJob(): ArticleJob {
  const job = fullBatchJob(svm(), { learningRate: 0.01, outputs: 1, columns: 2 });
  const scores = linearScores(job.X, 2, 1);
  return { ...job, evaluate: evaluatorOf({ scores, outputs: 1, loss: hinge, targets: job.y, l2: 1, weights: 2 }) };
}

function factorizationJob(): ArticleJob {
  const program = factorization();
  const [users, items, rank] = [30, 25, 4];
  const mask = dataOf(program, "mask");
  const observed = [...mask.keys()].filter((cell) => mask[cell]);
  const X = Uint32Array.from(observed.flatMap((cell) => [Math.floor(cell / items), cell % items]));
  const y = Float64Array.from(observed, (cell) => dataOf(program, "R")[cell]!);
  return {
    name: program.program,
    epochs: program.epochs,
    updates: program.epochs * y.length,
    learningRate: 0.01,
    columns: 2,
    X,
    y,
    start: Float64Array.from([...Array.from(startOf(program, "P")), ...Array.from(startOf(program, "Q"))]),
    orders: program.orders,
    evaluate: evaluatorOf({ scores: factorScores(X, users, rank), outputs: 1, loss: halfSquared, targets: y }),
  };
}

function fullBatchJob(
  program: Program<string>,
  { learningRate, outputs, columns }: { learningRate: number; outputs: number; columns: number },
) {
  const [X, y] = [dataOf(program, "X"), dataOf(program, "y")];
  const start = new Float64Array(outputs * (columns + 1));
  const { program: name, epochs } = program;
  return { name, epochs, updates: epochs, learningRate, columns, X, y, start };
}

const dataOf = (program: Program<string>, name: string): Float64Array =>
  Float64Array.from(program.data[name] as ArrayLike<number>);

const startOf = (program: Program<string>, name: string): ArrayLike<number> => program.start[name] as ArrayLike<number>;

/** Transposes a matrix with this number of columns, row by row. */
function transposed(W: ArrayLike<number>, columns: number): number[] {
  const rows = W.length / columns;
  return Array.from({ length: W.length }, (_, i) => W[(i % rows) * columns + Math.floor(i / rows)]!);
}
