// The numbers in charts that count and summarise, compared with counts by hand, quartiles of NumPy and other definitions.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  barChart,
  boxPlot,
  calibration,
  correlationMap,
  histogram,
  learningCurve,
  lineChart,
  precisionRecall,
  residualHistogram,
  type Spec,
  scatterPlot,
  scene,
  scoreHistogram,
} from "../index.ts";

const described = (spec: Spec): string => scene(spec).a11y.caption;
const rowsOf = (spec: Spec) => scene(spec).a11y.table.rows;

describe("histogram", () => {
  test("bins have equal round widths, and every value is counted in the bin that contains it", () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(values, fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }), (values, bins) => {
        const rows = rowsOf(histogram({ title: "", groups: [{ values }], ...(bins === undefined ? {} : { bins }) }));
        for (const [k, [from, to, count]] of (rows as [number, number, number][]).entries()) {
          const last = k === rows.length - 1;
          expect(count).toBe(values.filter((value) => value >= from && (value < to || (last && value === to))).length);
        }
        expect(rows.reduce((sum, [, , count]) => sum + (count as number), 0)).toBe(values.length);
      }),
      { seed: 1 },
    );
  });

  test("the caption names the fullest bin", () => {
    const spec = histogram({ title: "", groups: [{ values: [1, 1.5, 2, 2.5, 2.7, 5] }], bins: 5, xName: "age" });
    expect(described(spec)).toBe("age: 6 values in 4 bins. The fullest bin holds 3: from 2 to 3.");
    expect(described(histogram({ title: "", groups: [{ values: [7] }] }))).toBe(
      "1 value in 1 bin. The fullest bin holds 1: from 6.3 to 7.7.",
    );
  });

  test("shares are of each group, so that groups of any size can be compared", () => {
    const few = { name: "few", values: [0.5, 1.5] };
    const many = { name: "many", values: Array.from({ length: 200 }, (_, i) => 0.5 + (i % 2)) };
    const { axes } = scene(histogram({ title: "", groups: [few, many], bins: 2, height: "share" }));
    expect(axes.find(({ side }) => side === "left")!.domain[1]).toBeCloseTo(0.525, 12);
  });
});

test("box plot: the quartiles are those of numpy.percentile, and a whisker ends within 1.5 interquartile ranges", () => {
  // numpy.percentile([1, 2, 4, 7, 8, 9, 30], [25, 50, 75]) is [3, 7, 8.5]
  const spec = boxPlot({ title: "", groups: [{ name: "a", values: [30, 1, 9, 2, 8, 4, 7] }] });
  expect(rowsOf(spec)).toEqual([["a", 7, 1, 3, 7, 8.5, 9, 1]]);
  expect(described(spec)).toBe("Median of Value: a 7. 1 value is beyond the whiskers.");
});

test("precision and recall: the average precision is that of downhill's metric", () => {
  // precisionRecallCurve([0.9, 0.6, 0.4, 0.1], [1, 0, 1, 0], 1) of downhill, whose golden is scikit-learn's
  const curve = { name: "a", recall: [0, 0.5, 0.5, 1, 1], precision: [1, 1, 0.5, 2 / 3, 0.5] };
  expect(described(precisionRecall({ title: "", curves: [curve], positiveShare: 0.5 }))).toBe(
    "Average precision: a 0.8333. Random guessing has 0.5.",
  );
});

test("calibration: the mean distance is weighted by the rows of the bins", () => {
  const curve = { name: "a", predicted: [0.2, 0.8], observed: [0.1, 1], counts: [30, 10] };
  expect(described(calibration({ title: "", curves: [curve] }))).toBe(
    "Mean distance between the observed share and the predicted probability: a 0.125.",
  );
});

test("residuals: mean, deviation and the share beyond two deviations", () => {
  const residuals = [...new Array<number>(18).fill(0), 10, -10];
  expect(described(residualHistogram({ title: "", residuals }))).toContain(
    "Mean about 0, standard deviation 3.162; 10.0 % of the rows are beyond two standard deviations.",
  );
  const huge = [1e300, -1e300, 1e300, -1e300];
  expect(described(residualHistogram({ title: "", residuals: huge }))).toContain("standard deviation 1×10³⁰⁰;");
});

