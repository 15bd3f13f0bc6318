import { probabilityField } from "@downhill/plots";
import { formatNumber, formatPercent } from "@downhill/plots/format";
import { accuracy } from "downhill";
import type { LogisticProgram } from "../programs/logistic.ts";
import { gridAround, lossFigure, pointsOf, type Section } from "./section.ts";

export function logisticSection({ blobs: { X, y }, fitted, losses }: LogisticProgram): Section {
  const grid = gridAround(X);
  const probabilities = fitted.probabilities(grid.matrix).data.filter((_, at) => at % 2 === 1);
  return {
    title: "Logistic regression",
    parts: [
      {
        paragraphs: [
          "Two clouds of 150 points. The model gives every place a probability of class 1, and descends the " +
            "cross-entropy, which is small where the points' own classes are probable.",
          `The clouds lie far apart: ${formatPercent(accuracy(fitted.predict(X), y))} of the points are on their side of the ` +
            `line, and the loss falls from ln\u00a02 = ${formatNumber(losses[0]!)}, a coin's, to ${formatNumber(losses.at(-1)!)}.`,
        ],
        figures: [
          lossFigure("logistic", losses, "Cross-entropy", "Almost all of the fall is in the first epochs."),
          {
            name: "logistic-field",
            spec: probabilityField({ title: "Probability of class 1", grid, probabilities, points: pointsOf(X, y) }),
            caption: "The probability in twenty steps; it is one half on the bold line.",
          },
        ],
      },
    ],
  };
}
