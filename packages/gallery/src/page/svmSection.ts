import { marginRegions } from "@downhill/plots";
import { formatPercent } from "@downhill/plots/format";
import { accuracy } from "downhill";
import type { SvmProgram } from "../programs/svm.ts";
import { gridAround, lossFigure, pointsOf, type Section } from "./section.ts";

export function svmSection({ blobs: { X, y }, fitted, losses }: SvmProgram): Section {
  const grid = gridAround(X);
  const scores = fitted.scores(X).data;
  const within = Array.from(y.keys()).filter((i) => (2 * y[i]! - 1) * scores[i]! < 1);
  return {
    title: "Support vector machine",
    parts: [
      {
        paragraphs: [
          "Two clouds of 150 points that overlap. The machine looks for the line with the widest margin: it descends " +
            "½ ‖w‖² + the mean of max(0, 1 − y (w·x + b)), which is 0 for points beyond their margin.",
          `With C = 1 the penalty is strong, so w stays short and the margin wide: ${within.length} of the 300 points lie within ` +
            `it or on the wrong side. ${formatPercent(accuracy(fitted.predict(X), y))} of the points are on their side of the line.`,
        ],
        figures: [
          lossFigure("svm", losses, "Objective", "It falls fast while w grows, then slowly."),
          {
            name: "svm-margins",
            spec: marginRegions({
              title: "The line and its margins",
              grid,
              scores: fitted.scores(grid.matrix).data,
              points: pointsOf(X, y),
              support: within,
              classes: ["class 0", "class 1"],
            }),
            caption: "Ringed points lie within the margin or on the wrong side; they alone pull at the line.",
          },
        ],
      },
    ],
  };
}
