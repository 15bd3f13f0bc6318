import { scatterLine } from "@downhill/plots";
import { formatNumber } from "@downhill/plots/format";
import type { LineProgram } from "../programs/line.ts";
import { learningRatePart } from "./learningRatePart.ts";
import { leastSquares } from "./leastSquares.ts";
import { ratePart } from "./ratePart.ts";
import { lossFigure, type Section } from "./section.ts";

export function lineSection({ data, params, losses, fit }: LineProgram): Section {
  const [x, y] = [data["X"] as Float64Array, data["y"] as Float64Array];
  const [m, b] = [params["m"] as number, params["b"] as number];
  const best = leastSquares(x, y);
  return {
    title: "A line through points",
    parts: [
      {
        paragraphs: [
          "One hundred points are scattered around y = 2.5 x. The program fits the line y = m x + b to the points. Training " +
            "starts with m = 0 and b = 0 and takes 1000 steps of gradient descent on the mean squared error. Each step uses all the points.",
          `After 1000 steps, m = ${formatNumber(m)} and b = ${formatNumber(b)}. The line with the lowest possible error has ` +
            `m = ${formatNumber(best.slope)} and b = ${formatNumber(best.intercept)}.`,
        ],
        figures: [
          lossFigure(
            "line",
            losses,
            "Mean squared error",
            "Almost all of the decrease happens in the first few steps.",
          ),
          {
            name: "line-fit",
            spec: scatterLine({ title: "The fitted line", x, y, line: { slope: m, intercept: b } }),
            caption: "The chart shows the points and the line after 1000 steps.",
          },
        ],
      },
      ratePart("line", fit, 2),
      learningRatePart(x, y),
    ],
  };
}
