// Numbers for people.

/** A number for people, to four digits. */
export function sayNumber(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return "∞";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) return value.toExponential(3).replace("e+", "e").replaceAll("-", "−");
  const text =
    size >= 1000 || Number.isInteger(value)
      ? value.toFixed(size >= 1000 && !Number.isInteger(value) ? 1 : 0)
      : value.toPrecision(4);
  return grouped(text).replace("-", "−");
}

/** A number for people, with as many of four digits as it needs: 0.2, 1,024, 0.002198. */
export function sayPlain(value: number): string {
  const text = sayNumber(value);
  return /[.]/.test(text) && !text.includes("e") ? text.replace(/\.?0+$/, "") : text;
}

/** Thousands apart: 10,000. */
export function grouped(text: string | number): string {
  const [whole = "", rest] = String(text).split(".");
  const apart = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return rest === undefined ? apart : `${apart}.${rest}`;
}
