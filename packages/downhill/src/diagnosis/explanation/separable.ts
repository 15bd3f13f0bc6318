import { numberText } from "../numberText.ts";
import { setSeparableL2 } from "../verdict/remedies.ts";
import type { Finding } from "./finding.ts";
import { classOf, type ScoredRows } from "./scoredRows.ts";

/**
 * Whether a plane separates the classes. The proof is that every row is on the correct side at the parameters, by more than the
 * rounding error of a score. For several classes, each row's own score must be the largest, or with hinges each score must have
 * the correct sign.
 */
export function separable(rows: ScoredRows, norm: number): Finding[] {
  if (rows.activation !== null || rows.n === 0) return [];
  let margin = Infinity;
  for (let i = 0; i < rows.n && margin > 0; i++) {
    if (rows.weights?.[i] === 0) continue;
    const own = marginOf(rows, i);
    margin = Math.min(margin, own > 2 * rows.rounding() ? own : 0);
  }
  if (!(margin > 0 && margin < Infinity)) return [];
  const { loss, l2, l1, n } = rows;
  const proof = `A plane separates the classes: every row is on the correct side, with a margin of at least ${numberText(margin)}.`;
  const numbers = { margin, norm };
  if (l2 > 0 || l1 > 0 || !(loss.loss === "logistic" || loss.loss === "crossEntropy")) {
    const sentence = l2 > 0 || l1 > 0 ? `${proof} Only the penalty limits the size of the weights.` : proof;
    return [{ code: "separable", sentence, numbers, remedies: [] }];
  }
  return [
    {
      code: "separable",
      sentence:
        `${proof} Without a penalty there is no optimum: larger weights always lower the objective, so the weights grow ` +
        `without end. The norm of the parameters is ${numberText(norm)} now.`,
      numbers,
      remedies: setSeparableL2(n),
    },
  ];
}

/** By how much a row is on the correct side: y z, or the score of its class minus the largest other one; NaN for a regression. */
function marginOf(rows: ScoredRows, i: number): number {
  const scores = rows.layersOf(i)[0]!;
  const { loss, targets } = rows;
  const k = scores.length;
  let margin = Infinity;
  if (loss.loss === "crossEntropy") {
    const own = scores[targets[i]!]!;
    for (let c = 0; c < k; c++) if (c !== targets[i]) margin = Math.min(margin, own - scores[c]!);
    return margin;
  }
  if (classOf(rows, i) === undefined) return Number.NaN;
  for (let c = 0; c < k; c++) margin = Math.min(margin, targets[i * k + c]! * scores[c]!);
  return margin;
}
