import { classRegions, lossCurve } from "@downhill/plots";
import { formatNumber, formatPercent } from "@downhill/plots/format";
import { accuracy, confusionMatrix } from "downhill";
import { steadyNetwork } from "../programs/correctedRuns.ts";
import { type NetworkProgram, network } from "../programs/network.ts";
import { jumpsOf } from "./lossRises.ts";
import { type Figure, gridAround, lossFigure, type Part, pointsOf, type Section } from "./section.ts";

export const networkSection = (article: NetworkProgram): Section => ({
  title: "Neural network",
  parts: [
    {
      paragraphs: [
        "Three clouds of 150 points and one hidden layer of 32 units. Every step looks at 64 points, in an order drawn " +
          "anew for each epoch, at rate 0.05. The article plots the cross-entropy divided by the number of classes.",
      ],
      figures: [
        lossFigure("network", article.losses, "Loss", "The article's run: it keeps jumping, and it ends on a jump."),
        regions("network-regions", "Regions after 200 epochs", article, "The article's run: class 2 has no region."),
      ],
    },
    wrongPart(article, network({ epochs: 199 })),
    steadyPart(article, steadyNetwork(), network({ standardize: true })),
  ],
});

function wrongPart({ losses, fitted, blobs: { X, y } }: NetworkProgram, shorter: NetworkProgram): Part {
  const { rises, doublings, largest, last } = jumpsOf(losses);
  const predicted = fitted.predict(X);
  const ofTwo = confusionMatrix(predicted, Array.from(y)).counts[2]!;
  return {
    title: "What goes wrong",
    paragraphs: [
      `The loss rises in ${rises} of the 199 epochs after the first, and in ${doublings} of them it more than doubles. The ` +
        `largest jump, in epoch ${largest.epoch}, takes it from ${formatNumber(largest.before, 3)} to ${formatNumber(largest.after, 3)}, ` +
        `${Math.round(largest.factor)} times as much. The last epoch is such a jump too, from ${formatNumber(last.before, 3)} to ` +
        `${formatNumber(last.after, 3)}.`,
      `The article stops there, and so its picture shows a network that has lost a class: of the 150 points of class 2, ` +
        `${ofTwo[2]} are given to class 2 and ${ofTwo[0]} to class 0. Only ${formatPercent(accuracy(predicted, y))} of all points ` +
        `are right. An epoch earlier, ${formatPercent(accuracy(shorter.fitted.predict(X), y))} were.`,
      `The steps are too long for numbers of this size: the columns reach from ${formatNumber(Math.min(...X.data), 2)} to ` +
        `${formatNumber(Math.max(...X.data), 2)}, and a weight moves in proportion to the numbers that it multiplies.`,
    ],
    figures: [],
  };
}

function steadyPart(article: NetworkProgram, steady: NetworkProgram, standardized: NetworkProgram): Part {
  const { rises, largest } = jumpsOf(steady.losses);
  const { X, y } = steady.blobs;
  return {
    title: "The same network, steadied",
    paragraphs: [
      "Two things change. The columns are standardized to mean 0 and deviation 1, and the rate is 0.02. Points, first " +
        "weights and orders are the article's.",
      `Now the loss rises in ${rises} epochs, by ${formatPercent(largest.factor - 1)} at most, and ends at ` +
        `${formatNumber(steady.losses.at(-1)!, 3)}. ${formatPercent(accuracy(steady.fitted.predict(X), y))} of the points are right, and ` +
        "all three classes are kept.",
      "Standardizing does most of it: at the article's rate of 0.05 it alone leaves no rise above " +
        `${formatPercent(jumpsOf(standardized.losses).largest.factor - 1)}.`,
    ],
    figures: [
      {
        name: "network-steady-loss",
        spec: lossCurve({
          title: "Loss of both runs",
          runs: [
            { name: "the article’s", values: article.losses },
            { name: "steadied", values: steady.losses },
          ],
          yScale: "log",
        }),
        caption: "On a logarithmic axis: every jump of the article's run undoes many epochs.",
      },
      regions("network-steady-regions", "Regions of the steadied network", steady, "All three classes have a region."),
    ],
  };
}

function regions(name: string, title: string, { blobs: { X, y }, fitted }: NetworkProgram, caption: string): Figure {
  const grid = gridAround(X);
  return {
    name,
    spec: classRegions({
      title,
      grid,
      field: { scores: fitted.scores(grid.matrix).data },
      points: pointsOf(X, y),
      classes: ["class 0", "class 1", "class 2"],
    }),
    caption,
  };
}
