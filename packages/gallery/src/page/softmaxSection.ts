import { classRegions } from "@downhill/plots";
import { formatNumber, formatPercent } from "@downhill/plots/format";
import { accuracy } from "downhill";
import type { SoftmaxProgram } from "../programs/softmax.ts";
import { gridAround, lossFigure, pointsOf, type Section } from "./section.ts";

export function softmaxSection({ blobs: { X, y }, fitted, losses }: SoftmaxProgram): Section {
  const grid = gridAround(X);
  return {
    title: "Softmax regression",
    parts: [
      {
        paragraphs: [
          "Three clouds of 150 points, two of which overlap. The model gives every class a linear score and turns the " +
            "three scores into probabilities; a place belongs to the class with the highest.",
          `${formatPercent(accuracy(fitted.predict(X), y))} of the points end in their own region. The loss falls from ` +
            `ln\u00a03 = ${formatNumber(losses[0]!)} to ${formatNumber(losses.at(-1)!)}; where clouds overlap, no model reaches 0.`,
        ],
        figures: [
          lossFigure(
            "softmax",
            losses,
            "Cross-entropy",
            "The first steps are a little too long, and the curve zigzags; then it settles.",
          ),
          {
            name: "softmax-regions",
            spec: classRegions({
              title: "Regions of the three classes",
              grid,
              field: { scores: fitted.scores(grid.matrix).data },
              points: pointsOf(X, y),
              classes: ["class 0", "class 1", "class 2"],
            }),
            caption: "Linear scores have straight borders.",
          },
        ],
      },
    ],
  };
}
