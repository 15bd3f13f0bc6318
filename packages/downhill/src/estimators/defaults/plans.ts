// The defaults of options that depend on the model and on the data.
import { adam } from "../../optimizers/adam.ts";
import { automatic } from "../../optimizers/automatic.ts";
import { descent } from "../../optimizers/descent.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import { plain } from "../../optimizers/plain.ts";
import { scaleByColumns } from "../../optimizers/scaleByColumns.ts";
import { cosine, inverseTime, type Schedule } from "../../optimizers/schedules.ts";
import { hasHingeMemory } from "../../training/objective/hingeSteps.ts";
import type { BatchSize } from "../../training/order/batchSize.ts";
import type { Averaging } from "../../training/state/averaging.ts";
import type { Start } from "../../training/trainOptions.ts";
import type { StopOptions } from "../fit/options.ts";
import type { Scaling } from "../fit/scaling.ts";
import { lateCosine } from "./lateCosine.ts";
import { pilotRate } from "./pilotRate.ts";

/** The options of a run: those of the user, and defaults for the others. */
export interface Plan {
  readonly batchSize: BatchSize;
  readonly epochs: number;
  readonly start: Start;
  /** Makes the default optimizer. This can take passes over the data, so it is called only if the user passes none. */
  optimizer(): Optimizer;
  /** The default of the rule `stop.remaining`. */
  readonly remaining?: number;
  readonly average?: Averaging;
}

/** The facts and the options of the user that defaults depend on. */
export interface PlanInput {
  /** Training rows. */
  readonly rows: number;
  /** Columns of X. */
  readonly features: number;
  /** Scores of a row. */
  readonly outputs: number;
  readonly l2: number;
  /** Number of updates in earlier fits; schedules count them. */
  readonly updates: number;
  /** Whether a fitted model is trained further (`partialFit`). There may be few new rows, so steps should be small. */
  readonly continued: boolean;
  /** Options of the user. */
  readonly optimizer: Optimizer | undefined;
  readonly batchSize: BatchSize | undefined;
  readonly epochs: number | undefined;
  /**
   * Expected smoothness of the objective without penalty in batches of `batchRows` rows, with the term for earlier rows: with the
   * columns of the fit, or with other ones.
   */
  smoothness(batchRows: number, columns?: Scaling): number;
  /**
   * For the first fit of columns that are not standardized, without l1: their means m, and √(deviation² + l2 / c), where c is
   * the curvature of the loss; else null.
   */
  rawColumns(): Scaling | null;
  /** The objective after a short run on at most 10 000 rows. */
  objectiveAfter(optimizer: Optimizer, run: { readonly batchRows: number; readonly epochs: number }): number;
}

const REMAINING = 1e-9;

const HINGE_REMAINING = 1e-3;

const MANY_ROWS = 100_000;

/** The default l2 of models that may have no optimum without a penalty, as for separable classes. */
export const oneByRows = (rows: number): number => 1 / rows;

const rowsOf = (batchSize: BatchSize, rows: number): number => (batchSize === "full" ? rows : batchSize);

/**
 * The plan of linear models with a smooth loss. In full batch: `automatic()`, until objective − optimum is at most 1e-9 of the
 * objective; for `partialFit` plain descent with learning rate 1/(𝓛 + l2). In mini-batches: `pilotedPlan`. Without an optimizer
 * of the user the default is full batch; with one that accepts mini-batches, many rows are trained in mini-batches.
 */
export function smoothPlan(input: PlanInput): Plan {
  const { rows, l2, continued, smoothness, ...chosen } = input;
  const many = rows > MANY_ROWS && (chosen.optimizer ? !chosen.optimizer.fullBatch : continued);
  const batchSize = chosen.batchSize ?? (many ? 256 : "full");
  if (rowsOf(batchSize, rows) < rows)
    return pilotedPlan(input, batchSize, chosen.epochs ?? (rows > MANY_ROWS ? 20 : 100), lateCosine);
  return {
    batchSize,
    epochs: chosen.epochs ?? 10_000,
    start: "zeros",
    optimizer: () => (continued ? plain(1 / (smoothness(rows) + l2)) : automatic()),
    ...(!continued && { remaining: REMAINING }),
  };
}

/**
 * The plan of the hinge, whose gradient is not continuous. In full batch with l2 > 0: `automatic()`, until objective − optimum is proven
 * to be at most 1e-3 of the objective. In mini-batches, without l2, with another optimizer, and for more than 2^25 / (3 · scores + 4) rows
 * (4.8 million for two classes), whose numbers would take too much memory: `pilotedPlan`, by default in batches of 16. For `partialFit`: subgradient descent with learning rate 1/(l2 (t − 1 + t₀)), t₀ = 𝓛/l2 + 1, with the 𝓛 of the full batch, and
 * parameters averaged with weight t.
 *
 * Source: Shalev-Shwartz et al., “Pegasos”, 2011 (the learning rate); Lacoste-Julien, Schmidt and Bach, 2012 (the average).
 */
