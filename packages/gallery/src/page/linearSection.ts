import { scatterLine } from "@downhill/plots";
import { formatNumber } from "@downhill/plots/format";
import type { LinearProgram } from "../programs/linear.ts";
import { leastSquares } from "./leastSquares.ts";
import { ratePart } from "./ratePart.ts";
import { lossFigure, type Section } from "./section.ts";

export function linearSection({ data, params, losses, fit }: LinearProgram): Section {
  const [x, y] = [data["X"] as Float64Array, data["y"] as Float64Array];
  const [w, b] = [params["w"] as number, params["b"] as number];
  const best = leastSquares(x, y);
  return {
    title: "Linear regression",
    parts: [
      {
        paragraphs: [
          "Two hundred points are scattered around y = 2 x − 0.3. The program minimises half the mean squared error by " +
            "gradient descent. Each step uses all the points. After 200 steps, " +
            `w = ${formatNumber(w)} and b = ${formatNumber(b)}.`,
          `The line with the lowest possible error has w = ${formatNumber(best.slope)} and b = ${formatNumber(best.intercept)}. The x ` +
            "values are spread evenly around 0, so slope and intercept do not influence each other, and 200 steps are " +
            "enough for both.",
        ],
        figures: [
          lossFigure(
            "linear",
            losses,
            "Half the mean squared error",
            "The loss that remains at the end comes from the noise in the points.",
          ),
          {
            name: "linear-fit",
            spec: scatterLine({ title: "The fitted line", x, y, line: { slope: w, intercept: b } }),
            caption: "The chart shows the points and the line after 200 steps.",
          },
        ],
      },
      ratePart("linear", fit),
    ],
  };
}
