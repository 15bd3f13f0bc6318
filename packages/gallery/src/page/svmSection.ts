import { marginRegions } from "@downhill/plots";
import { formatPercent } from "@downhill/plots/format";
import { accuracy } from "downhill";
import type { SvmProgram } from "../programs/svm.ts";
import { ratePart } from "./ratePart.ts";
import { gridAround, lossFigure, pointsOf, type Section } from "./section.ts";

export function svmSection({ blobs: { X, y }, fitted, losses, fit }: SvmProgram): Section {
  const grid = gridAround(X);
  const scores = fitted.scores(X).data;
  const within = Array.from(y.keys()).filter((i) => (2 * y[i]! - 1) * scores[i]! < 1);
  return {
    title: "Support vector machine",
    parts: [
      {
        paragraphs: [
          "The data are two clouds of 150 points each, and the clouds overlap. A support vector machine looks for the line " +
            "with the widest margin. Training minimises ½ ‖w‖² + C × the mean of max(0, 1 − y (w·x + b)). The maximum " +
            "is 0 for each point that is outside the margin and on the correct side.",
          "With C = 1 the penalty ½ ‖w‖² is strong, so w stays short and the margin is wide. " +
            `${within.length} of the 300 points are within the margin or on the wrong side of the line. The model classifies ` +
            `${formatPercent(accuracy(fitted.predict(X), y))} of the points correctly.`,
        ],
        figures: [
          lossFigure("svm", losses, "Objective", "The objective falls fast while w grows, then slowly."),
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
            caption:
              "Points with a ring are within the margin or on the wrong side. Only these points influence the line.",
          },
        ],
      },
      ratePart("svm", fit),
    ],
  };
}
