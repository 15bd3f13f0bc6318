// Charts as programs use them: every kind and every option at least once, with data in which there is something to see. The
// file is long because it is one list, with one entry for each picture in snapshots/.

import {
  barChart,
  boxPlot,
  calibration,
  classRegions,
  coefficients,
  confusionMatrix,
  correlationMap,
  factorMatrices,
  gridBetween,
  gridOver,
  gridRows,
  histogram,
  learningCurve,
  lineChart,
  lossCurve,
  lossSurface,
  marginRegions,
  panels,
  precisionRecall,
  predictedVsActual,
  probabilityField,
  rateSweep,
  ratingMatrices,
  residualHistogram,
  roc,
  ruler,
  type Spec,
  scatterLine,
  scatterPlot,
  scoreHistogram,
  simplex,
  valueField,
} from "../src/index.ts";

/** Numbers in (0, 1) that look random and are the same everywhere: multiples of the golden ratio. */
const noise = (n: number, step: number): number[] =>
  Array.from({ length: n }, (_, i) => ((i + 1) * step * 0.6180339887498949) % 1);

const [u, v] = [noise(150, 1), noise(150, 7)];
const x1 = u.map((value, i) => 3 * value + 2 * v[i]! - 2.5);
const x2 = v.map((value, i) => 4 * value - 2 * u[i]!);
const side = x1.map((a, i) => (a + x2[i]! > 1 ? 1 : 0));
const grid = gridOver(x1, x2, { columns: 60, rows: 50 });
const cells = gridRows(grid);
const three = x1.map((a, i) => (a < -0.5 ? 0 : x2[i]! > 0.8 ? 1 : 2));
const scoreOf = ([a = 0, b = 0]: readonly number[]): number => 1.4 * (a + b - 1);
const threeScores = cells.flatMap(([a = 0, b = 0]) => [-a, b, a - b]);
const fall = (rate: number, floor: number): number[] =>
  Array.from({ length: 80 }, (_, i) => floor + 2 * 0.9 ** (rate * i));
const plane = gridBetween([-3, 3], [-2, 2], { columns: 60, rows: 50 });
const bowl = gridRows(plane).map(([a = 0, b = 0]) => a * a + 4 * b * b + a * b);

const words = { subtitle: "A second line, smaller and grey", caption: "A remark under the chart." };
const curve = { falsePositiveRate: [0, 0, 0.1, 0.3, 0.6, 1], truePositiveRate: [0, 0.5, 0.7, 0.9, 1, 1] };
const loss = lossCurve({
  title: "Loss of three runs",
  runs: ["a", "b", "c"].map((name, i) => ({ name: `rate ${name}`, values: fall(1 + i, 0.2 * i + 0.1) })),
});
const scatter = scatterLine({ title: "The fitted line", x: x1, y: x2, line: { slope: -0.2, intercept: 0.9 } });

