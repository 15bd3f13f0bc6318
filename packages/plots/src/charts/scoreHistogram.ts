// The scores of a classifier of two classes: a histogram for each class, in the same bins.

import { ink } from "../color/theme.ts";
import { checkGroups } from "../data/bins.ts";
import { requireFinite, requireIndices, requireLength, requireTexts } from "../data/check.ts";
import { histogramScene, lineAt } from "../marks/histogram.ts";
import type { Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, standardSize, textOf } from "../scene/spec.ts";
import { formatCount, formatNumber } from "../text/format.ts";

/** The spec of `scoreHistogram`. */
export interface ScoreHistogram extends Spec {
  readonly kind: "scoreHistogram";
  /** Score or probability of each row, higher for the second class. */
  readonly scores: ArrayLike<number>;
  /** True class of each row: 0 or 1. */
  readonly labels: ArrayLike<number>;
  /** Names of the classes 0 and 1. */
  readonly classes: readonly [string, string];
  /** Rows with a higher score are predicted as the second class. Default: 0.5, for probabilities; for scores of an SVM use 0. */
  readonly threshold: number;
  /** Approximate number of bins, from 1 to 200. Default: 20, which gives probabilities bins of 0.05. */
  readonly bins: number;
  /** Name of the scores. Default: "Probability of " and the second class. */
  readonly xName: string;
}

/**
 * The distribution of the scores of each class, with the threshold. The heights are shares of the class, so that a rare
 * class can be compared with a frequent one. Bars on the wrong side of the threshold are the errors.
 *
 * @throws RangeError when lengths differ, a score is not finite, a label is neither 0 nor 1, or there is no row
 *
 * @example
 * ```ts
 * import { draw, scoreHistogram } from "@downhill/plots";
 *
 * const rows = { scores: [0.1, 0.3, 0.4, 0.9], labels: [0, 0, 1, 1] };
 * const svg = draw(scoreHistogram({ title: "Probability of ill", ...rows, classes: ["well", "ill"] }));
 * ```
 */
export function scoreHistogram(spec: Input<ScoreHistogram, "bins" | "threshold" | "xName">): ScoreHistogram {
  const { bins = 20, threshold = 0.5, xName = `Probability of ${spec.classes[1]}`, ...rest } = spec;
  const functionName = "scoreHistogram";
  const { scores, labels, classes } = rest;
  requireTexts(functionName, { xName, classes, ...textOf(rest) });
  requireLength(functionName, { classes }, { "a classifier of two classes has": 2 });
  checkGroups(functionName, [{ values: scores }], bins);
  requireLength(functionName, { labels }, { scores: scores.length });
  requireIndices(functionName, { labels }, 2);
  requireFinite(functionName, { threshold });
  return { ...rest, bins, threshold, xName, kind: "scoreHistogram", [drawing]: { defaultSize: standardSize, layout } };
}

const thresholdLine = { stroke: ink, width: 1.5, dash: [6, 3] };

function layout(spec: ScoreHistogram, size: Size): Scene {
  const { scores, labels, classes, threshold, bins, xName } = spec;
  const scoresOf = (label: number): number[] => Array.from(scores).filter((_, i) => labels[i] === label);
  const groups = classes
    .map((name, label) => ({ name, values: scoresOf(label) }))
    .filter(({ values }) => values.length > 0);
  const wrong = Array.from(scores).filter((score, i) => score > threshold !== (labels[i] === 1)).length;
  return histogramScene(spec, size, {
    groups,
    bins,
    height: "share",
    xName,
    yName: "Share of the class",
    over: (frame) => lineAt(threshold, frame, thresholdLine),
    overItems: [{ name: `threshold ${formatNumber(threshold)}`, key: { line: thresholdLine } }],
    remark: `${formatCount(wrong)} of ${formatCount(scores.length)} rows ${wrong === 1 ? "is" : "are"} on the wrong side of the threshold.`,
  });
}
