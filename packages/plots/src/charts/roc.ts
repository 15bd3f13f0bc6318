// True against false positive rate over all thresholds, with the line of pure chance and the area under each curve.

import { seriesColor, seriesDash } from "../color/series.ts";
import { muted } from "../color/theme.ts";
import { fail, requireFinite, requireLength, requireSome, requireTexts } from "../data/check.ts";
import { decimate } from "../geometry/decimate.ts";
import { openPath, type Point, simplify } from "../geometry/path.ts";
import { finish, frameOf } from "../layout/frame.ts";
import type { LegendItem, Mark, Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, squareSize, textOf } from "../scene/spec.ts";
import { formatCount, formatNumber } from "../text/format.ts";

/** One classifier: rates from 0 to 1, never falling, from (0, 0) to (1, 1). */
export interface RocCurve {
  readonly name: string;
  readonly falsePositiveRate: ArrayLike<number>;
  readonly truePositiveRate: ArrayLike<number>;
}

export interface Roc extends Spec {
  readonly kind: "roc";
  readonly curves: readonly RocCurve[];
  readonly xName: string;
  readonly yName: string;
}

/**
 * ROC curves of one or several classifiers.
 *
 * @throws RangeError when lengths differ, a rate falls, or a curve does not run from (0, 0) to (1, 1)
 */
export function roc({
  xName = "False positive rate",
  yName = "True positive rate",
  ...rest
}: Input<Roc, "xName" | "yName">): Roc {
  requireTexts("roc", { xName, yName, ...textOf(rest) });
  requireSome("roc", "curves", rest.curves);
  for (const [i, { falsePositiveRate, truePositiveRate }] of rest.curves.entries()) {
    const functionName = `curves[${i}]`;
    requireLength(
      "roc",
      `${functionName}.truePositiveRate`,
      truePositiveRate,
      falsePositiveRate.length,
      "falsePositiveRate",
    );
    checkRates(`${functionName}.falsePositiveRate`, falsePositiveRate);
    checkRates(`${functionName}.truePositiveRate`, truePositiveRate);
  }
  return { ...rest, xName, yName, kind: "roc", [drawing]: { defaultSize: squareSize, layout } };
}

function checkRates(name: string, rates: ArrayLike<number>): void {
  requireFinite("roc", name, rates);
  const [first, last] = [rates[0]!, rates[rates.length - 1]!];
  if (first !== 0 || last !== 1 || rates.length < 2)
    fail("roc", name, "run from 0 to 1", `${first} to ${last}`, "Add the thresholds above and below every score.");
  for (let i = 1; i < rates.length; i++)
    if (rates[i]! < rates[i - 1]!) fail("roc", `${name}[${i}]`, "not fall", rates[i], "Sort by falling threshold.");
}

/** Area under a curve, by trapezoids. */
function areaUnder({ falsePositiveRate: x, truePositiveRate: y }: RocCurve): number {
  let sum = 0;
  for (let i = 1; i < x.length; i++) sum += ((x[i]! - x[i - 1]!) * (y[i]! + y[i - 1]!)) / 2;
  return sum;
}

function layout(spec: Roc, size: Size): Scene {
  const { curves } = spec;
  const areas = curves.map(areaUnder);
  const entries = curves.map(
    ({ name }, i): LegendItem => ({
      name: `${name} (area ${formatNumber(areas[i]!)})`,
      key: { line: { stroke: seriesColor(i), width: 2, dash: seriesDash(i) } },
    }),
  );
  const chance: LegendItem = { name: "chance (area 0.5)", key: { line: { stroke: muted, width: 1.25, dash: [4, 4] } } };
  const frame = frameOf(
    {
      words: spec,
      x: { name: spec.xName, scale: "linear", domain: [0, 1] },
      y: { name: spec.yName, scale: "linear", domain: [0, 1] },
      legend: [...entries, chance],
      square: true,
    },
    size,
  );
  const corner = (at: number): Point => [frame.x(at), frame.y(at)];
  const marks: Mark[] = [
    { kind: "rule", from: corner(0), to: corner(1), stroke: muted, width: 1.25, dash: [4, 4] },
    ...curves.map(({ falsePositiveRate, truePositiveRate }, i): Mark => {
      const xs = Float64Array.from(falsePositiveRate, frame.x);
      const ys = Float64Array.from(truePositiveRate, frame.y);
      const points = decimate(xs, ys).map((at): Point => [xs[at]!, ys[at]!]);
      const d = openPath(simplify(points, 0.05));
      return { kind: "path", d, stroke: seriesColor(i), width: 2, dash: seriesDash(i), series: i };
    }),
  ];
  return finish(frame, marks, {
    title: spec.title,
    caption: `Area under the curve: ${curves.map(({ name }, i) => `${name} ${formatNumber(areas[i]!)}`).join(", ")}; chance is 0.5.`,
    series: curves.map(({ name, falsePositiveRate }) => ({ name, count: falsePositiveRate.length })),
    table: {
      columns: ["Curve", "Points", "Area under the curve"],
      rows: curves.map(({ name, falsePositiveRate }, i) => [name, formatCount(falsePositiveRate.length), areas[i]!]),
    },
  });
}