export function hingePlan(input: PlanInput): Plan {
  const { rows, outputs, l2, continued, smoothness, ...chosen } = input;
  const isKnown = chosen.optimizer === undefined || chosen.optimizer.usesMetric;
  const canSolve = l2 > 0 && isKnown && hasHingeMemory(rows, outputs);
  if (!continued && canSolve && rowsOf(chosen.batchSize ?? "full", rows) >= rows) {
    const { epochs = 1000 } = chosen;
    return { batchSize: "full", epochs, start: "zeros", optimizer: automatic, remaining: HINGE_REMAINING };
  }
  const batchSize = chosen.batchSize ?? (chosen.optimizer?.fullBatch ? "full" : Math.min(rows, 16));
  const epochs = chosen.epochs ?? (rows > MANY_ROWS ? 20 : 200);
  const falling = (rate: number, updates: number): Schedule => cosine(rate, { updates });
  if (!continued) return pilotedPlan(input, batchSize, epochs, falling);
  function optimizer(): Optimizer {
    const rate = 1 / (smoothness(rows) + l2);
    return plain(inverseTime(rate, { decay: l2 * rate }));
  }
  return { batchSize, epochs, start: "zeros", optimizer, average: { weight: "t" } };
}

/**
 * Plain descent in mini-batches with a falling learning rate. It begins at the rate of `pilotRate`, whose short runs have a
 * twentieth of the epochs; for `partialFit` it begins at 1/(𝓛 + l2).
 *
 * Raw columns of different units make the condition number very large. So for these the direction is that of descent on scaled
 * columns (`scaleByColumns`), with the l2 of the raw columns: the steps change, the objective does not.
 */
function pilotedPlan(
  input: PlanInput,
  batchSize: BatchSize,
  epochs: number,
  falling: (rate: number, updates: number) => Schedule,
): Plan {
  const { rows, l2, updates: done, continued, smoothness, rawColumns, objectiveAfter } = input;
  const batchRows = rowsOf(batchSize, rows);
  const updates = epochs * Math.ceil(rows / batchRows);
  function optimizer(): Optimizer {
    const columns = rawColumns();
    const optimizerWith = (rate: number | Schedule): Optimizer =>
      columns ? { ...descent(rate, scaleByColumns(columns)), name: "scaledPlain" } : plain(rate);
    const shortest = columns ? columns.scale.reduce((a, b) => Math.min(a, b), Infinity) : 1;
    const bound = 1 / (smoothness(batchRows, columns ?? undefined) + l2 / (shortest * shortest));
    const short = { batchRows, epochs: Math.ceil(epochs / 20) };
    const rate = continued ? bound : pilotRate(bound, (rate) => objectiveAfter(optimizerWith(rate), short));
    const schedule = falling(rate, updates);
    return optimizerWith((t) => schedule(t - done));
  }
  return { batchSize, epochs, start: "zeros", optimizer };
}

const NETWORK_BATCH = 32;
const MANY_UPDATES = 4000; // fewer updates need larger steps

/**
 * The plan of networks, from a random start. In full batch: `automatic()`. In mini-batches: Adam in batches of 32. The solution is
 * then the average with weight "t8": the noise of batches changes it less than the last parameters.
 *
 * A step of Adam changes each weight by about the learning rate, so it changes the sum of many inputs more: with d columns the
 * learning rate is 0.01 · s · min(1, √(32/d)). The factor s is √(4000/updates), but at most 2 and at least √(rows of a batch / 32) or
 * 1: a short run needs larger steps, and the gradients of small batches are noisier. The rate is constant in the first half and
 * falls along a cosine in the second.
 *
 * `partialFit` uses Adam with s = 1 and a constant rate. With fewer rows than a batch the rate is smaller in proportion. So single
 * rows change the model about as much as a batch of them.
 */
export function networkPlan({ rows, features, continued, ...chosen }: PlanInput): Plan {
  const batchSize = chosen.batchSize ?? Math.min(rows, rows > MANY_ROWS ? 256 : NETWORK_BATCH);
  const epochs = chosen.epochs ?? (rows > MANY_ROWS ? 20 : 200);
  const batchRows = rowsOf(batchSize, rows);
  const full = batchRows >= rows;
  const rate = 0.01 * Math.min(1, Math.sqrt(32 / features));
  function optimizer(): Optimizer {
    if (continued) return adam(rate * Math.min(1, rows / NETWORK_BATCH));
    if (full) return automatic();
    const updates = epochs * Math.ceil(rows / batchRows);
    const lowest = Math.sqrt(Math.min(1, batchRows / NETWORK_BATCH));
    return adam(lateCosine(rate * Math.max(lowest, Math.min(2, Math.sqrt(MANY_UPDATES / updates))), updates));
  }
  return {
    batchSize,
    epochs,
    start: "random",
    optimizer,
    ...(!continued && !full && { average: { weight: "t8" } }),
  };
}

const VALIDATED_ROWS = 100; // a tenth of fewer rows is too few to measure a loss

/**
 * The stop rules of networks: early stopping with a tenth of the rows as validation rows. With fewer than 100 rows there are
 * none, and the run ends after its last epoch.
 */
export const networkStop = (rows: number): StopOptions =>
  rows < VALIDATED_ROWS ? {} : { validation: { share: 0.1, patience: rows > MANY_ROWS ? 5 : 20 } };
