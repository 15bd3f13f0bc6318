import { probabilityField } from "@downhill/plots";
import { formatNumber, formatPercent } from "@downhill/plots/format";
import { accuracy } from "downhill";
import type { LogisticProgram } from "../programs/logistic.ts";
import { ratePart } from "./ratePart.ts";
import { gridAround, lossFigure, pointsOf, type Section } from "./section.ts";

export function logisticSection({ blobs: { X, y }, fitted, losses, fit }: LogisticProgram): Section {
  const grid = gridAround(X);
  const probabilities = fitted.probabilities(grid.matrix).data.filter((_, at) => at % 2 === 1);
  return {
    title: "Logistic regression",
    parts: [
      {
        paragraphs: [
          "The data are two clouds of 150 points each, one cloud per class. At each point of the plane the model computes " +
            "the probability of class 1. Training minimises the cross-entropy, which is small when the model gives each " +
            "point's own class a high probability.",
          "The clouds are far apart: the model classifies " +
            `${formatPercent(accuracy(fitted.predict(X), y))} of the points correctly. At the start both classes have the ` +
            `probability one half, and the loss is ln\u00a02 = ${formatNumber(losses[0]!)}. The loss falls to ` +
            `${formatNumber(losses.at(-1)!)}.`,
        ],
        figures: [
          lossFigure("logistic", losses, "Cross-entropy", "Almost all of the decrease happens in the first epochs."),
          {
            name: "logistic-field",
            spec: probabilityField({ title: "Probability of class 1", grid, probabilities, points: pointsOf(X, y) }),
            caption: "Twenty shades show the probability. On the bold line the probability is one half.",
          },
        ],
      },
      ratePart("logistic", fit),
    ],
  };
}