test("scores: the rows on the wrong side of the threshold are the errors", () => {
  const rows = { scores: [0.1, 0.7, 0.5, 0.9], labels: [0, 0, 1, 1] };
  expect(described(scoreHistogram({ title: "", ...rows, classes: ["a", "b"] }))).toContain(
    "2 of 4 rows are on the wrong side of the threshold.",
  );
});

test("correlations: pairs from the strongest down; a constant column has none", () => {
  const nan = Number.NaN;
  const spec = correlationMap({
    title: "",
    names: ["a", "b", "c", "d"],
    values: [1, 0.3, -0.9, nan, 0.3, 1, 0.1, nan, -0.9, 0.1, 1, nan, nan, nan, nan, nan],
  });
  expect(rowsOf(spec)).toEqual([
    ["a", "c", -0.9],
    ["a", "b", 0.3],
    ["b", "c", 0.1],
  ]);
  expect(described(spec)).toBe("4 columns. The strongest correlation is −0.9, of a and c.");
});

test("the descriptions of lines, points, bars and learning curves contain the numbers of the data", () => {
  const lines = [{ name: "fast", x: [1, 10], y: [4, 1] }];
  const [xName, yName] = ["epoch", "loss"];
  const slow = { name: "slow", x: [3], y: [2.5] };
  expect(described(lineChart({ title: "", lines: [...lines, slow], xName, yName }))).toBe(
    "loss against epoch. The line fast goes from 4 at 1 to 1 at 10. The point slow is 2.5 at 3.",
  );
  const only = { x: [1, 10], y: [4, 1] };
  for (const line of [only, { ...only, name: "loss" }])
    expect(described(lineChart({ title: "", lines: [line], xName, yName }))).toBe(
      "loss against epoch goes from 4 at 1 to 1 at 10.",
    );
  expect(described(lineChart({ title: "", lines: [{ x: [3], y: [2.5] }] }))).toBe("y against x is 2.5 at 3.");
  expect(described(lineChart({ title: "", lines: Array.from({ length: 8 }, () => slow) }))).toMatch(
    / The chart shows 2 more lines\.$/,
  );
  const groups = [
    { x: [1], y: [2] },
    { x: [1, 2], y: [2, 3] },
  ];
  expect(described(scatterPlot({ title: "", groups }))).toBe("3 points of y against x in 2 groups.");
  expect(rowsOf(scatterPlot({ title: "", groups }))[2]).toEqual(["group 2", 2, 3]);
  const bars = barChart({ title: "", names: ["oak", "ash"], groups: [{ values: [1, 3] }], xName: "height" });
  expect(described(bars)).toBe("The largest height is 3, for ash.");
  const scores = { rows: [10, 20], training: [1, 0.9], validation: [0.5, 0.8] };
  expect(described(learningCurve({ title: "", ...scores, yName: "accuracy" }))).toBe(
    "With 20 training rows: accuracy 0.9 on the training rows, 0.8 on the validation rows.",
  );
});

test("stacked lines are sums with filled areas between them; the table has the values themselves", () => {
  const lines = [
    { name: "a", x: [0, 1, 3], y: [1, 2, 0] },
    { name: "b", x: [0, 1, 3], y: [3, 0.5, 4] },
  ];
  const drawn = scene(lineChart({ title: "", lines, stacked: true }));
  const [x, y] = drawn.axes;
  const back = (axis: (typeof drawn.axes)[number], pixel: number): number =>
    axis.domain[0] + ((pixel - axis.pixels[0]) / (axis.pixels[1] - axis.pixels[0])) * (axis.domain[1] - axis.domain[0]);
  const areas = drawn.marks.flatMap((mark) => (mark.kind === "path" && mark.fill !== undefined ? [mark.d] : []));
  const corners = areas.map((d) =>
    d
      .split(/[MLZ]+/)
      .filter((part) => part !== "")
      .map((part) => part.split(",").map(Number) as [number, number])
      .map(([px, py]) => [Math.round(10 * back(x!, px)) / 10, Math.round(10 * back(y!, py)) / 10]),
  );
  const edges = [
    [
      [0, 1],
      [1, 2],
      [3, 0],
    ],
    [
      [0, 4],
      [1, 2.5],
      [3, 4],
    ],
  ];
  for (const corner of edges[0]!) expect(corners[0]).toContainEqual(corner);
  for (const corner of [...edges[0]!, ...edges[1]!]) expect(corners[1]).toContainEqual(corner);
  expect(y!.domain[0]).toBeLessThanOrEqual(0);
  expect(drawn.a11y.table.rows.map((row) => row[2])).toEqual([1, 2, 0, 3, 0.5, 4]);
  const plain = scene(lineChart({ title: "", lines }));
  expect(plain.marks.some((mark) => mark.kind === "path" && mark.fill !== undefined)).toBe(false);
});