/** The charts by the names of their files. */
export const showcase: Readonly<Record<string, Spec>> = {
  "loss-one-run": lossCurve({ title: "Loss after each epoch", runs: [{ values: fall(1, 0.1) }] }),
  "loss-three-runs": loss,
  "loss-what-cannot-be-drawn": lossCurve({
    title: "Losses that leave the axis",
    ...words,
    yScale: "log",
    runs: [
      { name: "diverges", values: [1, 2, 8, 90, Number.POSITIVE_INFINITY, Number.NaN] },
      { name: "reaches zero", values: [1, 0.1, 0.01, 0, 0.001, 0.0001] },
    ],
  }),
  "loss-log-epochs": lossCurve({
    title: "Many epochs",
    xScale: "log",
    yScale: "log",
    runs: [{ values: Array.from({ length: 5000 }, (_, i) => 3 / (i + 1) ** 1.2) }],
  }),
  "loss-twelve-runs": lossCurve({
    title: "Twelve runs with long names",
    runs: Array.from({ length: 12 }, (_, i) => ({
      name: `learning rate 0.${i + 1} with momentum`,
      values: fall(0.5 + i / 6, i / 10),
    })),
  }),
  "loss-tiny-range": lossCurve({
    title: "Losses that differ late",
    runs: [{ values: [1 + 3e-9, 1 + 2e-9, 1 + 1e-9, 1] }],
  }),
  "scatter-line": scatter,
  "scatter-curve": scatterLine({
    title: "A fitted curve",
    ...words,
    x: x1,
    y: x1.map((a, i) => a * a + v[i]!),
    line: {
      x: Array.from({ length: 50 }, (_, i) => -2.4 + i / 10),
      y: Array.from({ length: 50 }, (_, i) => (-2.4 + i / 10) ** 2 + 0.5),
    },
  }),
  "scatter-many": scatterLine({ title: "Three thousand points", x: noise(3000, 1), y: noise(3000, 13) }),
  "probability-field": probabilityField({
    title: "Probability of ill",
    grid,
    probabilities: cells.map((cell) => 1 / (1 + Math.exp(-2 * scoreOf(cell)))),
    points: { x1, x2, labels: side },
    classes: ["well", "ill"],
  }),
  "class-regions-scores": classRegions({
    title: "Regions by scores",
    grid,
    field: { scores: threeScores },
    points: { x1, x2, labels: three },
    classes: ["oak", "ash", "elm"],
  }),
  "class-regions-chosen": classRegions({
    title: "Regions by chosen classes",
    grid,
    field: {
      chosen: cells.map((_, k) =>
        [0, 1, 2].reduce((best, j) => (threeScores[3 * k + j]! > threeScores[3 * k + best]! ? j : best), 0),
      ),
    },
    classes: ["oak", "ash", "elm"],
  }),
  "class-regions-six": classRegions({
    title: "Six classes, six markers",
    grid,
    field: {
      scores: cells.flatMap(([a = 0, b = 0]) => Array.from({ length: 6 }, (_, k) => a * Math.cos(k) + b * Math.sin(k))),
    },
    points: { x1, x2, labels: x1.map((_, i) => i % 6) },
    classes: ["one", "two", "three", "four", "five", "six"],
  }),
  simplex: simplex({
    title: "Probabilities of three classes",
    shares: x1.flatMap((_, i) => {
      const scores = [0, 1, 2].map((j) => Math.exp(Math.sin(3 * i + 5 * j) + (three[i] === j ? 1.5 : 0)));
      return scores.map((score) => score / (scores[0]! + scores[1]! + scores[2]!));
    }),
    labels: three,
    hollow: x1.map((_, i) => i % 4 === 0),
    classes: ["oak", "ash", "elm"],
  }),
  "margin-regions": marginRegions({
    title: "The line and its margins",
    grid,
    scores: cells.map(scoreOf),
    points: { x1, x2, labels: side.map((label) => 2 * label - 1) },
    support: x1.flatMap((a, i) => (Math.abs(scoreOf([a, x2[i]!])) < 1 ? [i] : [])),
    classes: ["well", "ill"],
  }),
  "factor-matrices": factorMatrices({
    title: "Ratings and their factors",
    users: Array.from({ length: 6 }, (_, i) => `user ${i + 1}`),
    items: Array.from({ length: 8 }, (_, i) => `item ${i + 1}`),
    known: u.slice(0, 48).map((value, i) => (i % 3 === 0 ? Number.NaN : Math.round(1 + 4 * value))),
    predicted: u.slice(0, 48).map((value) => 1 + 4 * value),
    userFactors: u.slice(0, 12).map((value) => value - 0.5),
    itemFactors: u.slice(12, 28).map((value) => value - 0.5),
    focus: [2, 3],
  }),
  "value-field": valueField({
    title: "The output of a hidden unit",
    grid,
    values: cells.map(scoreOf),
    points: { x1, x2, labels: side },
    classes: ["ill", "well"],
    valueName: "output",
  }),
  "loss-surface-arrows": lossSurface({
    title: "Steps of other lengths",
    grid: gridBetween([-2, 2], [-2, 2], { columns: 20, rows: 20 }),
    values: Array.from({ length: 400 }, (_, k) => (Math.floor(k / 20) - 10) ** 2 + 2 * ((k % 20) - 10) ** 2),
    paths: [{ name: "run", x: [-1.5, 1.2, 5], y: [1, -0.5, 0.2] }],
    arrows: [
      { name: "2 × the rate", from: [-1.5, 1], to: [3.9, -2] },
      { name: "this step", from: [-1.5, 1], to: [1.2, -0.5] },
    ],
  }),
  "scatter-residuals": scatterLine({
    title: "Errors as squares",
    x: [0, 1, 2, 3],
    y: [0.4, 1.9, 2.2, 4],
    line: { slope: 0.8, intercept: 0.5 },
    reference: { slope: 1.12, intercept: 0.45, name: "lowest loss" },
    residuals: { predicted: [0.5, 1.3, 2.1, 2.9], form: "squares" },
    handles: [
      [0.3, 0.74],
      [2.7, 2.66],
    ],
  }),
  "loss-smoothed": lossCurve({
    title: "A limited axis",
    runs: [
      { name: "each batch", values: [4, 2, 90, 1.5, 2.5, 1], faint: true },
      { name: "smoothed", values: [4, 3, 3.5, 2.5, 2.4, 2], smoothed: true },
    ],
    yEnd: 8,
    marks: [{ x: 3, name: "learning rate 0.1" }],
  }),
  "rating-matrices": ratingMatrices({
    title: "Ratings, observed and rebuilt",
    ...words,
    matrices: [
      {
        name: "Observed",
        rows: 8,
        columns: 6,
        values: u.slice(0, 48).map((value, i) => (i % 3 === 0 ? Number.NaN : Math.round(1 + 4 * value))),
      },
      { name: "Rebuilt", rows: 8, columns: 6, values: u.slice(0, 48).map((value) => 1 + 4 * value) },
    ],
  }),
  "rating-matrix-large": ratingMatrices({
    title: "A matrix too large for single cells",
    matrices: [
      {
        name: "All",
        rows: 300,
        columns: 200,
        values: Array.from({ length: 60_000 }, (_, i) => Math.sin(i / 700) * Math.cos(i % 200)),
      },
    ],
  }),
  "loss-surface": lossSurface({
    title: "Two descents over a bowl",
    grid: plane,
    values: bowl,
    optimum: [0, 0],
    paths: [
      { name: "small steps", x: fall(3, -0.8).map((value) => value * 1.2), y: fall(5, 0) },
      { name: "too large", x: [2.5, -2, 1.5, -2.5, 3.5], y: [-1, 1.2, -1.4, 1.6, -1.9] },
    ],
  }),
  "loss-surface-without-bar": lossSurface({ title: "Only the landscape", grid: plane, values: bowl, colorBar: false }),
  "confusion-two": confusionMatrix({
    title: "True and predicted",
    classes: ["benign", "malignant"],
    counts: [70, 2, 5, 37],
  }),
  "confusion-many": confusionMatrix({
    title: "Ten digits",
    ...words,
    classes: [..."0123456789"],
    counts: Array.from({ length: 100 }, (_, i) => (i % 11 === 0 ? 40 + (i % 7) : i % 5 === 0 ? i % 4 : 0)),
  }),
  roc: roc({
    title: "Three classifiers",
    curves: [
      { name: "good", ...curve },
      { name: "mirrored", falsePositiveRate: curve.truePositiveRate, truePositiveRate: curve.falsePositiveRate },
      { name: "guess", falsePositiveRate: [0, 1], truePositiveRate: [0, 1] },
    ],
  }),
  coefficients: coefficients({
    title: "Weights for ill",
    ...words,
    sort: "magnitude",
    names: ["age", "mean concavity of the nucleus", "x", "smoothness", "radius"],
    values: [0.4, -1.3, 0.02, -0.2, 1.1],
  }),
  "coefficients-many": coefficients({
    title: "Thirty names",
    sort: "value",
    names: Array.from({ length: 30 }, (_, i) => `feature number ${i}`),
    values: u.slice(0, 30).map((value) => value - 0.4),
  }),
  "predicted-vs-actual": predictedVsActual({
    title: "Predicted and actual",
    actual: x2,
    predicted: x2.map((value, i) => value * 0.8 + u[i]! - 0.3),
    residuals: true,
  }),
  "predicted-vs-actual-sample": predictedVsActual({
    title: "A sample of the rows",
    actual: x2,
    predicted: x2.map((value, i) => value * 0.8 + u[i]! - 0.3),
    score: { count: 25_000, rootMeanSquaredError: 0.3125, rSquared: 0.875 },
  }),
  "precision-recall": precisionRecall({
    title: "Precision and recall of two classifiers",
    positiveShare: 0.3,
    curves: [
      { name: "held-out rows", recall: [0, 0.2, 0.4, 0.6, 0.8, 1], precision: [1, 1, 0.95, 0.8, 0.62, 0.4] },
      { name: "training rows", recall: [0, 0.3, 0.6, 0.9, 1], precision: [1, 1, 0.98, 0.8, 0.5] },
    ],
  }),
  calibration: calibration({
    title: "Are the probabilities right?",
    curves: [
      {
        name: "held-out rows",
        predicted: [0.05, 0.15, 0.3, 0.52, 0.7, 0.93],
        observed: [0.02, 0.1, 0.35, 0.6, 0.85, 0.97],
        counts: [40, 12, 9, 8, 14, 31],
      },
      { name: "training rows", predicted: [0.05, 0.4, 0.6, 0.95], observed: [0.05, 0.42, 0.57, 0.96] },
    ],
  }),
  "learning-curve": learningCurve({
    title: "Do more rows help?",
    rows: [40, 80, 160, 320, 640],
    training: [1, 0.99, 0.975, 0.97, 0.968],
    validation: [0.86, 0.9, 0.93, 0.947, 0.953],
    yName: "Accuracy",
  }),
  "rate-sweep": rateSweep({
    title: "Loss after 300 updates",
    trials: [
      { learningRate: 0.001, loss: 0.61 },
      { learningRate: 0.003, loss: 0.48 },
      { learningRate: 0.01, loss: 0.21 },
      { learningRate: 0.03, loss: 0.05 },
      { learningRate: 0.1, loss: 0.004 },
      { learningRate: 0.3, loss: 0.09 },
      { learningRate: 1, loss: null },
      { learningRate: 3, loss: null },
    ],
    marks: [
      { name: "this run", at: 0.03 },
      { name: "limit", at: 0.42 },
    ],
  }),
  ruler: ruler({
    title: "What a learning rate does on these data",
    zones: [
      { name: "crawls", from: 0.0003, to: 0.0021 },
      { name: "steady", from: 0.0021, to: 0.063 },
      { name: "fast", from: 0.063, to: 0.21 },
      { name: "zigzag", from: 0.21, to: 0.42 },
      { name: "diverges", from: 0.42, to: 4 },
    ],
    marks: [
      { name: "this run", at: 0.05 },
      { name: "best", at: 0.21 },
      { name: "limit", at: 0.42 },
    ],
    xName: "Learning rate",
    xScale: "log",
  }),
  "residual-histogram": residualHistogram({
    title: "Residuals",
    residuals: u.map((value, i) => 40 * (value + v[i]! + u[(i + 50) % 150]! - 1.5)),
    xName: "actual − predicted price",
  }),
  "score-histogram": scoreHistogram({
    title: "Predicted probabilities of both classes",
    scores: u.map((value, i) => (i % 3 === 0 ? 1 - value * v[i]! : value * v[i]!)),
    labels: u.map((_, i) => (i % 3 === 0 ? 1 : 0)),
    classes: ["benign", "malignant"],
  }),
  "correlation-map": correlationMap({
    title: "Correlations of eight columns",
    names: ["age", "sex", "bmi", "blood pressure", "total serum cholesterol", "s2", "s3", "constant"],
    values: Array.from({ length: 64 }, (_, i) => {
      const [row, column] = [Math.floor(i / 8), i % 8];
      if (row === 7 || column === 7) return Number.NaN;
      return row === column ? 1 : Math.round(200 * u[row * column + row + column]! - 100) / 100;
    }),
  }),
  "correlation-map-many": correlationMap({
    title: "Correlations of thirty columns",
    names: Array.from({ length: 30 }, (_, i) => `mean of measurement ${i}`),
    values: Array.from({ length: 900 }, (_, i) => {
      const [row, column] = [Math.floor(i / 30), i % 30];
      return row === column ? 1 : Math.cos((row - column) / 3) * (1 - Math.abs(row - column) / 30);
    }),
  }),
  line: lineChart({
    title: "Error and learning rate",
    lines: ["plain", "momentum"].map((name, i) => ({
      name,
      x: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3],
      y: [0.9, 0.62, 0.31, 0.2, 0.17 + i / 20, 0.4 + i / 3],
    })),
    xScale: "log",
    xName: "learning rate",
    yName: "loss after 20 epochs",
  }),
  "scatter-groups": scatterPlot({
    title: "Three groups",
    groups: ["oak", "ash", "elm"].map((name, k) => ({
      name,
      x: x1.filter((_, i) => i % 3 === k).map((x) => x + k),
      y: x2.filter((_, i) => i % 3 === k),
    })),
    xName: "length [cm]",
    yName: "width [cm]",
  }),
  bars: barChart({
    title: "How well each class is found",
    names: ["setosa", "versicolor", "virginica"],
    groups: [
      { name: "precision", values: [1, 0.93, 0.96] },
      { name: "recall", values: [1, 0.97, 0.92] },
    ],
    xName: "share",
  }),
  "bars-signed": barChart({
    title: "Change against last year",
    names: Array.from({ length: 14 }, (_, i) => `region ${i + 1}`),
    groups: [{ values: u.slice(0, 14).map((value) => 100 * (value - 0.5)) }],
    xName: "change [%]",
  }),
  histogram: histogram({
    title: "Ages",
    groups: [{ values: u.map((value, i) => 20 + 50 * value * (1 + v[i]!) * 0.5) }],
    xName: "age [years]",
  }),
  "histogram-groups": histogram({
    title: "Lengths of three groups",
    ...words,
    height: "share",
    groups: ["oak", "ash", "elm"].map((name, k) => ({
      name,
      values: x1.filter((_, i) => i % 3 === k).map((x) => x + 1.5 * k),
    })),
    xName: "length [cm]",
  }),
  "box-plot": boxPlot({
    title: "Lengths of three groups",
    groups: ["oak", "ash", "elm"].map((name, k) => ({
      name,
      values: [...x1.filter((_, i) => i % 3 === k).map((x) => x ** 3 / 6 + k), 9 + k],
    })),
    xName: "length [cm]",
  }),
  panels: panels({
    title: "Four charts in two columns",
    ...words,
    charts: [
      loss,
      scatter,
      roc({ title: "ROC", curves: [{ name: "one", ...curve }] }),
      coefficients({ title: "Weights", names: ["a", "b", "c"], values: [1, -2, 0.5] }),
    ],
    columns: 2,
  }),
};
