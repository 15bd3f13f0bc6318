// The message on a run that diverged, and the options with which it does not diverge.
import type { DivergenceError, Remedy } from "downhill";
import { alternatives, remedyTexts } from "../diagnosis/remedyFlags.ts";
import { rateFree } from "../options/modelNames.ts";
import type { TrainOptions } from "../options/trainOptions.ts";
import { causeText, type DivergenceCause } from "./divergenceCause.ts";

const MODERATE_RATE = 0.01; // for standardized columns

/** The message for a diverged run: what happened, why, what helps, and whether the model was written (`kept`). */
export function divergenceMessage(
  { what, update, learningRate }: DivergenceError,
  {
    options,
    kept,
    cause,
    remedies,
  }: {
    readonly options: TrainOptions;
    readonly kept: boolean;
    readonly cause: DivergenceCause;
    /** Those of the verdict. */
    readonly remedies: readonly Remedy[];
  },
): string {
  const when = update === 0 ? "before the first update" : `at update ${update}, with the learning rate ${learningRate}`;
  const happened = `train: the run diverged ${when}: ${what}.`;
  const written = kept
    ? "The diverged model was saved, because --keep-diverged is set."
    : `No model was written${options.keepDiverged || update === 0 ? ", because there was none yet" : "; --keep-diverged would write it"}.`;
  const advice = update === 0 ? tooLarge(options) : helps(remedies, options, learningRate);
  const why = update === 0 ? "" : causeText(cause, learningRate);
  return [happened, why, advice, written].filter((sentence) => sentence !== "").join(" ");
}

/** The advice if the loss is not finite before the first update, where no learning rate helps. */
const tooLarge = ({ l2 }: TrainOptions): string =>
  l2 === undefined ? "Divide large columns by a power of ten in a query (SELECT … / 1e6 AS …)." : "Use a smaller --l2.";

/** The remedies; if no option applies any, a lower learning rate with an optimizer that has one. */
function helps(remedies: readonly Remedy[], options: TrainOptions, learningRate: number): string {
  const texts = alternatives(remedyTexts(remedies, options));
  if (texts.length > 0) return texts.join(" ");
  const { optimizer } = options;
  if (optimizer !== undefined && rateFree.includes(optimizer)) return `Leave out --optimizer ${optimizer}.`;
  return `Use --learning-rate ${lowerRate(learningRate)} or lower.`;
}

/** A tenth of the learning rate, to one digit; 0.01 if the learning rate is above 0.1. */
const lowerRate = (rate: number): number => (rate > 0.1 ? MODERATE_RATE : Number((rate / 10).toPrecision(1)));
