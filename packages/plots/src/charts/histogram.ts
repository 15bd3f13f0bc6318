// How often values occur: counts, or shares of each group, in bins of equal width.

import { checkGroups, type NumberGroup } from "../data/bins.ts";
import { requireOneOf, requireTexts } from "../data/check.ts";
import { histogramScene } from "../marks/histogram.ts";
import type { Scene, Size } from "../scene/scene.ts";
import { drawing, type Input, type Spec, standardSize, textOf } from "../scene/spec.ts";

/** The spec of `histogram`. */
export interface Histogram extends Spec {
  readonly kind: "histogram";
  /** The groups of values, at least one. Several groups are drawn over one another, in the same bins. */
  readonly groups: readonly NumberGroup[];
  /** Approximate number of bins, from 1 to 200; their limits are round numbers. Default: the rule of Freedman and Diaconis. */
  readonly bins?: number;
  /** The height of a bar: the number of values, or their share of the values of the group. Default: "count". */
  readonly height: "count" | "share";
  /** Name of the values. Default: none. */
  readonly xName: string;
}

/**
 * How often values occur, in bins of equal width.
 *
 * @throws RangeError when there is no group, a group is empty, a value is not finite, or `bins` is not a whole number from 1 to 200
 *
 * @example
 * ```ts
 * import { draw, histogram } from "@downhill/plots";
 *
 * const svg = draw(histogram({ title: "Ages", groups: [{ values: [21, 34, 35, 41, 52] }], xName: "age [years]" }));
 * ```
 */
export function histogram({ height = "count", xName = "", ...rest }: Input<Histogram, "height" | "xName">): Histogram {
  requireTexts("histogram", { xName, ...textOf(rest) });
  requireOneOf("histogram", { height }, ["count", "share"]);
  checkGroups("histogram", rest.groups, rest.bins);
  return { ...rest, height, xName, kind: "histogram", [drawing]: { defaultSize: standardSize, layout } };
}

function layout(spec: Histogram, size: Size): Scene {
  const { groups, xName } = spec;
  return histogramScene(spec, size, {
    groups: groups.map(({ name, values }, i) => ({
      name: name ?? (groups.length > 1 ? `group ${i + 1}` : ""),
      values,
    })),
    bins: spec.bins,
    height: spec.height,
    xName,
    yName: spec.height === "share" ? "Share of the group" : "Count",
    over: () => [],
    overItems: [],
    remark: "",
  });
}
