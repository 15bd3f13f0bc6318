import type { CurvatureReport } from "../../diagnosis/curvature/curvatureReport.ts";
import type { Forecast } from "../../diagnosis/forecast/forecastReport.ts";
import { numberText } from "../../diagnosis/numberText.ts";
import { setRate } from "../../diagnosis/verdict/remedies.ts";
import type { Remedy } from "../../diagnosis/verdict/verdict.ts";
import type { Diagnosis } from "../diagnose.ts";

const SCALING_GAIN = 10; // factor by which standardized columns must lower the condition number
const SLOW = 3; // factor between the epochs of a rate and those of the best one
const SMALL = 0.1; // of the best rate, where the numbers of epochs are not known

/**
 * Changes that make the training faster, or keep it from diverging.
 *
 * @param withStandardized  the forecast of the same optimizer with standardized columns
 */
export function remediesOf(
  {
    forecast: { band, learningRate, best, epochs, bestEpochs },
    curvature: { raw, standardized },
    standardized: isStandardized,
    sweep,
  }: Omit<Diagnosis, "sentences" | "remedies">,
  withStandardized: () => Forecast,
): Remedy[] {
  const better = best ?? sweep.best;
  const isTooLarge = band === "diverges" || band === "cannot settle" || band === "unstable steps";
  const isSlow =
    epochs !== null && bestEpochs !== null
      ? epochs > SLOW * bestEpochs
      : best !== null && learningRate !== null && learningRate < SMALL * best;
  const rate = learningRate !== null && better !== null && (isTooLarge || isSlow) ? [setRate(better)] : [];
  if (isStandardized !== false || !isGain(raw, standardized)) return rate;
  if (learningRate === null) return [{ text: "Standardize the columns.", options: { standardize: true } }];
  const scaledBest = withStandardized().best;
  if (scaledBest === null) return rate;
  const own = setRate(scaledBest);
  const text = `Standardize the columns, and set the learning rate to ${numberText(own.options.learningRate!)}.`;
  return [{ text, options: { standardize: true, ...own.options } }, ...rate];
}

/** Whether standardized columns lower the condition number by much; where it is not known, the largest curvature. */
function isGain(raw: CurvatureReport, standardized: CurvatureReport): boolean {
  const [before, after] =
    raw.condition === null || standardized.condition === null
      ? [raw.largest, standardized.largest]
      : [raw.condition, standardized.condition];
  return before > SCALING_GAIN * after;
}
