import { scatterLine } from "@downhill/plots";
import { formatNumber } from "@downhill/plots/format";
import type { LinearProgram } from "../programs/linear.ts";
import { leastSquares } from "./leastSquares.ts";
import { lossFigure, type Section } from "./section.ts";

export function linearSection({ data, params, losses }: LinearProgram): Section {
  const [x, y] = [data["X"] as Float64Array, data["y"] as Float64Array];
  const [w, b] = [params["w"] as number, params["b"] as number];
  const best = leastSquares(x, y);
  return {
    title: "Linear regression",
    parts: [
      {
        paragraphs: [
          "Two hundred points scatter around y = 2 x − 0.3. Gradient descent on half the mean squared error, with all " +
            `points in every step, finds w = ${formatNumber(w)} and b = ${formatNumber(b)}.`,
          `The best line of all has w = ${formatNumber(best.slope)} and b = ${formatNumber(best.intercept)}. The points lie evenly around ` +
            "x = 0, so slope and intercept do not disturb each other, and 200 steps are enough for both.",
        ],
        figures: [
          lossFigure("linear", losses, "Half the mean squared error", "What remains at the end is the noise."),
          {
            name: "linear-fit",
            spec: scatterLine({ title: "The fitted line", x, y, line: { slope: w, intercept: b } }),
            caption: "The points and the line after 200 steps.",
          },
        ],
      },
    ],
  };
}
