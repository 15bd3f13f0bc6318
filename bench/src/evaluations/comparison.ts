import type { Evaluations } from "./ownEvaluations.ts";
import type { EvaluationProblem, Loss } from "./problems.ts";

/** The share of the way from the start to the optimum that may remain. */
export const REMAINING = 1e-9;

/** The numbers of evaluations until at most `REMAINING` of the way remains. */
export interface Comparison {
  readonly name: string;
  readonly loss: Loss;
  readonly rows: number;
  readonly columns: number;
  readonly l1: number;
  /** Of Downhill's default settings; null if they do not reach the optimum. */
  readonly own: number | null;
  /** The cost of its metrics, as a number of evaluations. */
  readonly metrics: number;
  /** Of SciPy's L-BFGS-B with its best memory; null if it does not reach the optimum. */
  readonly scipy: number | null;
}

/** Compares the runs of a problem. The optimum is the lowest value of all runs. */
export function compare(
  { name, loss, X, l1 }: EvaluationProblem,
  own: Evaluations,
  others: readonly (readonly number[])[],
): Comparison {
  const runs = [own.values, ...others];
  const optimum = runs.reduce(
    (lowest, values) => values.reduce((least, value) => Math.min(least, value), lowest),
    Infinity,
  );
  const enough = optimum + REMAINING * (own.values[0]! - optimum);
  const first = (values: readonly number[]): number => {
    const at = values.findIndex((value) => value <= enough);
    return at < 0 ? Infinity : at + 1;
  };
  const count = first(own.values);
  const scipy = Math.min(...others.map(first));
  return {
    ...{ name, loss, rows: X.rows, columns: X.columns, l1 },
    own: count === Infinity ? null : count,
    metrics: own.metrics[Math.min(count, own.metrics.length) - 1]!,
    scipy: scipy === Infinity ? null : scipy,
  };
}
