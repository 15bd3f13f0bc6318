// The coefficients of a linear regression, beside those with the lowest loss.

import { coefficients, type Spec } from "@downhill/plots";
import { isDrawable } from "./drawable.ts";

/**
 * The spec of the coefficients in the units of the columns that the run trains on; null where they are too large to draw.
 *
 * @param params  the coefficients, and then the intercept
 * @param best  the parameters with the lowest loss; null where they are not known
 */
export function coefficientSpec(
  names: readonly string[],
  params: Float64Array,
  best: Float64Array | null,
  isStandardized: boolean,
): Spec | null {
  const values = params.subarray(0, names.length);
  if (!values.every(isDrawable)) return null;
  return coefficients({
    title: "Coefficients",
    ...{ names, values, xName: isStandardized ? "coefficient of the standardized column" : "coefficient" },
    ...(best && { reference: { name: "lowest loss", values: best.subarray(0, names.length) } }),
  });
}
