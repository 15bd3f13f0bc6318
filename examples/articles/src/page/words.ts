/** A number in words of so many digits; very small and very large ones as 1.2 × 10⁻¹². */
export function say(value: number, digits = 4): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) {
    const [mantissa, exponent] = value.toExponential(1).split("e");
    return `${minus(mantissa!)}\u00a0×\u00a010${raised(Number(exponent))}`;
  }
  return minus(value.toPrecision(digits));
}

const minus = (text: string): string => text.replace("-", "−");

const raised = (exponent: number): string =>
  String(exponent)
    .replace("-", "⁻")
    .replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]!);

/** A share as 98.7 %. */
export const percent = (share: number): string => `${(100 * share).toFixed(share === 1 ? 0 : 1)}\u00a0%`;

/** Words as they are set: formulas do not break at their signs, apostrophes are curved. */
export const typeset = (text: string): string => text.replace(/ ([=+−×/]) /g, "\u00a0$1\u00a0").replaceAll("'", "’");

/** Text for HTML, in an element or an attribute. */
export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
