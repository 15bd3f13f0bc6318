// Title, subtitle and legend above a plot, the caption under it. Where the drawing is low they take fewer lines, so
// that the plot keeps its share.

import type { LegendItem, Mark, Size } from "../scene/scene.ts";
import type { ChartText } from "../scene/spec.ts";
import { legendBlock } from "./legend.ts";
import { captionBlock, type LineLimits, margin, moved, titleBlock } from "./text.ts";

export interface Blocks {
  readonly marks: readonly Mark[];
  /** Where the plot and what belongs to its axes may begin and end. */
  readonly top: number;
  readonly bottom: number;
}

const choices: readonly LineLimits[] = [
  { title: 2, subtitle: 2, caption: 3, legend: 12 },
  { title: 2, subtitle: 2, caption: 3, legend: 6 },
  { title: 2, subtitle: 1, caption: 2, legend: 4 },
  { title: 1, subtitle: 1, caption: 1, legend: 2 },
  { title: 1, subtitle: 1, caption: 1, legend: 1 },
];

/**
 * The bands around a plot whose axes take `axes` px of height.
 *
 * @param largest  the title's font size if it fits in one line [px]
 */
export function blocksAround(
  words: ChartText,
  items: readonly LegendItem[],
  { width, height }: Size,
  axes: number,
  largest = width < 400 ? 14 : 16,
): Blocks {
  const bands = choices.map((limits): Blocks => {
    const head = titleBlock(words, width, limits, largest);
    const legend = legendBlock(items, width, limits.legend);
    const foot = captionBlock(words, width, limits);
    const from = head.height + (legend.height > 0 ? 5 : 0);
    const bottom = height - (foot.height === 0 ? margin : foot.height + margin - 4);
    const marks = [...head.marks, ...moved(legend.marks, 0, from), ...moved(foot.marks, 0, bottom)];
    return { marks, top: from + legend.height, bottom };
  });
  const wanted = Math.max(90, height * 0.34);
  return bands.find(({ top, bottom }) => bottom - top - axes >= wanted) ?? bands.at(-1)!;
}
