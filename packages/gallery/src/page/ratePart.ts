import { ruler } from "@downhill/plots";
import { formatCount, formatNumber } from "@downhill/plots/format";
import { type FitParts, forecast } from "downhill";
import type { Figure, Part } from "./section.ts";

const remaining = 1e-6; // of the distance between the loss at the start and the lowest possible loss

/**
 * What the library forecasts about the learning rate of a program before its first step.
 *
 * @param perRate  the library's learning rate for the article's learning rate 1
 */
export function ratePart(program: string, { problem, optimizer, options }: FitParts, perRate = 1): Part {
  const { batchSize = "full", start = "zeros", seed = 0 } = options;
  const about = { batchSize, start, seed, tolerance: remaining };
  const own = forecast(problem, optimizer, about);
  const { best, bestEpochs, epochs, learningRate, zones, limit } = own;
  const rate = (library: number): string => formatNumber(library / perRate, 2);
  const saved =
    best === null || bestEpochs === null || epochs === null
      ? []
      : [
          `The article's learning rate ${rate(learningRate!)} needs ${formatCount(epochs)} epochs until a millionth of the ` +
            `distance to the lowest possible loss remains. The learning rate ${rate(best)} needs ${formatCount(bestEpochs)}.`,
        ];
  const marks = [
    { name: "article", at: learningRate },
    { name: "best", at: best },
    { name: "limit", at: limit },
  ].flatMap(({ name, at }) => (at === null ? [] : [{ name, at }]));
  const figures: Figure[] = [];
  if (zones.length > 1) {
    figures.push({
      name: `${program}-ruler`,
      spec: ruler({ title: "Learning rates of the library", zones, marks, xName: "Learning rate", xScale: "log" }),
      caption: "The zones were computed from the data before the first step.",
      broad: true,
    });
  }
  return {
    title: "The learning rate, before the first step",
    paragraphs: [...saved, own.sentences.join(" ")],
    figures,
  };
}
