import { classRegions, lineChart, lossCurve } from "@downhill/plots";
import { formatNumber, formatPercent } from "@downhill/plots/format";
import { accuracy, confusionMatrix } from "downhill";
import { stableNetwork } from "../programs/correctedRuns.ts";
import { type NetworkProgram, network } from "../programs/network.ts";
import { lossRises } from "./lossRises.ts";
import { type Figure, gridAround, lossFigure, type Part, pointsOf, type Section } from "./section.ts";
import { sharpestBatches, sharpnessOf } from "./sharpness.ts";

export function networkSection(article: NetworkProgram): Section {
  const stable = stableNetwork();
  return {
    title: "Neural network",
    parts: [
      {
        paragraphs: [
          "The data are three clouds of 150 points each. The network has one hidden layer of 32 units. Each step uses a " +
            "mini-batch of at most 64 points, each epoch has a new random order, and the learning rate is 0.05. The article plots " +
            "the cross-entropy divided by the number of classes.",
        ],
        figures: [
          lossFigure(
            "network",
            article.losses,
            "Loss",
            "The article's run: the loss jumps up again and again. The last epoch is such a jump.",
          ),
          regions("network-regions", "Regions after 200 epochs", article, "The article's run: class 2 has no region."),
        ],
      },
      wrongPart(article, network({ epochs: 199 })),
      sharpnessPart(article, stable),
      stablePart(article, stable, network({ standardize: true })),
    ],
  };
}

function wrongPart({ losses, fitted, blobs: { X, y } }: NetworkProgram, shorter: NetworkProgram): Part {
  const { rises, doublings, largest, last } = lossRises(losses);
  const predicted = fitted.predict(X);
  const predictedForTwo = confusionMatrix(predicted, Array.from(y)).counts[2]!;
  return {
    title: "What goes wrong",
    paragraphs: [
      `The loss rises in ${rises} of the 199 epochs after the first, and in ${doublings} of them it more than doubles. The ` +
        `largest jump is in epoch ${largest.epoch}: the loss goes from ${formatNumber(largest.before, 3)} to ` +
        `${formatNumber(largest.after, 3)} and is ${Math.round(largest.factor)} times as large. The last epoch is also a jump, ` +
        `from ${formatNumber(last.before, 3)} to ${formatNumber(last.after, 3)}.`,
      `The article stops after this jump. The article's network assigns ${predictedForTwo[2]} of the 150 points of class 2 to class 2 ` +
        `and ${predictedForTwo[0]} of them to class 0. The network classifies only ` +
        `${formatPercent(accuracy(predicted, y))} of all points correctly. One epoch earlier, the network classified ` +
        `${formatPercent(accuracy(shorter.fitted.predict(X), y))} correctly.`,
      "The steps are too long for inputs of this size. The columns range from " +
        `${formatNumber(Math.min(...X.data), 2)} to ${formatNumber(Math.max(...X.data), 2)}, and a step changes each weight in ` +
        "proportion to the input of that weight.",
    ],
    figures: [],
  };
}

const every = 10; // epochs between two measurements of the curvature

/** Compares the learning rates of both runs with the curvature of the loss along the runs. */
function sharpnessPart(article: NetworkProgram, stable: NetworkProgram): Part {
  const jumps = Array.from(article.losses.keys()).filter(
    (i) => i > 0 && article.losses[i]! > 2 * article.losses[i - 1]!,
  );
  const epochs = jumps.map((i) => i + 1);
  const batches = sharpestBatches(article, epochs);
  const others = sharpnessOf(stable.fit, every);
  const [limit, otherLimit] = [limitOf(article), limitOf(stable)];
  const above = batches.filter((value) => value > limit).length;
  return {
    title: "Why the loss jumps",
    paragraphs: [
      "A step of gradient descent overshoots if the largest curvature of the loss is above 2 / learning rate. For a network " +
        "this does not prove that training fails, because the curvature changes with the weights. But the loss can jump. For the " +
        `article's learning rate of 0.05 the limit is ${formatNumber(limit)}.`,
      `The library measured the curvature in the ${epochs.length} epochs in which the loss more than doubles, before each step and ` +
        `for the mini-batch of the step. In ${above} of these epochs a mini-batch is above the limit; the largest curvature ` +
        `is ${formatNumber(Math.max(...batches), 3)}.`,
      `The second run has standardized columns and the learning rate 0.02, so its limit is ${formatNumber(otherLimit)}. Its ` +
        `largest curvature over all points, measured every ${every} epochs, is ${formatNumber(Math.max(...others), 3)}.`,
    ],
    figures: [
      {
        name: "network-sharpness",
        spec: lineChart({
          title: "Largest curvature, divided by the limit",
          lines: [
            { name: "article’s settings, mini-batches", x: epochs, y: batches.map((value) => value / limit) },
            {
              name: "other settings, all points",
              x: others.map((_, i) => (i + 1) * every),
              y: others.map((value) => value / otherLimit),
            },
            { name: "limit", x: [1, stable.epochs], y: [1, 1] },
          ],
          xName: "Epoch",
          yName: "Curvature · learning rate / 2",
          yScale: "log",
        }),
        caption: "A step on a mini-batch above the limit overshoots.",
      },
    ],
  };
}

/** The largest curvature for which a step does not overshoot. */
const limitOf = ({ fit }: NetworkProgram): number => 2 / fit.optimizer.rate!(1);

function stablePart(article: NetworkProgram, stable: NetworkProgram, standardized: NetworkProgram): Part {
  const { rises, largest } = lossRises(stable.losses);
  const { X, y } = stable.blobs;
  return {
    title: "The same network with other settings",
    paragraphs: [
      "Two settings differ from the article's. The columns are standardized to mean 0 and standard deviation 1, and the " +
        "learning rate is 0.02. The points, the first weights and the row orders are the article's.",
      `With these settings the loss rises in only ${rises} epochs, by at most ${formatPercent(largest.factor - 1)}. The last ` +
        `loss is ${formatNumber(stable.losses.at(-1)!, 3)}. The network classifies ` +
        `${formatPercent(accuracy(stable.fitted.predict(X), y))} of the points correctly, and each class has a region.`,
      "Standardized columns alone help too: with the article's learning rate of 0.05, no rise exceeds " +
        `${formatPercent(lossRises(standardized.losses).largest.factor - 1)}.`,
    ],
    figures: [
      {
        name: "network-stable-loss",
        spec: lossCurve({
          title: "Loss of both runs",
          runs: [
            { name: "article’s settings", values: article.losses },
            { name: "other settings", values: stable.losses },
          ],
          yScale: "log",
        }),
        caption: "The loss axis is logarithmic. The large jumps of the article's run undo the progress of many epochs.",
      },
      regions(
        "network-stable-regions",
        "Regions with the other settings",
        stable,
        "Each of the three classes has a region.",
      ),
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
