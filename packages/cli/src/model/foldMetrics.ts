// The scores of the library for people: their names, their form, and the tables of folds and trials.
import { formatNumber } from "@downhill/plots/format";
import type { CrossValidation, Fold, MetricName, Scores, SearchResult, Trial } from "downhill";
import { flagOf } from "../options/option.ts";
import { metricNames } from "./metricNames.ts";
import { formatMetric } from "./metrics.ts";

/** The names of the library's metrics in the output of the command. */
const commandNames: Readonly<Record<MetricName, string>> = {
  ...{ accuracy: "accuracy", balancedAccuracy: "balancedAccuracy", f1: "f1", logLoss: "logLoss" },
  ...{ averagePrecision: "averagePrecision", rocArea: "rocArea", brierScore: "brierScore" },
  ...{ rSquared: "r2", rootMeanSquaredError: "rmse", meanAbsoluteError: "mae" },
  ...{ meanPinballLoss: "pinballLoss", meanPoissonDeviance: "deviance" },
};

/** Whether a higher value of a metric is better. */
export const higherIsBetter = (metric: MetricName): boolean =>
  ["accuracy", "balancedAccuracy", "f1", "averagePrecision", "rocArea", "rSquared"].includes(metric);

/** The name of a metric in JSON. */
export const nameInJson = (metric: MetricName): string => commandNames[metric];

/** The name of a metric for people. */
export const nameOfMetric = (metric: MetricName): string => metricNames[commandNames[metric]] ?? metric;

/** The value of a metric for people. */
export const textOfMetric = (metric: MetricName, value: number | undefined): string =>
  formatMetric(commandNames[metric], value ?? Number.NaN);

/** Scores for JSON, with the names of the command. A score that is not finite is null. */
const jsonScores = (scores: Scores | null): Record<string, number | null> | null =>
  scores &&
  Object.fromEntries(
    Object.entries(scores).map(([name, value]) => [
      commandNames[name as MetricName],
      Number.isFinite(value) ? value : null,
    ]),
  );

/** The result of a cross-validation for JSON. */
export const jsonFolds = ({ folds, mean, deviation }: CrossValidation<unknown>): object => ({
  folds: folds.map(({ rows, train, test, baseline, diverged }) => ({
    ...{ trainRows: rows.train.length, heldOutRows: rows.test.length },
    ...{ train: jsonScores(train), heldOut: jsonScores(test), baseline: jsonScores(baseline), diverged },
  })),
  mean: mean && { train: jsonScores(mean.train), heldOut: jsonScores(mean.test), baseline: jsonScores(mean.baseline) },
  deviation: deviation && { train: jsonScores(deviation.train), heldOut: jsonScores(deviation.test) },
});

/** A trial of a search for JSON. */
export const jsonTrial = ({ index, values, score, mean, deviation, folds }: Trial<unknown>): object => ({
  ...{ trial: index + 1, values, score },
  ...{ mean: jsonScores(mean?.test ?? null), deviation: jsonScores(deviation?.test ?? null) },
  diverged: folds.find(({ diverged }) => diverged !== null)?.diverged ?? null,
});

/** A table of the folds: the scores on their held-out rows, then the mean, the deviation and the baseline. */
export function foldRows({ folds, mean, deviation }: CrossValidation<unknown>): string[][] {
  const scored = folds.find(({ test }) => test !== null)?.test;
  if (scored === undefined || scored === null) {
    return [["", "held-out rows", ""], ...folds.map((fold, i) => [...headOf(fold, i), "diverged"])];
  }
  const names = Object.keys(scored) as MetricName[];
  const cells = (scores: Scores | null): string[] =>
    names.map((name) => (scores === null ? "diverged" : textOfMetric(name, scores[name])));

  return [
    ["", "held-out rows", ...names.map(nameOfMetric)],
    ...folds.map((fold, i) => [...headOf(fold, i), ...cells(fold.test)]),
    ...(mean === null || deviation === null
      ? []
      : [
          ["mean", "", ...cells(mean.test)],
          ["deviation", "", ...cells(deviation.test)],
          ["mean on the training rows", "", ...cells(mean.train)],
          ["mean of the baseline", "", ...cells(mean.baseline)],
        ]),
  ];
}

const headOf = ({ rows }: Fold<unknown>, i: number): string[] => [`fold ${i + 1}`, String(rows.test.length)];

/** A table of the best trials of a search. */
export function trialRows(
  { trials, metric }: Pick<SearchResult<Readonly<Record<string, unknown>>, unknown>, "trials" | "metric">,
  most: number,
): string[][] {
  const options = Object.keys(trials[0]?.values ?? {});
  return [
    [
      "rank",
      ...options.map((name) => flagOf(name).slice(2)),
      metric === null ? "score" : `mean ${nameOfMetric(metric)}`,
      "deviation",
    ],
    ...trials
      .slice(0, most)
      .map(({ values, score, mean, deviation }, i) => [
        String(i + 1),
        ...options.map((name) => valueText(values[name])),
        score !== null ? textOfMetric(metric!, score) : mean === null ? "diverged" : "–",
        score === null ? "" : textOfMetric(metric!, deviation!.test[metric!]),
      ]),
  ];
}

const valueText = (value: unknown): string => (typeof value === "number" ? formatNumber(value) : String(value));
