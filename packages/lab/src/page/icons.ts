// The icons of the page, as drawings, because fonts differ in the signs that they contain. Each is 16 by 16 and has the colour of its text.

import { html, svg, type TemplateResult } from "lit-html";

const filled = (d: string) => svg`<path d=${d} fill="currentColor" />`;
const drawn = (d: string) =>
  svg`<path d=${d} fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" />`;

const shapes = {
  reset: drawn("M3 8a5 5 0 1 0 2-4M5 1v3h3"),
  play: filled("M4 2.5v11l9.5-5.5z"),
  pause: filled("M3.5 2.5h3v11h-3zM9.5 2.5h3v11h-3z"),
  back: drawn("M10.5 2.5L5 8l5.5 5.5"),
  dice: [drawn("M2 2h12v12H2z"), filled("M4 4h3v3H4zM9 9h3v3H9z")],
  close: drawn("M3.5 3.5l9 9M12.5 3.5l-9 9"),
  best: drawn("M8 2l6 6-6 6-6-6z"),
  limit: drawn("M8 2v12"),
  ready: drawn("M3 8a5 5 0 1 0 10 0a5 5 0 1 0-10 0"),
  dot: filled("M3 8a5 5 0 1 0 10 0a5 5 0 1 0-10 0"),
  hexagon: filled("M4.5 2h7L15 8l-3.5 6h-7L1 8z"),
  triangle: filled("M8 2l7 12H1z"),
  zigzag: drawn("M1 11l3.5-6 3.5 6 3.5-6 3.5 6"),
  waves: drawn("M1 6q3.5-4 7 0t7 0M1 11q3.5-4 7 0t7 0"),
  dots: filled("M1 6.5h3v3H1zM6.5 6.5h3v3h-3zM12 6.5h3v3h-3z"),
  valley: drawn("M2 2l4.5 12h3L14 2"),
  noise: drawn("M1 8l2-4 2 8 2-6 2 5 2-7 2 6 2-2"),
  square: filled("M2.5 2.5h11v11h-11z"),
  fork: drawn("M8 14V9L3 2M8 9l5-7"),
  file: drawn("M3.5 1.5h6l3 3v10h-9zM9 2v3h3"),
  drawn: drawn("M2.5 13.5l1-4 7.5-7.5 3 3-7.5 7.5z"),
  check: drawn("M2 9l4 4 8-10"),
} as const;

/** The name of an icon. */
export type IconName = keyof typeof shapes;

/** An icon. Screen readers skip it, so a name must stand beside it. */
export const icon = (name: IconName): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${shapes[name]}</svg>`;