test.each<[string, () => unknown, string]>([
  [
    "a stack with a value below 0",
    () =>
      lineChart({
        title: "",
        lines: [
          { x: [0], y: [1] },
          { x: [0], y: [-1] },
        ],
        stacked: true,
      }),
    "lineChart: lines[1].y[0] must be at least 0, got -1. Draw such lines without stacked.",
  ],
  [
    "a stack with another x",
    () =>
      lineChart({
        title: "",
        lines: [
          { x: [0], y: [1] },
          { x: [2], y: [1] },
        ],
        stacked: true,
      }),
    "lineChart: lines[1].x[0] must be 0, as lines[0].x[0], got 2. Stack lines with the same x.",
  ],
  [
    "a stack on a logarithmic axis",
    () => lineChart({ title: "", lines: [{ x: [1], y: [1] }], yScale: "log", stacked: true }),
    'lineChart: yScale must be "linear" for stacked lines, got "log". Leave yScale out.',
  ],
  [
    "a value that is not above 0 on a logarithmic axis",
    () => lineChart({ title: "", lines: [{ x: [0], y: [1] }], xScale: "log" }),
    'lineChart: lines[0].x must be above 0 on a logarithmic axis, got 0. Set xScale to "linear".',
  ],
  [
    "no bins",
    () => histogram({ title: "", groups: [{ values: [1] }], bins: 0 }),
    "histogram: bins must be a whole number from 1 to 200, got 0. Leave it out for a suitable number.",
  ],
  [
    "an empty group",
    () => boxPlot({ title: "", groups: [{ name: "a", values: [] }] }),
    "boxPlot: groups[0].values must hold at least one value",
  ],
  [
    "a share above 1",
    () => calibration({ title: "", curves: [{ name: "a", predicted: [0.5], observed: [50] }] }),
    "calibration: curves[0].observed[0] must be from 0 to 1, got 50. Divide the positive rows by the rows.",
  ],
  [
    "a recall that falls",
    () => precisionRecall({ title: "", curves: [{ name: "a", recall: [0, 0.7, 0.3, 1], precision: [1, 1, 1, 1] }] }),
    "precisionRecall: curves[0].recall must rise from 0 to 1",
  ],
  [
    "rows that do not rise",
    () => learningCurve({ title: "", rows: [10, 10], training: [1, 1], validation: [1, 1] }),
    "learningCurve: rows[1] must be above 10, got 10. Sort by the number of rows.",
  ],
  [
    "a correlation of 2",
    () => correlationMap({ title: "", names: ["a"], values: [2] }),
    "correlationMap: values[0] must be from −1 to 1, or NaN, got 2. Divide covariances by the deviations.",
  ],
  [
    "too many bars",
    () =>
      barChart({
        title: "",
        names: Array.from({ length: 101 }, String),
        groups: [{ values: Array.from({ length: 101 }, Number) }],
      }),
    "barChart: names must hold at most 100 names, got 101. Draw only the largest bars, or a histogram.",
  ],
  [
    "a label that is neither 0 nor 1",
    () => scoreHistogram({ title: "", scores: [1], labels: [2], classes: ["a", "b"] }),
    "scoreHistogram: labels[0] must be a whole number from 0 to 1, got 2.",
  ],
])("%s: error", (_, make, message) => {
  expect(make).toThrow(message);
});
