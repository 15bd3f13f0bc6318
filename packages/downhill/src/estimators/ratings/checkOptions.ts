// Checks of the options of a factorization, and of their combinations.
import {
  InputRangeError,
  InputTypeError,
  requireKnown,
  requireNonNegative,
  requireNumber,
  requireOneOf,
  requirePositive,
  requireSize,
  show,
} from "../../core/check.ts";
import { termNames } from "../../predictors/factors.ts";
import { orderNames } from "../../training/order/rowOrder.ts";
import { checkDescentOptions } from "../fit/options.ts";
import { duplicateRules } from "./duplicates.ts";
import type { FactorizationOptions } from "./factorizationOptions.ts";

const ownNames = "feedback loss negatives rates duplicates rank penalty biases mean scale".split(" ");

/** Options that only ratings have, and options that only implicit feedback has. */
const onlyExplicit = ["mean", "scale", "standardize"] as const;
const onlyImplicit = ["loss", "negatives"] as const;

/** @throws TypeError or RangeError for an option that is not allowed, or for two that do not fit together */
export function checkFactorizationOptions(functionName: string, options: FactorizationOptions): void {
  const { l2, ...others } = options;
  checkDescentOptions(functionName, { ...others, ...(typeof l2 !== "object" && { l2 }) }, ownNames, orderNames);
  requireOneOf(functionName, "feedback", options.feedback ?? "explicit", ["explicit", "implicit"]);
  requireOneOf(functionName, "duplicates", options.duplicates ?? "mean", duplicateRules);
  requireSize(functionName, "rank", options.rank ?? 10);
  requireOneOf(functionName, "penalty", options.penalty ?? "perRating", ["perRating", "uniform"]);
  requireScale(functionName, options.scale);
  if (options.mean !== undefined) requireNumber(functionName, "mean", options.mean);
  requireOneOf(functionName, "loss", options.loss ?? "bpr", ["bpr", "logistic"]);
  requireSize(functionName, "negatives", options.negatives ?? 1);
  requireTerms(functionName, "rates", options.rates, requirePositive);
  if (typeof l2 === "object") requireTerms(functionName, "l2", l2, requireNonNegative);
  if (typeof l2 === "object" && options.penalty === "uniform") {
    throw new InputTypeError(
      `${functionName}: l2 must be one number with penalty "uniform", got an object. Pass a number, or leave out the penalty.`,
    );
  }
  requireFitting(functionName, options);
}

/** @throws TypeError for options of ratings with implicit feedback, or options of implicit feedback with ratings */
function requireFitting(functionName: string, options: FactorizationOptions): void {
  const isImplicit = options.feedback === "implicit";
  for (const name of isImplicit ? onlyExplicit : onlyImplicit) {
    if (options[name] === undefined) continue;
    const advice = isImplicit ? "Leave it out." : 'Leave it out, or pass feedback: "implicit".';
    throw new InputTypeError(
      `${functionName}: ${name} works only with ${isImplicit ? "ratings" : "implicit feedback"}, got ${show(options[name])}. ${advice}`,
    );
  }
  if (!isImplicit) return;
  if (options.penalty === "uniform") {
    throw new InputTypeError(
      `${functionName}: penalty must be "perRating" with implicit feedback, got "uniform". Leave it out.`,
    );
  }
  if (options.order === "grid") {
    throw new InputTypeError(
      `${functionName}: order must not be "grid" with implicit feedback, because each epoch has other negative items. Leave it out.`,
    );
  }
}

function requireTerms(
  functionName: string,
  name: string,
  terms: FactorizationOptions["rates"],
  requireTerm: (functionName: string, name: string, value: number) => void,
): void {
  if (terms === undefined) return;
  requireKnown(functionName, terms, termNames, `term of ${name}`);
  for (const term of termNames) requireTerm(functionName, `${name}.${term}`, terms[term]);
}

function requireScale(functionName: string, scale: FactorizationOptions["scale"]): void {
  if (scale == null || (scale.length === 2 && scale.every(Number.isFinite) && scale[0] < scale[1])) return;
  const got = Array.isArray(scale) ? `[${scale.join(", ")}]` : show(scale);
  throw new InputRangeError(
    `${functionName}: scale must be two finite numbers, the lower one first, or null, got ${got}. Pass [1, 5], for example.`,
  );
}
