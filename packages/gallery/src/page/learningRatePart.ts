import { gridBetween, lossSurface, panels } from "@downhill/plots";
import { formatNumber } from "@downhill/plots/format";
import { meanSquaredError } from "downhill";
import { line } from "../programs/line.ts";
import { leastSquares } from "./leastSquares.ts";
import type { Part } from "./section.ts";

const start = [0, 8] as const;
const steps = 30; // per path; a path that leaves the picture earlier is drawn up to that step
const [slopes, intercepts] = [[-2, 5] as const, [-1, 9] as const];
const rates = [
  { name: "Too small", learningRate: 0.0005 },
  { name: "Suitable", learningRate: 0.0145 },
  { name: "Too large", learningRate: 0.0305 },
];

/** Shows on the first article's loss how the learning rate changes the path: three learning rates, one start. */
export function learningRatePart(x: Float64Array, y: Float64Array): Part {
  const { slope, intercept, curvatures } = leastSquares(x, y);
  const [smallest, largest] = curvatures;
  const runs = rates.map((rate) => ({ ...rate, ...line({ learningRate: rate.learningRate, epochs: 1001, start }) }));
  const grid = gridBetween(slopes, intercepts, { columns: 80, rows: 80 });
  const values = Float64Array.from({ length: grid.columns * grid.rows }, (_, cell) => {
    const [m, b] = [grid.points[2 * cell]!, grid.points[2 * cell + 1]!];
    const predictions = x.map((x) => m * x + b);
    return meanSquaredError(predictions, y);
  });
  const charts = runs.map(({ name, learningRate, path }) =>
    lossSurface({
      title: `${name}: ${learningRate}`,
      grid,
      values,
      paths: [
        { name: "descent", x: path.m.slice(0, shownSteps(path.m) + 1), y: path.b.slice(0, shownSteps(path.m) + 1) },
      ],
      optimum: [slope, intercept],
      colorBar: false,
      xName: "slope m",
      yName: "intercept b",
    }),
  );
  const title = `The first ${steps} steps`;
  return {
    title: "Three learning rates",
    paragraphs: [
      "The first article ends with a remark on the learning rate. The article's data show why the learning rate matters. " +
        "Plotted over m and b, the mean squared error is a long valley. The curvature is " +
        `${formatNumber(largest)} across the valley and ${formatNumber(smallest)} along it. In each of these two directions, a step ` +
        "multiplies the distance to the lowest point by (1 − learning rate × curvature). With a learning rate below " +
        `2 / ${formatNumber(largest)} = ${formatNumber(2 / largest)}, both distances shrink. With a larger learning rate, the distance across ` +
        "the valley grows at every step.",
      "The library minimises half the mean squared error, so the curvatures are half as large. The largest curvature is " +
        `L = ${formatNumber(largest / 2)}, and the limit is 2 / L = ${formatNumber(4 / largest)}. Twice the learning rate gives the ` +
        "same steps.",
    ],
    table: {
      head: ["Learning rate", "Loss at the start", `Loss after ${steps} steps`, "Loss after 1000 steps"],
      rows: runs.map(({ name, learningRate, losses }) => [
        `${learningRate} (${name.toLowerCase()})`,
        formatNumber(losses[0]!),
        formatNumber(losses[steps]!),
        formatNumber(losses[1000]!),
      ]),
    },
    figures: [
      {
        name: "line-rates",
        spec: panels({ title, charts, columns: 3 }),
        narrow: { spec: panels({ title, charts, columns: 1 }), height: 1020 },
        caption:
          "All three paths start at m = 0 and b = 8. With the small learning rate, the path has not reached the bottom of " +
          `the valley after ${steps} steps. With the suitable one, the path reaches the bottom at once and then follows the valley. With the ` +
          `large one, the path jumps from side to side and leaves the picture at step ${shownSteps(runs.at(-1)!.path.m)}.`,
        broad: true,
      },
    ],
  };
}

/** The number of steps of a path that the picture shows: up to the first step that leaves it. */
function shownSteps(m: readonly number[]): number {
  const outside = m.findIndex((m) => m < slopes[0] || m > slopes[1]);
  return outside < 0 ? steps : Math.min(outside, steps);
}
