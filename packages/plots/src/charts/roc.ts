// ROC curves: true against false positive rate over all thresholds, with the line of random guessing.

import { fail, requireFinite, requireLength, requireShares, requireSome, requireTexts } from "../data/check.ts";
import { finish, frameOf } from "../layout/frame.ts";
import { chosenPoint, curveItems, curveLine, pointSentence, referenceLine } from "../marks/curves.ts";
import type { Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, squareSize, textOf } from "../scene/spec.ts";
import { formatCount, formatNumber } from "../text/format.ts";

/** The curve of one classifier, from the highest threshold to the lowest: from (0, 0) to (1, 1). */
export interface RocCurve {
  /** Name in the legend. */
  readonly name: string;
  /** Share of the negative examples above each threshold: from 0 to 1, never falling. */
  readonly falsePositiveRate: ArrayLike<number>;
  /** Share of the positive examples above each threshold: from 0 to 1, never falling, one for each threshold. */
  readonly truePositiveRate: ArrayLike<number>;
}

/** The spec of `roc`. */
export interface Roc extends Spec {
  readonly kind: "roc";
  /** The curves, at least one. */
  readonly curves: readonly RocCurve[];
  /** The point of the chosen threshold, as false positive rate and true positive rate from 0 to 1; it gets a ring. Default: none. */
  readonly point?: readonly [x: number, y: number];
  /** Name of the horizontal axis. Default: "False positive rate". */
  readonly xName: string;
  /** Name of the vertical axis. Default: "True positive rate". */
  readonly yName: string;
}

/**
 * ROC curves of one or several classifiers, each with the area under it.
 *
 * @throws RangeError when there is no curve, when lengths differ, when a rate falls, or when a curve does not go from (0, 0)
 *   to (1, 1)
 *
 * @example
 * ```ts
 * import { draw, roc } from "@downhill/plots";
 *
 * const curve = { name: "model", falsePositiveRate: [0, 0, 0.5, 1], truePositiveRate: [0, 0.5, 1, 1] };
 * const svg = draw(roc({ title: "ROC", curves: [curve] }));
 * ```
 */
export function roc({
  xName = "False positive rate",
  yName = "True positive rate",
  ...rest
}: Input<Roc, "xName" | "yName">): Roc {
  requireTexts("roc", { xName, yName, ...textOf(rest) });
  requireSome("roc", { curves: rest.curves });
  for (const [i, { name, falsePositiveRate, truePositiveRate }] of rest.curves.entries()) {
    requireTexts("roc", { [`curves[${i}].name`]: name ?? null });
    const [x, y] = [`curves[${i}].falsePositiveRate`, `curves[${i}].truePositiveRate`];
    requireLength("roc", { [y]: truePositiveRate }, { [x]: falsePositiveRate.length });
    checkRates(x, falsePositiveRate);
    checkRates(y, truePositiveRate);
  }
  if (rest.point !== undefined) requireShares("roc", { point: rest.point });
  return { ...rest, xName, yName, kind: "roc", [drawing]: { defaultSize: squareSize, layout } };
}

function checkRates(name: string, rates: ArrayLike<number>): void {
  requireFinite("roc", { [name]: rates });
  const [first, last] = [rates[0]!, rates[rates.length - 1]!];
  if (first !== 0 || last !== 1 || rates.length < 2)
    fail(
      "roc",
      `${name} must go from 0 to 1, got ${first} to ${last}. Add a threshold above every score, and one below.`,
    );
  for (let i = 1; i < rates.length; i++)
    if (rates[i]! < rates[i - 1]!)
      fail("roc", `${name}[${i}] must not fall, got ${rates[i]}. Sort the points by falling threshold.`);
}

/** Area under a curve by the trapezoidal rule. */
function areaUnder({ falsePositiveRate: x, truePositiveRate: y }: RocCurve): number {
  let sum = 0;
  for (let i = 1; i < x.length; i++) sum += ((x[i]! - x[i - 1]!) * (y[i]! + y[i - 1]!)) / 2;
  return sum;
}

function layout(spec: Roc, size: Size): Scene {
  const { curves } = spec;
  const areas = curves.map(areaUnder);
  const names = curves.map(({ name }, i) => `${name} (area ${formatNumber(areas[i]!)})`);
  const frame = frameOf(
    {
      text: spec,
      x: { name: spec.xName, scale: "linear", domain: [0, 1] },
      y: { name: spec.yName, scale: "linear", domain: [0, 1] },
      legend: [...curveItems(names), { name: "random guessing (area 0.5)", key: { line: referenceLine } }],
      square: true,
    },
    size,
  );
  const marks: Mark[] = [
    { kind: "rule", from: [frame.x(0), frame.y(0)], to: [frame.x(1), frame.y(1)], ...referenceLine },
    ...curves.flatMap(({ falsePositiveRate: x, truePositiveRate: y }, i) => curveLine({ x, y }, i, frame)),
    ...chosenPoint(spec.point, frame),
  ];
  const list = curves.map(({ name }, i) => `${name} ${formatNumber(areas[i]!)}`).join(", ");
  return finish(frame, marks, {
    title: spec.title,
    caption: `Area under the curve: ${list}. Random guessing has 0.5.${pointSentence(spec)}`,
    series: curves.map(({ name, falsePositiveRate }) => ({ name, count: falsePositiveRate.length })),
    table: {
      columns: ["Curve", "Points", "Area under the curve"],
      rows: curves.map(({ name, falsePositiveRate }, i) => [name, formatCount(falsePositiveRate.length), areas[i]!]),
    },
  });
}
