// One spec of every kind, made of any words and any numbers.

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

export interface Ingredients {
  /** Titles, names and captions, which are used in turn. */
  readonly words: readonly string[];
  /** Finite numbers. */
  readonly numbers: readonly number[];
  /** Any numbers, for options that may be NaN or infinite. */
  readonly wild: readonly number[];
  /** How many runs, classes or names. */
  readonly count: number;
}

/** Every kind of chart made of the ingredients. */
export function samples({ words, numbers, wild, count }: Ingredients): Record<string, Spec> {
  let turn = 0;
  const word = (): string => words[turn++ % words.length]!;
  const head = () => ({ title: word(), subtitle: word(), caption: word() });
  const names = (n: number): string[] => Array.from({ length: n }, word);
  const second = numbers.map((_, i) => numbers[(i * 7 + 3) % numbers.length]!);
  const grid = gridOver(numbers, second, { columns: 12, rows: 10 });
  const cells = gridRows(grid).map((_, k) => k);
  const classes = Math.min(count, 42);
  const points = { x1: numbers, x2: second, labels: numbers.map((_, i) => i % classes) };
  const two = { ...points, labels: numbers.map((_, i) => i % 2) };
  const ratings = numbers.map((number, i) => {
    const value = i === 0 ? number : wild[i % wild.length]!;
    return Math.abs(value) <= 1e300 ? value : Number.NaN;
  });
  const plane = gridBetween([-2, 2], [-1, 3], { columns: 14, rows: 14 });
  const axes = { xName: word(), yName: word() };
  const loss = lossCurve({
    ...head(),
    ...axes,
    runs: names(count).map((name, i) => ({ name, values: i % 2 === 0 ? wild : numbers })),
    yScale: count % 2 === 0 ? "log" : "linear",
  });
  const scatter = scatterLine({
    ...head(),
    ...axes,
    x: numbers,
    y: second,
    line: { slope: 0.5, intercept: numbers[0]! },
  });
  return {
    lossCurve: loss,
    scatterLine: scatter,
    probabilityField: probabilityField({
      ...head(),
      ...axes,
      grid,
      probabilities: cells.map((k) => k / cells.length),
      points: two,
      classes: [word(), word()],
    }),
    classRegions: classRegions({
      ...head(),
      ...axes,
      grid,
      field: { chosen: cells.map((k) => Math.floor(k / 9) % classes) },
      points,
      classes: names(classes),
    }),
    marginRegions: marginRegions({
      ...head(),
      ...axes,
      grid,
      scores: cells.map((k) => k / 40 - 1.5),
      points: two,
      support: [0],
      classes: [word(), word()],
    }),
    ratingMatrices: ratingMatrices({
      ...head(),
      ...axes,
      valueName: word(),
      matrices: names(1 + (count % 3)).map((name) => ({ name, rows: numbers.length, columns: 1, values: ratings })),
    }),
    factorMatrices: factorMatrices({
      ...head(),
      users: names(numbers.length),
      items: [word()],
      known: ratings,
      predicted: numbers,
      userFactors: second,
      itemFactors: [numbers[0]!],
      focus: [0, 0],
    }),
    valueField: valueField({
      ...head(),
      ...axes,
      valueName: word(),
      grid,
      values: cells.map((k) => k - 30),
      points,
      classes: names(classes),
    }),
    lossSurface: lossSurface({
      ...head(),
      ...axes,
      grid: plane,
      values: gridRows(plane).map(([a = 0, b = 0]) => a * a + 3 * b * b + numbers[0]!),
      paths: names(Math.min(count, 6)).map((name) => ({ name, x: [1, ...wild], y: [2, ...wild] })),
      arrows: [{ name: word(), from: [0, 0], to: [numbers[0]!, 1] }],
      optimum: [0, 0],
    }),
    confusionMatrix: confusionMatrix({
      ...head(),
      ...axes,
      classes: names(classes),
      counts: Array.from({ length: classes * classes }, (_, i) => Math.abs(numbers[i % numbers.length]!)),
    }),
    roc: roc({
      ...head(),
      ...axes,
      curves: names(count).map((name) => ({ name, falsePositiveRate: [0, 0.2, 1], truePositiveRate: [0, 0.8, 1] })),
    }),
    coefficients: coefficients({
      ...head(),
      xName: word(),
      names: names(numbers.length),
      values: numbers,
      sort: "magnitude",
    }),
    predictedVsActual: predictedVsActual({ ...head(), ...axes, actual: numbers, predicted: second, residuals: true }),
    panels: panels({ ...head(), charts: [loss, scatter], columns: 2 }),
    lineChart: lineChart({ ...head(), ...axes, lines: names(count).map((name) => ({ name, x: numbers, y: second })) }),
    scatterPlot: scatterPlot({
      ...head(),
      ...axes,
      groups: names(count).map((name) => ({ name, x: numbers, y: second })),
    }),
    barChart: barChart({
      ...head(),
      xName: word(),
      names: names(numbers.length),
      groups: names(Math.min(count, 5)).map((name) => ({ name, values: numbers })),
    }),
    histogram: histogram({
      ...head(),
      xName: word(),
      groups: names(count).map((name) => ({ name, values: numbers })),
      height: count % 2 === 0 ? "share" : "count",
    }),
    boxPlot: boxPlot({ ...head(), xName: word(), groups: names(count).map((name) => ({ name, values: numbers })) }),
    correlationMap: correlationMap({
      ...head(),
      names: names(classes),
      values: Array.from({ length: classes * classes }, (_, i) =>
        i % 7 === 3 ? Number.NaN : ((i * 37) % 201) / 100 - 1,
      ),
    }),
    precisionRecall: precisionRecall({
      ...head(),
      ...axes,
      positiveShare: 0.3,
      curves: names(count).map((name) => ({ name, precision: [1, 0.9, 0.3], recall: [0, 0.4, 1] })),
    }),
    calibration: calibration({
      ...head(),
      ...axes,
      curves: names(count).map((name) => ({
        name,
        predicted: [0.1, 0.5, 1],
        observed: [0, 0.7, 0.9],
        counts: [9, 0, 3],
      })),
    }),
    learningCurve: learningCurve({
      ...head(),
      ...axes,
      rows: numbers.map((_, i) => 10 * (i + 1)),
      training: numbers,
      validation: second,
    }),
    rateSweep: rateSweep({
      ...head(),
      yName: word(),
      trials: wild.map((value, i) => ({
        learningRate: 10 ** ((i % 9) - 5),
        loss: Math.abs(value) <= 1e300 ? value : null,
      })),
      marks: names(count % 4).map((name, i) => ({ name, at: 10 ** -i })),
    }),
    ruler: ruler({
      ...head(),
      xName: word(),
      xScale: count % 2 === 0 ? "log" : "linear",
      zones: names(Math.min(count, 9)).map((name, i) => ({ name, from: i + 1, to: i + 2 })),
      marks: names(count % 5).map((name, i) => ({ name, at: i / 2 + 1 })),
    }),
    residualHistogram: residualHistogram({ ...head(), xName: word(), residuals: numbers }),
    scoreHistogram: scoreHistogram({
      ...head(),
      xName: word(),
      scores: numbers,
      labels: numbers.map((_, i) => i % 2),
      classes: [word(), word()],
      threshold: numbers[0]!,
    }),
    simplex: simplex({
      ...head(),
      shares: numbers.flatMap((_, i) => [0.2, 0.3, 0.5, 0.2, 0.3].slice(i % 3, (i % 3) + 3)),
      labels: numbers.map((_, i) => i % 3),
      classes: [word(), word(), word()],
    }),
  };
}
