// The marker of a run beside its letter, in the colour that it has in the charts.

import { seriesMarker } from "@downhill/plots";
import { html } from "lit-html";
import { styleOf } from "../state/runLetters.ts";

const RADIUS = 5.5; // of 16 units of an icon

/** The marker of the run with this letter. Screen readers skip it, so the letter must stand beside it. */
export function runMark(letter: string) {
  const { color, path } = seriesMarker(styleOf(letter), RADIUS);
  return html`<svg class="icon" viewBox="-8 -8 16 16" aria-hidden="true" .style=${`color: light-dark(${color})`}><path d=${path} fill="currentColor" /></svg>`;
}
