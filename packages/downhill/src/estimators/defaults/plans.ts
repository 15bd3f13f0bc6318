// What an estimator does when it is not told: one rule per kind of model.
import { adam } from "../../optimizers/adam.ts";
import { automatic } from "../../optimizers/automatic.ts";
import type { Optimizer } from "../../optimizers/optimizer.ts";
import { plain } from "../../optimizers/plain.ts";
import { cosine, inverseTime } from "../../optimizers/schedules.ts";
import type { BatchSize } from "../../training/order/batchSize.ts";
import type { Averaging } from "../../training/state/averaging.ts";
import type { Start } from "../../training/trainOptions.ts";

/** The run an estimator chooses. */
export interface Plan {
  readonly batchSize: BatchSize;
  readonly epochs: number;
  readonly start: Start;
  /** Made only when the user has chosen none: it may need passes over the data. */
  optimizer(): Optimizer;
  /** Share of the objective that may be left at the end. */
  readonly remaining?: number;
  readonly average?: Averaging;
}

/** What is known when the plan is made. */
export interface Situation {
  /** Training rows. */
  readonly rows: number;
  readonly l2: number;
  /** Updates done by earlier fits, which the clock of schedules counts. */
  readonly updates: number;
  /** Whether a fitted model goes on, on rows that may be few: then a step should be small. */
  readonly again: boolean;
  /** What the user has chosen already. */
  readonly optimizer: Optimizer | undefined;
  readonly batchSize: BatchSize | undefined;
  readonly epochs: number | undefined;
  /** Expected smoothness of the unpenalised objective in batches of so many rows, with the pull of rows of earlier fits. */
  smoothness(batchRows: number): number;
}

const REMAINING = 1e-9;

const MANY_ROWS = 100_000;

/** The l2 of a model whose objective may have no optimum without one, such as that of separable classes: 1 / rows. */
export const oneByRows = (rows: number): number => 1 / rows;

const rowsOf = (batchSize: BatchSize, rows: number): number => (batchSize === "full" ? rows : batchSize);

/**
 * In full batch the automatic rate, until at most 1e-9 of the objective is left. In mini-batches, and in full batch from a fitted model, plain
 * descent at rate 1/(𝓛 + l2); mini-batches along a cosine. Mini-batches by default where many rows meet an optimizer
 * that takes them.
 */
export function smoothPlan({ rows, l2, updates: done, again, smoothness, ...chosen }: Situation): Plan {
  const many = rows > MANY_ROWS && (chosen.optimizer ? !chosen.optimizer.fullBatch : again);
  const batchSize = chosen.batchSize ?? (many ? 256 : "full");
  const batchRows = rowsOf(batchSize, rows);
  const rate = (): number => 1 / (smoothness(batchRows) + l2);
  if (batchRows >= rows) {
    return {
      batchSize,
      epochs: chosen.epochs ?? 10_000,
      start: "zeros",
      optimizer: () => (again ? plain(rate()) : automatic()),
      ...(!again && { remaining: REMAINING }),
    };
  }
  const epochs = chosen.epochs ?? (rows > MANY_ROWS ? 20 : 100);
  const updates = epochs * Math.ceil(rows / batchRows);
  function optimizer(): Optimizer {
    const schedule = cosine(rate(), { updates });
    return plain((t) => schedule(t - done));
  }
  return { batchSize, epochs, start: "zeros", optimizer };
}

/**
 * Subgradient descent at rate 1/(l2 (t − 1 + t₀)), t₀ = 𝓛/l2 + 1 with the 𝓛 of full batch, which the average forgives;
 * the parameters are averaged with weight t.
 *
 * Source: Shalev-Shwartz et al., “Pegasos”, 2011 (the rate); Lacoste-Julien, Schmidt and Bach, 2012 (the average).
 */
export function hingePlan({ rows, l2, smoothness, ...chosen }: Situation): Plan {
  function optimizer(): Optimizer {
    const rate = 1 / (smoothness(rows) + l2);
    return plain(inverseTime(rate, { decay: l2 * rate }));
  }
  return {
    batchSize: chosen.batchSize ?? Math.min(rows, 16),
    epochs: chosen.epochs ?? (rows > MANY_ROWS ? 20 : 200),
    start: "zeros",
    optimizer,
    average: { weight: "t" },
  };
}

const NETWORK_BATCH = 32;

/**
 * Adam at 0.01 in batches of 32, from the random start. A fitted model that goes on, on fewer rows than a batch, takes a
 * step that is smaller by as much: rows that come one by one move it as far as the same rows in batches.
 */
export function networkPlan({ rows, again, ...chosen }: Situation): Plan {
  return {
    batchSize: chosen.batchSize ?? Math.min(rows, rows > MANY_ROWS ? 256 : NETWORK_BATCH),
    epochs: chosen.epochs ?? (rows > MANY_ROWS ? 20 : 200),
    start: "random",
    optimizer: () => adam(again ? 0.01 * Math.min(1, rows / NETWORK_BATCH) : 0.01),
  };
}
