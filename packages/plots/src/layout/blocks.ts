// The blocks around a plot: title, subtitle and legend above it, the caption below it.

import type { GroupMark, LegendItem, Mark, Size } from "../scene/scene.ts";
import type { ChartText } from "../scene/spec.ts";
import { margin } from "./label.ts";
import { legendBlock } from "./legend.ts";
import { type Block, captionBlock, titleBlock } from "./titles.ts";

/** The blocks, and between which heights the plot and its axes may be drawn [px]. */
export interface Blocks {
  readonly marks: readonly Mark[];
  /** Height of the drawing: that of its size, and more only if the legend has buttons that need further rows [px]. */
  readonly height: number;
  /** The entries of the legend with their boxes. */
  readonly legend: readonly LegendItem[];
  readonly top: number;
  readonly bottom: number;
}

/** How many lines or rows each block may take, from generous to tight: in a low drawing the plot keeps its share. */
const lineLimits = [
  { title: 2, subtitle: 2, caption: 4, legend: 12 },
  { title: 2, subtitle: 2, caption: 3, legend: 6 },
  { title: 2, subtitle: 1, caption: 2, legend: 4 },
  { title: 1, subtitle: 1, caption: 1, legend: 2 },
  { title: 1, subtitle: 1, caption: 1, legend: 1 },
] as const;

/** The plot keeps at least this height where the limits allow it: 90 px, or this share of the drawing. */
const minPlotHeight = 90;
const minPlotShare = 0.34;

const legendGap = 5;

/** Font size of a title that fits on one line, for drawings of this width [px]. */
const titleSizeFor = (width: number): number => (width < 400 ? 14 : 16);

export interface BlocksPlan {
  readonly text: ChartText;
  readonly legend: readonly LegendItem[];
  readonly size: Size;
  /** Height of the axes, which belongs to the plot [px]. */
  readonly axesHeight: number;
  /** Font size of a title that fits on one line [px]. */
  readonly titleSize?: number;
}

/**
 * The blocks around a plot, with the most generous limits that leave the plot its height. If a legend of buttons fits into none of them,
 * the drawing becomes higher by the rows that do not fit.
 */
export function blocksAround(plan: BlocksPlan): Blocks {
  const { text, legend, size, axesHeight, titleSize = titleSizeFor(size.width) } = plan;
  const { width } = size;
  const choices = lineLimits.map((limits): Blocks => {
    const titles = titleBlock(text, {
      width,
      size: titleSize,
      titleLines: limits.title,
      subtitleLines: limits.subtitle,
    });
    const items = legendBlock(legend, {
      width,
      rows: limits.legend,
      hasButtons: size.legendButtons === true,
    });
    const caption = captionBlock(text, width, limits.caption);
    const legendTop = titles.height + (items.height > 0 ? legendGap : 0);
    const height = size.height + items.further;
    const bottom = height - (caption.height === 0 ? margin : caption.height + margin - 4);
    const marks = [...titles.marks, ...moved(items, legendTop), ...moved(caption, bottom)];
    const entries = items.items.map((item) =>
      item.box === undefined ? item : { ...item, box: { ...item.box, y: item.box.y + legendTop } },
    );
    return { marks, height, legend: entries, top: legendTop + items.height, bottom };
  });
  const minHeight = Math.max(minPlotHeight, size.height * minPlotShare);
  const fits = ({ top, bottom, height }: Blocks): boolean =>
    height === size.height && bottom - top - axesHeight >= minHeight;
  return choices.find(fits) ?? choices.at(-1)!;
}

/** The marks of a block, `y` px further down. */
function moved({ marks }: Block, y: number): readonly GroupMark[] {
  return marks.length === 0 ? [] : [{ kind: "group", x: 0, y, marks }];
}
