import type { FitRun } from "../fit/steps.ts";
import type { FactorizationData, FittedFactorization } from "./factorization.ts";
import type { FactorizationOptions, FactorizationStepOptions } from "./factorizationOptions.ts";
import type { RatingData } from "./ratingPlan.ts";
import type { RatingFacts } from "./ratingRun.ts";

/** Starts a run of a factorization on the ratings that `ratingsFor` returns. */
type StartOnRatings = (
  ratingsFor: (options: FactorizationOptions) => { readonly facts: RatingFacts; readonly data: RatingData },
  runOptions: Omit<FactorizationStepOptions, "seen">,
) => FitRun<FactorizationData, FittedFactorization>;

/** How factorizations start on ratings that are not in memory. */
export const ratingStarts = new WeakMap<object, StartOnRatings>();
