import { gridBetween, lossSurface, panels } from "@downhill/plots";
import { formatNumber } from "@downhill/plots/format";
import { meanSquaredError } from "downhill";
import { line } from "../programs/line.ts";
import { leastSquares } from "./leastSquares.ts";
import type { Part } from "./section.ts";

const start = [0, 8] as const;
const steps = 30; // of each path, unless it leaves the picture before
const [slopes, intercepts] = [[-2, 5] as const, [-1, 9] as const];
const rates = [
  { name: "Too small", learningRate: 0.0005 },
  { name: "Right", learningRate: 0.0145 },
  { name: "Too large", learningRate: 0.0305 },
];

/** The last sentence of the first article, as a picture: three rates on its loss, from one start. */
export function learningRatePart(x: Float64Array, y: Float64Array): Part {
  const { slope, intercept, curvatures } = leastSquares(x, y);
  const [flat, steep] = curvatures;
  const runs = rates.map((rate) => ({ ...rate, ...line({ learningRate: rate.learningRate, epochs: 1001, start }) }));
  const grid = gridBetween(slopes, intercepts, { columns: 80, rows: 80 });
  const values = Float64Array.from({ length: grid.columns * grid.rows }, (_, cell) => {
    const [m, b] = [grid.points[2 * cell]!, grid.points[2 * cell + 1]!];
    const predictions = x.map((x) => m * x + b);
    return meanSquaredError(predictions, y);
  });
  const charts = runs.map(({ name, learningRate, path }) =>
    lossSurface({
      title: `${name}: rate ${learningRate}`,
      grid,
      values,
      paths: [{ name: "descent", x: path.m.slice(0, shown(path.m) + 1), y: path.b.slice(0, shown(path.m) + 1) }],
      optimum: [slope, intercept],
      bar: false,
      xName: "slope m",
      yName: "intercept b",
    }),
  );
  const title = `The first ${steps} steps at three learning rates`;
  return {
    title: "The learning rate is crucial",
    paragraphs: [
      "So the first article closes, and its own points show it. Over all lines (m, b) the mean squared error is a long " +
        `valley: across it curves by ${formatNumber(steep)}, along its floor by ${formatNumber(flat)}. A step multiplies the distance to ` +
        `the lowest point by 1 − rate × curvature, in each direction by its own. Below 2 / ${formatNumber(steep)} = ` +
        `${formatNumber(2 / steep)} both distances shrink; above it the one across grows with every step.`,
      `The library descends half the mean squared error. There the largest curvature is L = ${formatNumber(steep / 2)} and the ` +
        `limit is 2 / L = ${formatNumber(4 / steep)}: the same steps, at twice the rate.`,
    ],
    table: {
      head: ["Rate", "It is", "Loss at the start", `After ${steps} steps`, "After 1000 steps"],
      rows: runs.map(({ name, learningRate, losses }) => [
        String(learningRate),
        name.toLowerCase(),
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
          "All three start at m = 0 and b = 8. Too small: on the way to the valley for a long time. Right: in the valley " +
          `at once, then along its floor. Too large: from wall to wall, and out of the picture at step ` +
          `${shown(runs.at(-1)!.path.m)}.`,
        broad: true,
      },
    ],
  };
}

/** Steps of a path that the picture shows: to the first one out of it. */
function shown(m: readonly number[]): number {
  const out = m.findIndex((m) => m < slopes[0] || m > slopes[1]);
  return out < 0 ? steps : Math.min(out, steps);
}
