// The legend of a chart on the page: a button over each entry hides and shows its series.

import { type Scene, withoutSeries } from "@downhill/plots";
import { html, nothing } from "lit-html";

/** The legend of a chart, and the series that are hidden. */
export class ChartLegend {
  readonly #onToggle: (name: string) => void;
  #own = new Set<string>(); // names of series that are hidden in this chart alone
  #others: readonly string[] = []; // names of series that the page hides

  /** @param onToggle  called with the name of an entry whose button was pressed */
  constructor(onToggle: (name: string) => void) {
    this.#onToggle = onToggle;
  }

  isHidden(name: string): boolean {
    return this.#own.has(name) || this.#others.includes(name);
  }

  /** Hides or shows a series in this chart alone. */
  setHidden(name: string, isHidden: boolean): void {
    if (isHidden) this.#own.add(name);
    else this.#own.delete(name);
  }

  /** Sets the names of the series that the page hides. Returns whether they are others than before. */
  setOthers(names: readonly string[]): boolean {
    const isOther = String(names) !== String(this.#others);
    this.#others = names;
    return isOther;
  }

  /** The chart without the hidden series. */
  leaveOut(scene: Scene): Scene {
    return withoutSeries(scene, new Set([...this.#own, ...this.#others]));
  }

  /** A button over each entry that names a series; one series alone has none. */
  buttons({ legend }: Scene) {
    const entries = legend.filter(({ series, box }) => series !== undefined && box !== undefined);
    if (entries.length < 2) return nothing;
    return html`<div class="legend" role="group" aria-label="Legend">
      ${entries.map(
        ({ name, box }) => html`<button
          type="button"
          aria-pressed=${!this.isHidden(name)}
          aria-label=${name}
          title=${`${this.isHidden(name) ? "Show" : "Hide"} ${name}`}
          style=${`left: ${box!.x}px; top: ${box!.y}px; width: ${box!.width}px; height: ${box!.height}px`}
          @click=${() => this.#onToggle(name)}
        ></button>`,
      )}
    </div>`;
  }
}
