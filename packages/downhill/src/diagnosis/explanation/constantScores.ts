import { numberText, percentText } from "../numberText.ts";
import type { Finding } from "./finding.ts";
import { classOf, predictedClass, type ScoredRows } from "./scoredRows.ts";

const NEAR = 0.99; // times the loss of the best constant scores

/**
 * Compares a model with constant scores: all rows are predicted to be of the most frequent class, or the mean loss is at least
 * 0.99 of that of the best constant scores.
 *
 * @param loss  the mean loss of the rows, without penalties
 * @param best  that of the best constant scores
 */
export function constantScores(rows: ScoredRows | null, loss: number, best: number): Finding[] {
  const frequent = rows && mostFrequentClass(rows);
  if (frequent && frequent.share < 1 && predictsOnly(rows, frequent.index)) {
    return [
      {
        code: "constant",
        sentence:
          `Every row is predicted to be of the most frequent class, which ${percentText(frequent.share)} of the rows have. An ` +
          `accuracy of ${percentText(frequent.share)} is therefore no success; compare the loss ${numberText(loss)} with ` +
          `${numberText(best)}, that of the best constant prediction.`,
        numbers: { share: frequent.share, loss, constant: best },
        remedies: [{ text: "Use balanced class weights.", options: { classWeights: "balanced" } }],
      },
    ];
  }
  if (!(best > 0 && loss >= NEAR * best)) return [];
  return [
    {
      code: "constant",
      sentence: `The model is ${loss < best ? "hardly" : "no"} better than a constant prediction: its loss is ${numberText(loss)}, and that of the best constant is ${numberText(best)}.`,
      numbers: { loss, constant: best },
      remedies: [],
    },
  ];
}

/** The most frequent class and its share of the total weight; null for a regression. */
function mostFrequentClass(rows: ScoredRows): { readonly index: number; readonly share: number } | null {
  const totals = new Float64Array(Math.max(2, rows.loss.outputs));
  let total = 0;
  for (let i = 0; i < rows.n; i++) {
    const label = classOf(rows, i);
    if (label === undefined) return null;
    const weight = rows.weights ? rows.weights[i]! : 1;
    totals[label]! += weight;
    total += weight;
  }
  const most = Math.max(...totals);
  return { index: totals.indexOf(most), share: most / total };
}

function predictsOnly(rows: ScoredRows, label: number): boolean {
  for (let i = 0; i < rows.n; i++) if (predictedClass(rows.layersOf(i).at(-1)!) !== label) return false;
  return true;
}
