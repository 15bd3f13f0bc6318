// The confusion matrix of a classifier: how often each true class was predicted as which class.

import { ramps, textColorOn } from "../color/ramps.ts";
import { fail, requireFinite, requireLength, requireSome, requireTexts } from "../data/check.ts";
import { finish, frameOf } from "../layout/frame.ts";
import { label } from "../layout/label.ts";
import type { Mark, Scene, Size } from "../scene/scene.ts";
import { type ChartText, drawing, type Input, type Spec, textOf, withRemark } from "../scene/spec.ts";
import { counted, formatNumber, formatPercent } from "../text/format.ts";
import { textWidth, type Weight } from "../text/measure.ts";

/** The spec of `confusionMatrix`. */
export interface ConfusionMatrix extends Spec {
  readonly kind: "confusionMatrix";
  /** Names of the K classes, at least one. */
  readonly classes: readonly string[];
  /** K·K counts, at least 0, row by row: row = true class, column = predicted class. */
  readonly counts: ArrayLike<number>;
  /** Name of the horizontal axis. Default: "predicted class". */
  readonly xName: string;
  /** Name of the vertical axis. Default: "true class". */
  readonly yName: string;
}

/**
 * Counts of true against predicted classes. A cell's colour is its share of its row, from 0 to 100 %.
 *
 * @throws RangeError when there are not K·K counts, or when a count is negative or not finite
 *
 * @example
 * ```ts
 * import { confusionMatrix, draw } from "@downhill/plots";
 *
 * const classes = ["benign", "malignant"];
 * const svg = draw(confusionMatrix({ title: "Confusion matrix", classes, counts: [70, 2, 5, 37] }));
 * ```
 */
export function confusionMatrix({
  xName = "predicted class",
  yName = "true class",
  ...rest
}: Input<ConfusionMatrix, "xName" | "yName">): ConfusionMatrix {
  requireTexts("confusionMatrix", { xName, yName, classes: rest.classes, ...textOf(rest) });
  const { classes, counts } = rest;
  requireSome("confusionMatrix", { classes });
  requireFinite("confusionMatrix", { counts });
  requireLength("confusionMatrix", { counts }, { "classes × classes": classes.length ** 2 });
  for (let i = 0; i < counts.length; i++)
    if (counts[i]! < 0)
      fail("confusionMatrix", `counts[${i}] must be at least 0, got ${counts[i]}. Pass numbers of examples.`);
  return { ...rest, xName, yName, kind: "confusionMatrix", [drawing]: { defaultSize, layout } };
}

/** Width and height of a cell whose count can be read, and of everything around the cells [px]. */
const cellWidth = 42;
const cellHeight = 30;
const frameWidth = 190;
const frameHeight = 110;
/** With more classes the cells become smaller instead of the drawing larger. */
const maxFullCells = 20;

function defaultSize({ classes }: ConfusionMatrix): Size {
  const cells = Math.min(maxFullCells, classes.length);
  return {
    width: Math.max(560, frameWidth + cellWidth * cells),
    height: Math.max(440, frameHeight + cellHeight * cells),
  };
}

/** Cells at least this wide and high have a gap between them [px]. */
const minGapSize = 14;
/** Smallest height of a cell with a count, and of a cell with a count and a percentage [px]. */
const countHeight = 18;
const bothHeight = 40;
/** Free width beside a count [px]. */
const sideGap = 6;

const stops = Array.from({ length: 11 }, (_, i) => ramps.share(i / 10));

function layout(spec: ConfusionMatrix, size: Size): Scene {
  const { classes, counts } = spec;
  const k = classes.length;
  const frameWith = (text: ChartText) =>
    frameOf(
      {
        text,
        x: { name: spec.xName, scale: "band", domain: [0, k], labels: classes },
        y: { name: spec.yName, scale: "band", domain: [0, k], labels: [...classes].reverse() },
        legend: [],
        colorBar: { name: "% of the row", scale: "linear", domain: [0, 100], stops },
        lines: "border",
      },
      size,
    );
  const texts = Array.from(counts, (count) => formatNumber(count, 3));
  let frame = frameWith(spec);
  let font = fontFor(texts, frame.box.width / k, frame.box.height / k);
  if (font === null) {
    frame = frameWith(withRemark(spec, "The cells are too small for their counts."));
    font = fontFor(texts, frame.box.width / k, frame.box.height / k);
  }
  const totals = classes.map((_, row) => classes.reduce((sum, _name, column) => sum + counts[row * k + column]!, 0));
  const share = (row: number, column: number): number =>
    totals[row] === 0 ? 0 : counts[row * k + column]! / totals[row]!;
  const [width, height] = [frame.box.width / k, frame.box.height / k];
  const gap = Math.min(width, height) >= minGapSize ? 1 : 0;
  const hasPercent = height >= bothHeight && textWidth("100 %", 12) + sideGap <= width;
  const marks: Mark[] = [];
  for (let row = 0; row < k; row++)
    for (let column = 0; column < k; column++) {
      const [x, y] = [frame.box.x + column * width, frame.box.y + row * height];
      const fill = ramps.share(share(row, column));
      marks.push({ kind: "rects", cells: [[x + gap / 2, y + gap / 2, width - gap, height - gap]], fill });
      if (font === null) continue;
      const style = { anchor: "middle", color: textColorOn(fill) } as const;
      const middle = [x + width / 2, y + height / 2] as const;
      const isZero = counts[row * k + column] === 0;
      const countStyle = isZero ? { ...style, size: font.size } : { ...style, ...font };
      marks.push(label(texts[row * k + column]!, middle[0], middle[1] + (hasPercent ? -3 : 5), countStyle));
      if (hasPercent) marks.push(label(`${Math.round(100 * share(row, column))} %`, middle[0], middle[1] + 13, style));
    }
  const correct = classes.reduce((sum, _name, i) => sum + counts[i * k + i]!, 0);
  const total = totals.reduce((a, b) => a + b, 0);
  const accuracy =
    total === 0
      ? "There are no examples."
      : `${formatNumber(correct)} of ${counted(total, "example is", "examples are")} predicted correctly (${formatPercent(correct / total)}).`;
  return finish(frame, marks, {
    title: spec.title,
    caption: `True against predicted class for ${counted(k, "class", "classes")}. ${accuracy}`,
    series: classes.map((name, i) => ({ name, count: totals[i]! })),
    table: {
      columns: [`${spec.yName} \\ ${spec.xName}`, ...classes],
      rows: classes.map((name, row) => [name, ...classes.map((_, column) => counts[row * k + column]!)]),
    },
  });
}

/** The largest font in which every count fits into its cell; null when there is none. Counts stand in all cells or in none. */
function fontFor(texts: readonly string[], width: number, height: number): { size: number; weight: Weight } | null {
  if (height < countHeight) return null;
  const fonts = [
    { size: 13, weight: "bold" },
    { size: 12, weight: "bold" },
    { size: 12, weight: "regular" },
  ] as const;
  return (
    fonts.find(({ size, weight }) => texts.every((text) => textWidth(text, size, weight) + sideGap <= width)) ?? null
  );
}
