// The message on a run that diverged, and the options with which it does not diverge.
import type { DivergenceError } from "downhill";
import { canOmitRate } from "../options/compatibility.ts";
import type { ModelName } from "../options/modelNames.ts";
import type { TrainOptions } from "../options/trainOptions.ts";

const USUAL_RATE = 0.01;

/** The sentences on a run that diverged: what was seen and what to do. `kept` when its model is written all the same. */
export function divergenceMessage(
  { what, update, learningRate, suggestedRate }: DivergenceError,
  { options, model, kept }: { readonly options: TrainOptions; readonly model: ModelName; readonly kept: boolean },
): string {
  const when = update === 0 ? "before any update" : `at update ${update}, at the learning rate ${learningRate}`;
  const seen = `train: the run diverged: ${what} ${when}.`;
  const written = kept
    ? "The diverged model was saved, because --keep-diverged was given."
    : `No model was written${options.keepDiverged || update === 0 ? ": there was none yet" : " (with --keep-diverged it is written anyway)"}.`;
  const whatToDo = update === 0 ? tooLarge(options) : advice(options, model, learningRate, suggestedRate);
  return `${seen} ${whatToDo} ${written}`;
}

/** If the loss is not finite at the start, no learning rate helps. */
const tooLarge = ({ l2 }: TrainOptions): string =>
  l2 === undefined ? "Divide large columns by a power of ten in a query (SELECT … / 1e6 AS …)." : "Use a smaller --l2.";

function advice(options: TrainOptions, model: ModelName, rate: number, suggested: number | undefined): string {
  if (suggested !== undefined) return `Use --learning-rate ${suggested} or lower.`;
  const rateCanGo = options.learningRate !== undefined && canOmitRate(options, model);
  const leaveOut = [
    ...(options.standardize === false ? ["--no-standardize"] : []),
    ...(options.optimizer === "automatic" ? ["--optimizer automatic"] : []),
    ...(rateCanGo ? ["--learning-rate"] : []),
  ].join(" and ");
  const needsRate = options.learningRate === undefined ? leaveOut === "" : !rateCanGo;
  if (!needsRate) return `Leave out ${leaveOut}.`;
  const lower = `--learning-rate ${lowerRate(rate)}`;
  return leaveOut === "" ? `Use ${lower} or lower.` : `Leave out ${leaveOut}, and use ${lower} or lower.`;
}

/** A tenth of a rate, to one digit; of a rate above 0.1, which is large for standardized columns, 0.01. */
const lowerRate = (rate: number): number => (rate > 0.1 ? USUAL_RATE : Number((rate / 10).toPrecision(1)));
