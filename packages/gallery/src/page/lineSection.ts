import { scatterLine } from "@downhill/plots";
import { formatNumber } from "@downhill/plots/format";
import type { LineProgram } from "../programs/line.ts";
import { learningRatePart } from "./learningRatePart.ts";
import { leastSquares } from "./leastSquares.ts";
import { lossFigure, type Section } from "./section.ts";

export function lineSection({ data, params, losses }: LineProgram): Section {
  const [x, y] = [data["X"] as Float64Array, data["y"] as Float64Array];
  const [m, b] = [params["m"] as number, params["b"] as number];
  const best = leastSquares(x, y);
  return {
    title: "A line through points",
    parts: [
      {
        paragraphs: [
          "One hundred points scatter around y = 2.5 x. The line y = m x + b starts flat, with m = 0 and b = 0, and " +
            "takes 1000 steps down the mean squared error. Every step looks at all the points.",
          `It ends at m = ${formatNumber(m)} and b = ${formatNumber(b)}. The best line of all has m = ${formatNumber(best.slope)} and ` +
            `b = ${formatNumber(best.intercept)}.`,
        ],
        figures: [
          lossFigure("line", losses, "Mean squared error", "A few steps do nearly all of it."),
          {
            name: "line-fit",
            spec: scatterLine({ title: "The fitted line", x, y, line: { slope: m, intercept: b } }),
            caption: "The points and the line after 1000 steps.",
          },
        ],
      },
      learningRatePart(x, y),
    ],
  };
}
