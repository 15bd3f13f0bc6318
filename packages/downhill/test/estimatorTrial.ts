// The estimators under one type, each with a small table of its own, for the contract suites.
import type { Label } from "../src/core/label.ts";
import { type Matrix, takeRows } from "../src/core/matrix.ts";
import { random } from "../src/core/random.ts";
import type { Estimator } from "../src/estimators/fit/estimator.ts";
import type { PartialFitOptions } from "../src/estimators/fit/model.ts";
import type { Table } from "../src/estimators/fit/table.ts";
import type { FittedTable } from "../src/estimators/fitted/fittedTable.ts";
import {
  linearRegression,
  linearSvm,
  logisticRegression,
  networkClassifier,
  networkRegression,
  softmaxRegression,
} from "../src/index.ts";

/** Any fitted model of a table; members that only some models have are optional. */
export interface AnyFitted extends FittedTable {
  readonly classes?: readonly Label[];
  readonly coefficients?: Matrix;
  readonly intercepts?: Float64Array;
  predict(X: Table): Label[] | Float64Array;
  scores?(X: Table): Matrix;
  probabilities?(X: Table): Matrix;
  partialFit(X: Table, y: ArrayLike<Label>, options?: PartialFitOptions): AnyFitted;
}

type Options = Omit<NonNullable<Parameters<typeof linearRegression>[0]>, "loss"> &
  Parameters<typeof networkClassifier>[0];

export interface Trial {
  readonly name: string;
  readonly kind: string;
  readonly X: Matrix;
  readonly y: Label[];
  /** Number of classes, 0 for a regression. */
  readonly classes: number;
  readonly probabilistic: boolean;
  readonly linear: boolean;
  /** Whether the loss depends on the training rows: the width of its quadratic interval. */
  readonly tuned?: boolean;
  /** The prediction of a linear score; absent where it is the score. */
  readonly mean?: (z: number) => number;
  /** Whether the optimum is unique. */
  readonly convex: boolean;
  make(options?: Options): Estimator<ArrayLike<Label>, AnyFitted>;
}

const NAMES = ["ant", "bee", "cat"];

/** Rows of three columns with very different means and deviations; classes overlap a little, or a number depends on them. */
function tableOf(classes: number, rows = 61): { X: Matrix; y: Label[] } {
  const draw = random(classes).fork("trial");
  const X = new Float64Array(rows * 3);
  const y: Label[] = [];
  for (let i = 0; i < rows; i++) {
    const c = classes === 0 ? 0 : i % classes;
    const [a, b, d] = [draw.normal() + 1.5 * (c === 1 ? 1 : 0), draw.normal() + 1.5 * (c === 2 ? 1 : 0), draw.normal()];
    X.set([100 + 30 * a, 0.01 * b, -4 + d + 0.5 * a], 3 * i);
    y.push(classes === 0 ? 40 + 5 * (a - 2 * b + 0.3 * draw.normal()) : NAMES[c]!);
  }
  return { X: { data: X, rows, columns: 3 }, y };
}

const two = tableOf(2);
const three = tableOf(3);
const number = tableOf(0);
const counts = { ...number, y: number.y.map((y) => Math.max(0, Math.round((y as number) / 5 - 5))) };
const linearModel = { linear: true, convex: true };
const networkModel = { linear: false, convex: false, kind: "network" };
const svmModel = { ...linearModel, kind: "svm", probabilistic: false };

export const trials: readonly Trial[] = [
  {
    ...{ name: "linearRegression", kind: "linear", ...number, classes: 0, probabilistic: false, ...linearModel },
    make: (options) => linearRegression(options) as Estimator<ArrayLike<unknown>, AnyFitted>,
  },
  ...(
    [
      ["huber", { delta: 3 }],
      ["absolute", {}],
      ["quantile", { quantile: 0.8 }],
    ] as const
  ).map(
    ([loss, own]): Trial => ({
      ...{ name: `linearRegression ${loss}`, kind: "linear", ...number, classes: 0, probabilistic: false },
      ...linearModel,
      tuned: loss !== "huber",
      make: (options) => linearRegression({ loss, ...own, ...options }) as Estimator<ArrayLike<unknown>, AnyFitted>,
    }),
  ),
  {
    ...{
      name: "linearRegression poisson",
      kind: "linear",
      ...counts,
      classes: 0,
      probabilistic: false,
      ...linearModel,
    },
    mean: Math.exp,
    make: (options) => linearRegression({ loss: "poisson", ...options }) as Estimator<ArrayLike<unknown>, AnyFitted>,
  },
  {
    ...{ name: "logisticRegression", kind: "logistic", ...two, classes: 2, probabilistic: true, ...linearModel },
    make: (options) => logisticRegression(options),
  },
  {
    ...{ name: "softmaxRegression", kind: "softmax", ...three, classes: 3, probabilistic: true, ...linearModel },
    make: (options) => softmaxRegression(options),
  },
  {
    ...{ name: "softmaxRegression of two", kind: "softmax", ...two, classes: 2, probabilistic: true, ...linearModel },
    make: (options) => softmaxRegression(options),
  },
  ...([two, three] as const).flatMap((table, at) =>
    (["hinge", "squaredHinge"] as const).map(
      (loss): Trial => ({
        ...{ name: `linearSvm ${loss} of ${at + 2}`, ...table, classes: at + 2, ...svmModel },
        make: (options) => linearSvm({ loss, ...options }),
      }),
    ),
  ),
  {
    ...{ name: "networkClassifier", ...three, classes: 3, probabilistic: true, ...networkModel },
    make: (options) => networkClassifier({ hidden: [5], ...options }),
  },
  {
    ...{ name: "networkRegression", ...number, classes: 0, probabilistic: false, ...networkModel },
    make: (options) =>
      networkRegression({ hidden: [4, 3], activation: "tanh", ...options }) as Estimator<ArrayLike<unknown>, AnyFitted>,
  },
];

/** All predictions of a model for some rows, as one list of numbers (labels as positions of their classes). */
export function answers(fitted: AnyFitted, X: Table): number[] {
  const predicted = Array.from(fitted.predict(X) as ArrayLike<Label>, (label) =>
    typeof label === "number" ? label : fitted.classes!.indexOf(label),
  );
  const scores = fitted.scores?.(X).data ?? [];
  const probabilities = fitted.kind === "svm" ? [] : (fitted.probabilities?.(X).data ?? []);
  return [...predicted, ...scores, ...probabilities];
}

/** Real-valued outputs: the scores of a classifier, the predictions of a regression. */
export const outputs = (fitted: AnyFitted, X: Table): Float64Array =>
  (fitted.scores?.(X).data ?? fitted.predict(X)) as Float64Array;

/** Largest difference of entries, relative to the largest entry (1 at least). */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let off = 0;
  let size = 1;
  for (let i = 0; i < a.length; i++) {
    off = Math.max(off, Number.isNaN(a[i]! - b[i]!) ? Infinity : Math.abs(a[i]! - b[i]!));
    size = Math.max(size, Math.abs(b[i]!));
  }
  return off / size;
}

/** Some rows of a trial. */
export const rowsOf = ({ X, y }: Pick<Trial, "X" | "y">, rows: readonly number[]): { X: Matrix; y: Label[] } => ({
  X: takeRows(X, rows),
  y: rows.map((row) => y[row]!),
});

export const text = (fitted: { toJSON(): unknown }): string => JSON.stringify(fitted);
