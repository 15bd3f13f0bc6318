// The second article's programs as jobs. Parameters lie as the library lays them: W as outputs × inputs, then b.
import { factorization, linear, logistic, network, type Program as Ran, softmax, svm } from "@downhill/gallery";
import { crossEntropy, halfSquared, hinge, judgeOf, logistic as logisticLoss } from "../src/evaluate/losses.ts";
import { factorScores, linearScores, networkScores } from "../src/evaluate/scores.ts";
import type { Outcome } from "../src/job.ts";

export interface ArticleProgram {
  readonly name: string;
  readonly epochs: number;
  readonly updates: number;
  readonly rate: number;
  readonly columns: number;
  readonly X: Float64Array | Uint32Array;
  readonly y: Float64Array;
  readonly start: Float64Array;
  /** Where rows are visited in a drawn order: that of each epoch. */
  readonly orders?: readonly Uint32Array[];
  readonly judge: (of: Outcome) => number;
}

const table = (ran: Ran<string>, name: string): Float64Array => Float64Array.from(ran.data[name] as ArrayLike<number>);

const started = (ran: Ran<string>, name: string): ArrayLike<number> => ran.start[name] as ArrayLike<number>;

/** A matrix of `columns` columns, row by row, as its transpose. */
function transposed(W: ArrayLike<number>, columns: number): number[] {
  const rows = W.length / columns;
  return Array.from({ length: W.length }, (_, at) => W[(at % rows) * columns + Math.floor(at / rows)]!);
}

function full(ran: Ran<string>, rate: number, outputs: number, columns: number) {
  const [X, y] = [table(ran, "X"), table(ran, "y")];
  const start = new Float64Array(outputs * (columns + 1));
  return { name: ran.program, epochs: ran.epochs, updates: ran.epochs, rate, columns, X, y, start };
}

/** Each is made when it is called, by running the program once. */
export const articlePrograms: readonly (() => ArticleProgram)[] = [
  () => {
    const program = full(linear(), 0.05, 1, 1);
    const scores = linearScores(program.X, 1, 1);
    return { ...program, judge: judgeOf({ scores, outputs: 1, loss: halfSquared, targets: program.y }) };
  },
  () => {
    const program = full(logistic(), 0.2, 1, 2);
    const targets = program.y.map((label) => 2 * label - 1);
    return {
      ...program,
      judge: judgeOf({ scores: linearScores(program.X, 2, 1), outputs: 1, loss: logisticLoss, targets }),
    };
  },
  () => {
    const program = full(softmax(), 0.2, 3, 2);
    const scores = linearScores(program.X, 2, 3);
    return { ...program, judge: judgeOf({ scores, outputs: 3, loss: crossEntropy, targets: program.y }) };
  },
  () => {
    const ran = network();
    const program = full(ran, 0.05, 3, 2);
    const start = Float64Array.from([
      ...transposed(started(ran, "W1"), 32),
      ...Array.from(started(ran, "b1")),
      ...transposed(started(ran, "W2"), 3),
      ...Array.from(started(ran, "b2")),
    ]);
    const scores = networkScores(program.X, 2, 32, 3);
    return {
      ...program,
      start,
      updates: ran.epochs * Math.ceil(program.y.length / 64),
      orders: ran.orders,
      judge: judgeOf({ scores, outputs: 3, loss: crossEntropy, targets: program.y }),
    };
  },
  () => {
    const program = full(svm(), 0.01, 1, 2);
    const scores = linearScores(program.X, 2, 1);
    return { ...program, judge: judgeOf({ scores, outputs: 1, loss: hinge, targets: program.y, l2: 1, weights: 2 }) };
  },
  factorizationProgram,
];

function factorizationProgram(): ArticleProgram {
  const ran = factorization();
  const [users, items, rank] = [30, 25, 4];
  const observed = [...table(ran, "mask").keys()].filter((at) => table(ran, "mask")[at]);
  const X = Uint32Array.from(observed.flatMap((at) => [Math.floor(at / items), at % items]));
  const y = Float64Array.from(observed, (at) => table(ran, "R")[at]!);
  return {
    name: ran.program,
    epochs: ran.epochs,
    updates: ran.epochs * y.length,
    rate: 0.01,
    columns: 2,
    X,
    y,
    start: Float64Array.from([...Array.from(started(ran, "P")), ...Array.from(started(ran, "Q"))]),
    orders: ran.orders,
    judge: judgeOf({ scores: factorScores(X, users, rank), outputs: 1, loss: halfSquared, targets: y }),
  };
}
