// Ranges of data, and numbers as people read them. The same number always becomes the same text.

import { format } from "d3-format";

export type Range = readonly [low: number, high: number];

/** Smallest and largest finite value of some lists; null when there is none. */
export function extentOf(...lists: readonly ArrayLike<number>[]): Range | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const list of lists)
    for (let i = 0; i < list.length; i++) {
      const value = list[i]!;
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  return low <= high ? [low, high] : null;
}

/**
 * The range widened by `share` of its span on both sides. A range without a span that a double can divide
 * (all values equal) becomes one around the value.
 */
export function padded([low, high]: Range, share: number): Range {
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (size > 1e-290 && high - low > size * 1e-13) return [low - (high - low) * share, high + (high - low) * share];
  const room = size > 1e-290 ? size * 0.1 : 1;
  return [low - room, high + room];
}

/** A padded range for a logarithmic axis; both ends stay positive numbers. */
export function paddedLog([low, high]: Range, share: number): Range {
  const single = high / low <= 1 + 1e-9;
  const room = single ? 0.3 : (Math.log10(high) - Math.log10(low)) * share;
  if (room === 0) return [low, high];
  return [10 ** Math.max(Math.log10(low) - room, -306), 10 ** Math.min(Math.log10(high) + room, 307)];
}

const superscripts: Readonly<Record<string, string>> = {
  "-": "⁻",
  "0": "⁰",
  "1": "¹",
  "2": "²",
  "3": "³",
  "4": "⁴",
  "5": "⁵",
  "6": "⁶",
  "7": "⁷",
  "8": "⁸",
  "9": "⁹",
};

/** A whole power of ten: 10⁻³. */
export function powerOfTen(exponent: number): string {
  return `10${[...String(exponent)].map((digit) => superscripts[digit]).join("")}`;
}

/** A number in scientific form with `digits` digits after the point: 1.5×10⁸. Trailing zeros go. */
function scientific(value: number, digits: number): string {
  const [mantissa = "0", exponent = "0"] = value.toExponential(Math.min(digits, 20)).split("e");
  const short = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
  return `${short.replace("-", "−")}×${powerOfTen(Number(exponent))}`;
}

/** A number for a sentence or a table cell, to `digits` significant digits: 0.0312, 1,204, 3.1×10¹⁵², NaN, ∞. */
export function say(value: number, digits = 4): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return scientific(value, digits - 1);
  if (Number.isInteger(value)) return format(",d")(value);
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  const text = format(`,.${decimals}f`)(value);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** Labels of the ticks of one axis, all with as many digits as their spacing needs. */
export function tickLabels(ticks: readonly number[]): string[] {
  const sizes = ticks.map(Math.abs);
  const size = Math.max(...sizes);
  const gaps = ticks.slice(1).map((tick, i) => tick - ticks[i]!);
  const step = gaps.length > 0 ? Math.min(...gaps) : size;
  if (size === 0) return ticks.map(() => "0");
  const place = Math.floor(Math.log10(step) + 1e-9);
  if (size >= 1e6 || size < 1e-3)
    return ticks.map((tick) =>
      tick === 0 ? "0" : scientific(tick, Math.max(0, Math.floor(Math.log10(Math.abs(tick)) + 1e-9) - place)),
    );
  if (gaps.length === 0) return ticks.map((tick) => say(tick, 6));
  return ticks.map(format(`${size >= 1e4 ? "," : ""}.${Math.max(0, -place)}f`));
}

/** A coordinate of the drawing, to one decimal. */
export function coordinate(value: number): string {
  return String(Math.round(value * 10) / 10 + 0);
}
