/** Words as they are set: formulas and percentages do not break at their signs, apostrophes are curved. */
export const typeset = (text: string): string =>
  text
    .replace(/ ([=+−×/]) /g, "\u00a0$1\u00a0")
    .replaceAll(" %", "\u00a0%")
    .replaceAll("'", "’");

/** Text for HTML, in an element or an attribute. */
export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
