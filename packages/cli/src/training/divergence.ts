// The message on a run that diverged, and the options with which it does not diverge.
import type { DivergenceError } from "downhill";
import { canOmitRate } from "../options/compatibility.ts";
import type { ModelName } from "../options/modelNames.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import { causeText, type DivergenceCause } from "./divergenceCause.ts";

const MODERATE_RATE = 0.01; // for standardized columns

/** The message for a diverged run: what happened, the advice, and whether the model was written (`kept`). */
export function divergenceMessage(
  { what, update, learningRate, suggestedRate }: DivergenceError,
  {
    options,
    model,
    kept,
    cause,
  }: {
    readonly options: TrainOptions;
    readonly model: ModelName;
    readonly kept: boolean;
    readonly cause: DivergenceCause;
  },
): string {
  const when = update === 0 ? "before the first update" : `at update ${update}, with the learning rate ${learningRate}`;
  const happened = `train: the run diverged ${when}: ${what}.`;
  const written = kept
    ? "The diverged model was saved, because --keep-diverged is set."
    : `No model was written${options.keepDiverged || update === 0 ? ", because there was none yet" : "; --keep-diverged would write it"}.`;
  const remedy = update === 0 ? tooLarge(options) : advice(options, model, { learningRate, suggestedRate });
  const why = update === 0 ? "" : causeText(cause, learningRate);
  return [happened, why, remedy, written].filter((sentence) => sentence !== "").join(" ");
}

/** The advice if the loss is not finite before the first update, where no learning rate helps. */
const tooLarge = ({ l2 }: TrainOptions): string =>
  l2 === undefined ? "Divide large columns by a power of ten in a query (SELECT … / 1e6 AS …)." : "Use a smaller --l2.";

function advice(
  options: TrainOptions,
  model: ModelName,
  { learningRate, suggestedRate }: Pick<DivergenceError, "learningRate" | "suggestedRate">,
): string {
  if (suggestedRate !== undefined) return `Use --learning-rate ${suggestedRate} or lower.`;
  const rateCanGo = options.learningRate !== undefined && canOmitRate(options, model);
  const leaveOut = [
    ...(options.standardize === false ? ["--no-standardize"] : []),
    ...(options.optimizer === "automatic" ? ["--optimizer automatic"] : []),
    ...(rateCanGo ? ["--learning-rate"] : []),
  ].join(" and ");
  const needsRate = options.learningRate === undefined ? leaveOut === "" : !rateCanGo;
  if (!needsRate) return `Leave out ${leaveOut}.`;
  const lower = `--learning-rate ${lowerRate(learningRate)}`;
  return leaveOut === "" ? `Use ${lower} or lower.` : `Leave out ${leaveOut}, and use ${lower} or lower.`;
}

/** A tenth of the learning rate, to one digit; 0.01 if the learning rate is above 0.1. */
const lowerRate = (rate: number): number => (rate > 0.1 ? MODERATE_RATE : Number((rate / 10).toPrecision(1)));
