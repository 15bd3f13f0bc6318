// Numbers as text, in charts, on pages and in the terminal: the same number becomes the same text everywhere.

export { splitExponents } from "./exponents.ts";

import { format } from "d3-format";
import { powerOfTen } from "./exponents.ts";

/** A number in scientific notation with at most `digits` digits after the point: 1.5×10⁸. */
function scientific(value: number, digits: number): string {
  const [mantissa = "0", exponent = "0"] = format(`.${Math.min(digits, 20)}~e`)(value).split("e");
  return `${mantissa}×${powerOfTen(Number(exponent.replace("−", "-")))}`;
}

/**
 * A number as text: 0.0312, 1,204, 12,346, 3.1×10¹⁵², NaN, ∞.
 *
 * @param value   any number
 * @param digits  largest number of significant digits [4]; the digits before the point are never rounded away
 * @returns       scientific notation below 10⁻⁴ and from 10⁷ on
 *
 * @example
 * ```ts
 * import { formatNumber } from "@downhill/plots/format";
 *
 * formatNumber(1 / 3); // "0.3333"
 * formatNumber(31_000_000); // "3.1×10⁷"
 * ```
 */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return scientific(value, digits - 1);
  if (Number.isInteger(value)) return formatCount(value);
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  return format(`,.${Math.min(20, decimals)}~f`)(value);
}

/** A whole number with all its digits: 1,204. Numbers that are not whole are rounded. */
export function formatCount(value: number): string {
  return format(",d")(value);
}

/** A number of things: "1 point", "1,204 points". The plural is the singular with an s where it is left out. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** A share as a percentage with one decimal: 97.4 %. Only 0 and 1 themselves are 0 % and 100 %. */
export function formatPercent(share: number): string {
  return share === 0 || share === 1 ? `${100 * share} %` : `${format(".1f")(100 * share)} %`;
}

/** Labels of the ticks of one axis, all with the same number of decimals: as many as their distance needs. */
export function tickLabels(ticks: readonly number[]): string[] {
  const sizes = ticks.map(Math.abs);
  const size = Math.max(...sizes);
  const gaps = ticks.slice(1).map((tick, i) => tick - ticks[i]!);
  if (size === 0) return ticks.map(() => "0");
  if (gaps.length === 0) return ticks.map((tick) => formatNumber(tick, 6));
  const step = Math.min(...gaps);
  const place = Math.floor(Math.log10(step) + 1e-9);
  if (size >= 1e6 || size < 1e-3)
    return ticks.map((tick) =>
      tick === 0 ? "0" : scientific(tick, Math.max(0, Math.floor(Math.log10(Math.abs(tick)) + 1e-9) - place)),
    );
  return ticks.map(format(`${size >= 1e4 ? "," : ""}.${Math.max(0, -place)}f`));
}

/** A coordinate of the drawing with one decimal [px]. */
export function coordinate(value: number): string {
  return String(Math.round(value * 10) / 10 + 0);
}
