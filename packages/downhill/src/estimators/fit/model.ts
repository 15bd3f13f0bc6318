import { frozenCopy } from "../../core/frozenCopy.ts";
import type { Label } from "../../core/label.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { Vector } from "../../core/vector.ts";
import type { Loss } from "../../losses/loss.ts";
import type { Predictor } from "../../predictors/predictor.ts";
import type { Plan, PlanInput } from "../defaults/plans.ts";
import type { FittedData, TableKind } from "../fitted/fittedData.ts";
import type { StopOptions } from "./options.ts";
import type { Scaling } from "./scaling.ts";
import type { Table } from "./table.ts";

/** Targets in the form that a loss needs. */
export interface Targets {
  /** One row per example. */
  readonly numbers: Matrix;
  /** The classes of a classifier; null for a regression. */
  readonly classes: readonly Label[] | null;
  /** The scaling of a regression's targets; null if they are not scaled. */
  readonly scaling: Scaling | null;
  /** One weight per row, from class weights; null if there are none. */
  readonly weights: Float64Array | null;
}

/** Properties of the targets that are known before they are read: from an earlier fit or from the training rows. */
export type KnownTargets = Pick<FittedData, "classes" | "targetScaling">;

/** Options of `partialFit`. */
export interface PartialFitOptions {
  /** Number of passes over the new rows [1]. */
  readonly epochs?: number;
  /** One number ≥ 0 per row; they are scaled to mean 1 [all 1]. */
  readonly weights?: ArrayLike<number>;
}

/** Continues the training of a fitted model on other rows. */
export type PartialFit<Y, F> = (fittedData: FittedData, X: Table<unknown>, y: Y, options?: PartialFitOptions) => F;

/** Training rows, for settings that depend on them: at most 100 000, evenly spaced. */
export interface TrainingRows {
  /** The targets, one per row. */
  readonly y: Vector;
  readonly weights: Float64Array | null;
  /** The mean target of all training rows. */
  mean(): number;
  /** The number of columns. */
  readonly features: number;
  /** Minimises the objective with a predictor and a loss, roughly: at most 100 epochs. */
  roughFit(
    predictor: Predictor,
    loss: Loss,
    start: Vector,
  ): { readonly params: Float64Array; readonly scores: Float64Array };
}

/** The facts on which the curvature of a loss depends. */
export interface CurvatureFacts {
  readonly settings: FittedData["settings"];
  /** The largest target, and the largest score at the start of the run. */
  largest(): { readonly target: number; readonly score: number };
}

/** Everything in which one model of a table differs from another: Y is the type of its targets, F of its fitted models. */
export interface Model<Y, F> {
  /** The name of the public function that makes its estimators, for messages and specs. */
  readonly functionName: string;
  readonly kind: TableKind;
  readonly settings: FittedData["settings"];
  /** Settings that depend on the training rows, and the start that fits them. Absent where options determine all settings. */
  settle?(rows: TrainingRows): { readonly settings: FittedData["settings"]; readonly start?: Vector };
  /** Weight of the penalty Σ |w|; 0 for none. */
  readonly l1: number;
  /** The default of l2 for a number of training rows and their mean target. */
  defaultL2(rows: number, meanTarget: () => number): number;
  /** Names of the options beside those of all models. */
  readonly optionNames: readonly string[];
  targets(functionName: string, y: Y, known: KnownTargets | undefined): Targets;
  build(
    features: number,
    targets: Pick<Targets, "classes">,
    settings: FittedData["settings"],
  ): { predictor: Predictor; loss: Loss };
  /** The largest second derivative of the loss with respect to a score, or a typical one where no bound is useful. */
  curvature(facts: CurvatureFacts): number;
  /** The values of the options that the user left out. */
  plan(input: PlanInput): Plan;
  /** The rules `stop` for a number of rows, if the user passes neither these nor an optimizer. Absent for none. */
  stop?(rows: number): StopOptions;
  fitted(fittedData: FittedData, partialFit: PartialFit<Y, F>): F;
}

/** The fitted model of data. The typed arrays of the data are not copied, so the caller must not change them. */
export const fittedModel = <Y, F>(model: Model<Y, F>, fittedData: FittedData, partialFit: PartialFit<Y, F>): F =>
  model.fitted(frozenCopy(fittedData, "kept"), partialFit);
