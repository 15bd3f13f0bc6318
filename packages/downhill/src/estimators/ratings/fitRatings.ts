// From ratings in memory to a run of the trainer.
import { requireKnown } from "../../core/check.ts";
import type { Pairs } from "../../core/pairs.ts";
import type { FitRun } from "../fit/steps.ts";
import { dividedRatings } from "./dividedRatings.ts";
import type { FactorizationData, FittedFactorization } from "./factorization.ts";
import type { FactorizationOptions, FactorizationStepOptions } from "./factorizationOptions.ts";
import { implicitPlan } from "./implicitPlan.ts";
import { memoryData } from "./memoryRatings.ts";
import { ratingPlan } from "./ratingPlan.ts";
import { ratingRun } from "./ratingRun.ts";
import { checkedRatings, indexed, positiveRatings, type Ratings, seenLists } from "./ratings.ts";

/**
 * Starts the run of a fit.
 *
 * @param functionName  the public function, for errors
 * @throws RangeError or TypeError for ratings or options that are not allowed
 */
export function startRatingFit(
  functionName: "fit" | "prepare",
  options: FactorizationOptions,
  table: Ratings | Pairs,
  { seen, ...runOptions }: FactorizationStepOptions,
): FitRun<FactorizationData, FittedFactorization> {
  requireKnown(functionName, runOptions, ["resume", "threads", "ranks", "seen", "every"]);
  const isImplicit = options.feedback === "implicit";
  const given = isImplicit ? positiveRatings(functionName, table) : checkedRatings(functionName, table as Ratings);
  const users = indexed(functionName, "users", table.users);
  const items = indexed(functionName, "items", table.items);
  const divided = dividedRatings(functionName, [users, items, given], options);
  const rows = { functionName, ...divided, users: users.labels.length, items: items.labels.length };
  const plan = isImplicit ? implicitPlan(options, rows, users) : ratingPlan(options, memoryData(rows));
  const found = {
    users: users.labels,
    items: items.labels,
    seen: seenLists(functionName, users, items, seen),
    ratings: rows.train.length,
    validation: rows.validation?.length,
  };
  return ratingRun(options, found, plan, runOptions);
}
