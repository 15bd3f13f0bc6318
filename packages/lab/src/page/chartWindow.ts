// The part of a chart that is shown: all of it, or windows, each of which is half as wide and high as the one before.

import type { Scene, Window } from "@downhill/plots";
import { html } from "lit-html";
import { closer, windowText } from "./chartPlaces.ts";

const MOST_WINDOWS = 10; // a thousandth of each axis

/** A smaller part, a larger part, or all of the chart. */
export type Zoom = "in" | "out" | "whole";

/** The keys that show another part of a chart; "=" is "+" without Shift on many keyboards. */
export const zoomKeys: Readonly<Record<string, Zoom>> = { "+": "in", "=": "in", "-": "out", "0": "whole" };

export const ZOOM_HELP = " + and −: a smaller and a larger part of the chart. 0: the whole chart.";

/** The part of a chart that is shown. */
export class ChartWindow {
  readonly #onChange: () => void;
  #windows: readonly Window[] = []; // each a part of the one before; the last one is shown

  /** @param onChange  called when another part is shown */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** The window that is shown; none for the whole chart. */
  get shown(): Window | undefined {
    return this.#windows.at(-1);
  }

  showWhole(): void {
    this.#show([]);
  }

  #show(windows: readonly Window[]): void {
    if (windows.length === this.#windows.length) return;
    this.#windows = windows;
    this.#onChange();
  }

  /** Shows another part, a smaller one around a position [px]. Returns a sentence about the part that is shown then. */
  zoom(scene: Scene, to: Zoom, at: readonly [number, number]): string {
    const part = to === "in" && this.#windows.length < MOST_WINDOWS ? closer(scene, at) : null;
    if (part !== null) this.#show([...this.#windows, part]);
    else if (to === "out") this.#show(this.#windows.slice(0, -1));
    else if (to === "whole") this.#show([]);
    return this.shown ? `${windowText(scene, this.shown)}.` : "The whole chart.";
  }

  /** Two buttons for a larger and a smaller part. */
  buttons(zoom: (to: Zoom) => void) {
    const button = (to: Zoom, sign: string, name: string, isUsable: boolean) =>
      html`<button type="button" class="quiet" aria-label=${name} title=${name} ?disabled=${!isUsable} @click=${() => zoom(to)}>${sign}</button>`;
    const count = this.#windows.length;
    return html`${button("out", "−", "A larger part", count > 0)} ${button("in", "+", "A smaller part", count < MOST_WINDOWS)}`;
  }
}
