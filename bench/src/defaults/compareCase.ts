import { DivergenceError, type Matrix, type Step, sweepRates, train } from "downhill";
import { batches, type Case, type Group, type PreparedCase, prepareCase, standardColumns } from "./cases.ts";
import { hingeOptimum } from "./hingeOptimum.ts";

export const RATES = 25;

/** Distances from the optimum as shares of that of the start: (F − F*) / (F₀ − F*). */
export interface CaseResult extends Case {
  /** Of a fit with the default settings; Infinity if it diverged. */
  readonly byDefault: number;
  /** Of the best of 25 constant learning rates, with as many epochs as the fit with the default settings. */
  readonly bestRate: number;
  /** Whether byDefault ≤ 1.05 · bestRate + 1e-3. */
  readonly isNear: boolean;
}

/** Compares the default settings with the best of 25 constant rates, for each kind of batches. */
export function compareGroup(group: Group): CaseResult[] {
  const lowest = lowestKnown(group);
  return batches.map((batch) => compareCase({ ...group, batch }, lowest));
}

/** @param lowest  the optimum, or Infinity where it is not known */
export function compareCase(chosen: Case, lowest = lowestKnown(chosen)): CaseResult {
  const { prepared, optimizerWith } = prepareCase(chosen);
  const { problem, optimizer, options } = prepared;
  let last: Step | undefined;
  let value = Infinity;
  let firstRate = 0;
  try {
    for (const step of train(problem, optimizer, { ...options, every: "epoch" })) {
      last = step;
      firstRate ||= step.learningRate;
    }
    value = last!.objective();
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
  }
  const { batchSize, order, start, seed } = options;
  const sweep = sweepRates(problem, optimizerWith, {
    rates: optimizer.name === "plain" ? ratesAround(firstRate) : RATES,
    updates: last?.t ?? 1,
    ...definedOf({ batchSize, order, start, seed }),
  });
  const swept = Math.min(...sweep.trials.map(({ objective }) => objective ?? Infinity));
  const optimum = Math.min(lowest, value, swept);
  const shareOf = (objective: number): number => (objective - optimum) / (sweep.start - optimum);
  const [byDefault, bestRate] = [shareOf(value), shareOf(swept)];
  return { ...chosen, byDefault, bestRate, isNear: byDefault <= 1.05 * bestRate + 1e-3 };
}

/** Rates from a thousandth to a thousand times a rate. */
const ratesAround = (rate: number): number[] => Array.from({ length: RATES }, (_, i) => rate * 10 ** (i / 4 - 3));

const definedOf = <T extends object>(options: T): T =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;

/**
 * The optimum of the hinge, and that of a smooth linear model, where at most 1e-12 of the objective remains. Of networks and factorizations only the lowest
 * objective of all runs is known; this is that of a long run in full batch.
 */
function lowestKnown({ model, table, standardize }: Group): number {
  if (model === "network") return Infinity;
  const { prepared, X, y } = prepareCase({ model, table, standardize, batch: "full" });
  if (model === "SVM, hinge") return svmOptimum(X, y, standardize);
  const { problem, optimizer, options } = prepared;
  const end = model === "factorization" ? { epochs: 1000 } : { stop: { remaining: 1e-12 } };
  let lowest: Step | undefined;
  for (const step of train(problem, optimizer, { ...options, ...end, every: "epoch" })) lowest = step;
  return lowest!.objective();
}

/** The optimum of a linear SVM: one problem for two classes, else one for each class, with l2 = 1 / rows. */
function svmOptimum(X: Matrix, y: PreparedCase["y"], standardized: boolean): number {
  const columns = standardized ? standardColumns(X) : X;
  const classes = [...new Set(y)].sort();
  return (classes.length === 2 ? classes.slice(1) : classes).reduce<number>((sum, label) => {
    const signs = y.map((other) => (other === label ? 1 : -1));
    return sum + hingeOptimum(columns, signs, 1 / X.rows);
  }, 0);
}
