// How often each true class was predicted as which: counts, and shares of the row on a fixed scale of 0–100 %.

import { ramps, textColorOn } from "../color/ramps.ts";
import { fail, requireFinite, requireLength, requireSome, requireTexts } from "../data/check.ts";
import { finish, frameOf } from "../layout/frame.ts";
import { label } from "../layout/text.ts";
import type { Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, textOf } from "../scene/spec.ts";
import { formatNumber, formatPercent } from "../text/format.ts";
import { textWidth } from "../text/measure.ts";

export interface ConfusionMatrix extends Spec {
  readonly kind: "confusionMatrix";
  /** Names of the K classes. */
  readonly classes: readonly string[];
  /** K·K counts, row-major: row = true class, column = predicted class. */
  readonly counts: ArrayLike<number>;
  readonly xName: string;
  readonly yName: string;
}

const stops = Array.from({ length: 11 }, (_, i) => ramps.share(i / 10));

/**
 * Counts of true against predicted classes, coloured by their share of the row.
 *
 * @throws RangeError when there are not K·K counts, or one is negative or not finite
 */
export function confusionMatrix({
  xName = "predicted class",
  yName = "true class",
  ...rest
}: Input<ConfusionMatrix, "xName" | "yName">): ConfusionMatrix {
  requireTexts("confusionMatrix", { xName, yName, classes: rest.classes, ...textOf(rest) });
  const { classes, counts } = rest;
  requireSome("confusionMatrix", "classes", classes);
  requireFinite("confusionMatrix", "counts", counts);
  requireLength("confusionMatrix", "counts", counts, classes.length ** 2, "classes");
  for (let i = 0; i < counts.length; i++)
    if (counts[i]! < 0) fail("confusionMatrix", `counts[${i}]`, "be at least 0", counts[i], "Count the examples.");
  return { ...rest, xName, yName, kind: "confusionMatrix", [drawing]: { defaultSize: confusionMatrixSize, layout } };
}

/** The size at which the counts of up to about twenty classes can be written. */
function confusionMatrixSize({ classes }: ConfusionMatrix): Size {
  const k = Math.min(20, classes.length);
  return { width: Math.max(560, 190 + 42 * k), height: Math.max(440, 110 + 30 * k) };
}

function layout(spec: ConfusionMatrix, size: Size): Scene {
  const { classes, counts } = spec;
  const k = classes.length;
  const frame = frameOf(
    {
      words: spec,
      x: { name: spec.xName, scale: "band", domain: [0, k], labels: classes },
      y: { name: spec.yName, scale: "band", domain: [0, k], labels: [...classes].reverse() },
      legend: [],
      bar: { name: "% of the row", scale: "linear", domain: [0, 100], stops },
      field: true,
    },
    size,
  );
  const totals = classes.map((_, row) => classes.reduce((sum, _name, column) => sum + counts[row * k + column]!, 0));
  const share = (row: number, column: number): number =>
    totals[row] === 0 ? 0 : counts[row * k + column]! / totals[row]!;
  const [wide, high] = [frame.box.width / k, frame.box.height / k];
  const gap = Math.min(wide, high) >= 14 ? 1 : 0;
  const marks: Mark[] = [];
  for (let row = 0; row < k; row++)
    for (let column = 0; column < k; column++) {
      const [x, y] = [frame.box.x + column * wide, frame.box.y + row * high];
      const fill = ramps.share(share(row, column));
      marks.push({ kind: "rects", cells: [[x + gap / 2, y + gap / 2, wide - gap, high - gap]], fill });
      const color = textColorOn(fill);
      const count = formatNumber(counts[row * k + column]!, 3);
      const percent = `${Math.round(100 * share(row, column))} %`;
      const middle = { anchor: "middle", color } as const;
      const centre = y + high / 2;
      if (textWidth(count, 13, "bold") + 6 > wide || high < 18) continue;
      const both = high >= 40 && textWidth(percent, 12) + 6 <= wide;
      marks.push(label(count, x + wide / 2, centre + (both ? -3 : 5), { ...middle, size: 13, weight: "bold" }));
      if (both) marks.push(label(percent, x + wide / 2, centre + 13, middle));
    }
  const right = classes.reduce((sum, _name, i) => sum + counts[i * k + i]!, 0);
  const total = totals.reduce((a, b) => a + b, 0);
  const accuracy =
    total === 0
      ? "no examples"
      : `${formatNumber(right)} of ${formatNumber(total)} right (${formatPercent(right / total)})`;
  return finish(frame, marks, {
    title: spec.title,
    caption: `True against predicted class for ${k} classes: ${accuracy}.`,
    series: classes.map((name, i) => ({ name, count: totals[i]! })),
    table: {
      columns: [`${spec.yName} \\ ${spec.xName}`, ...classes],
      rows: classes.map((name, row) => [name, ...classes.map((_, column) => counts[row * k + column]!)]),
    },
  });
}
