import { classRegions } from "@downhill/plots";
import { formatNumber, formatPercent } from "@downhill/plots/format";
import { accuracy } from "downhill";
import type { SoftmaxProgram } from "../programs/softmax.ts";
import { ratePart } from "./ratePart.ts";
import { gridAround, lossFigure, pointsOf, type Section } from "./section.ts";

export function softmaxSection({ blobs: { X, y }, fitted, losses, fit }: SoftmaxProgram): Section {
  const grid = gridAround(X);
  return {
    title: "Softmax regression",
    parts: [
      {
        paragraphs: [
          "The data are three clouds of 150 points each, and two of the clouds overlap. The model computes a linear score " +
            "for each class and turns the three scores into probabilities. The model predicts the class with the highest " +
            "probability.",
          `The model classifies ${formatPercent(accuracy(fitted.predict(X), y))} of the points correctly. The loss falls ` +
            `from ln\u00a03 = ${formatNumber(losses[0]!)} to ${formatNumber(losses.at(-1)!)}. The loss cannot reach 0, because two clouds overlap.`,
        ],
        figures: [
          lossFigure(
            "softmax",
            losses,
            "Cross-entropy",
            "The first steps are a little too long, so the loss goes up and down at first. Later the loss falls in every epoch.",
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
            caption: "The borders between the regions are straight, because the scores are linear.",
          },
        ],
      },
      ratePart("softmax", fit),
    ],
  };
}
