// Scores against the number of training rows, on the training rows and on other rows.

import { fail, requireFinite, requireLength, requireTexts } from "../data/check.ts";
import { extentOf, padded } from "../data/range.ts";
import { finish, frameOf } from "../layout/frame.ts";
import { curveItems, curveMarks } from "../marks/curves.ts";
import type { Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, standardSize, textOf } from "../scene/spec.ts";
import { firstRows } from "../scene/tableRows.ts";
import { formatCount, formatNumber } from "../text/format.ts";

/** The spec of `learningCurve`. */
export interface LearningCurve extends Spec {
  readonly kind: "learningCurve";
  /** Numbers of training rows, ascending, at least one. */
  readonly rows: ArrayLike<number>;
  /** Score on the training rows, one for each number of rows. */
  readonly training: ArrayLike<number>;
  /** Score on the validation rows, which the model was not trained on, one for each number of rows. */
  readonly validation: ArrayLike<number>;
  /** Name of the horizontal axis. Default: "Training rows". */
  readonly xName: string;
  /** Name of the score. Default: "Score". */
  readonly yName: string;
}

/**
 * Scores of models that were trained on more and more rows. Where the two curves are far apart, more rows can help; where
 * they are close, only another model or other columns can.
 *
 * @throws RangeError when lengths differ, a number is not finite, or the numbers of rows do not rise
 *
 * @example
 * ```ts
 * import { draw, learningCurve } from "@downhill/plots";
 *
 * const scores = { rows: [50, 100, 200], training: [1, 0.98, 0.97], validation: [0.88, 0.93, 0.95] };
 * const svg = draw(learningCurve({ title: "Do more rows help?", ...scores, yName: "Accuracy" }));
 * ```
 */
export function learningCurve({
  xName = "Training rows",
  yName = "Score",
  ...rest
}: Input<LearningCurve, "xName" | "yName">): LearningCurve {
  const functionName = "learningCurve";
  requireTexts(functionName, { xName, yName, ...textOf(rest) });
  const { rows } = rest;
  requireFinite(functionName, { rows });
  for (let i = 0; i < rows.length; i++) {
    if (rows[i]! <= (i === 0 ? 0 : rows[i - 1]!)) {
      fail(
        functionName,
        `rows[${i}] must be above ${i === 0 ? 0 : rows[i - 1]}, got ${rows[i]}. Sort by the number of rows.`,
      );
    }
  }
  for (const part of ["training", "validation"] as const) {
    requireFinite(functionName, { [part]: rest[part] });
    requireLength(functionName, { [part]: rest[part] }, { rows: rows.length });
  }
  return { ...rest, xName, yName, kind: "learningCurve", [drawing]: { defaultSize: standardSize, layout } };
}

function layout(spec: LearningCurve, size: Size): Scene {
  const { rows, training, validation, xName, yName } = spec;
  const names = ["training rows", "validation rows"];
  const frame = frameOf(
    {
      text: spec,
      x: { name: xName, scale: "linear", domain: padded(extentOf(rows)!, 0.02) },
      y: { name: yName, scale: "linear", domain: padded(extentOf(training, validation)!, 0.06) },
      legend: curveItems(names),
    },
    size,
  );
  const marks = [training, validation].flatMap((y, i) => curveMarks({ x: rows, y }, i, frame));
  const last = rows.length - 1;
  const end = `With ${formatCount(rows[last]!)} training rows: ${yName} ${formatNumber(training[last]!)} on the training rows, ${formatNumber(validation[last]!)} on the validation rows.`;
  return finish(frame, marks, {
    title: spec.title,
    caption: end,
    series: names.map((name) => ({ name, count: rows.length })),
    table: firstRows([xName, `${yName}, training rows`, `${yName}, validation rows`], rows.length, (i) => [
      rows[i]!,
      training[i]!,
      validation[i]!,
    ]),
  });
}
