import type { ColumnShare, CurvatureReport } from "../../diagnosis/curvature/curvatureReport.ts";
import { countText, numberText, percentText } from "../../diagnosis/numberText.ts";
import type { TrialOutcome } from "../../diagnosis/sweep/rateSweep.ts";
import type { Diagnosis } from "../diagnose.ts";

const SAME = 1.05; // below this condition number, all directions count as equally steep
const STEEP = 100; // from this condition number on, the columns are named
const MAIN = 3; // the maximum number of named columns
const NOTABLE = 0.1; // share of a column that is named
const MOST = 0.3; // below this largest share, a direction has no main columns
const DIGITS = 4; // as in the tables of the command
const PLAIN = "The next sentences are about plain descent with a constant learning rate.";

/** The most important facts of a diagnosis. */
export function diagnosisSentences(facts: Omit<Diagnosis, "sentences" | "remedies">): string[] {
  const { forecast, constantRate } = facts;
  const other = constantRate === forecast ? [] : [PLAIN, ...constantRate.sentences];
  return [...forecast.sentences, ...other, ...curvatureSentences(facts), ...sweepSentences(facts)];
}

function curvatureSentences({
  curvature: { raw, standardized },
  standardized: isStandardized,
}: Pick<Diagnosis, "curvature" | "standardized">): string[] {
  const own = isStandardized === false ? raw : standardized;
  const other = isStandardized === false ? standardized : raw;
  const sentences = [sizeSentence(own)];
  if (isStandardized !== null && own.condition !== null && other.condition !== null && other.condition >= SAME) {
    const columns = isStandardized ? "With the columns as they are" : "With standardized columns";
    sentences.push(`${columns}, the condition number would be ${numberText(other.condition, DIGITS)}.`);
  }
  if (own.condition !== null && own.condition < STEEP) return sentences;
  sentences.push(directionSentence("steepest direction, which limits the learning rate,", own.steepest));
  if (own.flattest !== null)
    sentences.push(directionSentence("flattest direction, which converges last,", own.flattest));
  return sentences;
}

function sizeSentence({ largest, smallest, condition }: CurvatureReport): string {
  if (smallest === null || condition === null)
    return `The largest curvature of the objective is ${numberText(largest, DIGITS)}.`;
  if (condition < SAME)
    return `The curvature of the objective is about ${numberText(largest, DIGITS)} in every direction.`;
  return (
    `The curvature of the objective is between ${numberText(smallest, DIGITS)} and ${numberText(largest, DIGITS)}, ` +
    `so the condition number is ${numberText(condition, DIGITS)}.`
  );
}

/** "The flattest direction, which converges last, consists mostly of age (61 %) and dose (32 %)." */
function directionSentence(name: string, shares: readonly ColumnShare[]): string {
  const [first] = shares;
  if (first === undefined || first.share >= MOST) {
    return `The ${name} consists mostly of ${mainColumns(shares)}.`;
  }
  return `The ${name} consists of many columns; the largest part, ${percentText(first.share)}, is ${first.column}.`;
}

/** "age (61 %) and dose (32 %)". */
function mainColumns(shares: readonly ColumnShare[]): string {
  const notable = shares.filter(({ share }, i) => i === 0 || share >= NOTABLE).slice(0, MAIN);
  const words = notable.map(({ column, share }) => `${column} (${percentText(share)})`);
  return words.length < 2 ? (words[0] ?? "no column") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

function sweepSentences({ sweep: { trials, best } }: Pick<Diagnosis, "sweep">): string[] {
  const numberOf = (outcome: TrialOutcome): number => trials.filter((trial) => trial.outcome === outcome).length;
  const [diverged, rose] = [numberOf("diverged"), numberOf("ended above its start")];
  const updates = Math.max(...trials.map((trial) => trial.updates));
  const runs = `${countText(trials.length, "short run")} of at most ${countText(updates, "update")}`;
  const lost = [
    diverged === 0 ? "none diverged" : `${diverged} diverged`,
    ...(rose === 0 ? [] : [`${rose} ended above the start`]),
  ].join(", ");
  const lowest = trials.find(({ learningRate }) => learningRate === best)?.objective;
  if (lowest == null) return [`Of ${runs}, ${lost}.`];
  return [
    `Of ${runs}, the one with the learning rate ${numberText(best!)} ended with the lowest objective, ` +
      `${numberText(lowest, DIGITS)}; ${lost}.`,
  ];
}
