import type { ColumnShare, CurvatureReport } from "../../diagnosis/curvature/curvatureReport.ts";
import { countText, numberText, percentText } from "../../diagnosis/numberText.ts";
import type { Diagnosis } from "../diagnose.ts";

const SAME = 1.05; // below this condition number, all directions are alike
const STEEP = 100; // from this condition number on, the columns are named
const MAIN = 3; // columns that are named at most
const NOTABLE = 0.1; // share of a column that is named
const MOST = 0.3; // below this largest share, a direction belongs to no column
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
  if (isStandardized !== null && own.condition !== null && other.condition !== null) {
    const columns = isStandardized ? "With the columns as they are" : "With standardized columns";
    sentences.push(`${columns}, the condition number would be ${numberText(other.condition)}.`);
  }
  if (own.condition !== null && own.condition < STEEP) return sentences;
  sentences.push(directionSentence("steepest", own.steepest));
  if (own.flattest !== null) sentences.push(directionSentence("flattest", own.flattest));
  return sentences;
}

function sizeSentence({ largest, smallest, condition }: CurvatureReport): string {
  if (smallest === null || condition === null)
    return `The largest curvature of the objective is ${numberText(largest)}.`;
  if (condition < SAME) return `The curvature of the objective is about ${numberText(largest)} in every direction.`;
  return (
    `The curvature of the objective is between ${numberText(smallest)} and ${numberText(largest)}, ` +
    `so the condition number is ${numberText(condition)}.`
  );
}

/** "The steepest direction consists mostly of age (61 %) and dose (32 %)." */
function directionSentence(name: string, shares: readonly ColumnShare[]): string {
  const [first] = shares;
  if (first === undefined || first.share >= MOST) {
    return `The ${name} direction consists mostly of ${mainColumns(shares)}.`;
  }
  return `The ${name} direction consists of many columns; the largest part, ${percentText(first.share)}, is ${first.column}.`;
}

/** "age (61 %) and dose (32 %)". */
function mainColumns(shares: readonly ColumnShare[]): string {
  const notable = shares.filter(({ share }, i) => i === 0 || share >= NOTABLE).slice(0, MAIN);
  const words = notable.map(({ column, share }) => `${column} (${percentText(share)})`);
  return words.length < 2 ? (words[0] ?? "no column") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

function sweepSentences({ sweep: { trials, best } }: Pick<Diagnosis, "sweep">): string[] {
  const diverged = trials.filter(({ objective }) => objective === null).length;
  const updates = Math.max(...trials.map((trial) => trial.updates));
  const runs = `${countText(trials.length, "short run")} of at most ${countText(updates, "update")}`;
  const lost = diverged === 0 ? "none diverged" : `${diverged} diverged`;
  if (best === null) return [`All of ${runs} diverged.`];
  const lowest = trials.find(({ learningRate }) => learningRate === best)!.objective!;
  return [
    `Of ${runs}, the one with the learning rate ${numberText(best)} ended with the lowest objective, ${numberText(lowest)}; ${lost}.`,
  ];
}
