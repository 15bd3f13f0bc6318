/** Words as they are set: formulas and percentages do not break at their signs, apostrophes are curved. */
export const typeset = (text: string): string =>
  text
    .replace(/ ([=+−×/]) /g, "\u00a0$1\u00a0")
    .replaceAll(" %", "\u00a0%")
    .replaceAll("'", "’");
