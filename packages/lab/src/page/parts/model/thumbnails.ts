// Small pictures of the classes and of the hidden units. The one under the pointer, or with the focus, is shown large.

import { formatNumber } from "@downhill/plots/format";
import { html, nothing } from "lit-html";
import { THUMBNAIL_CELLS, type Thumbnail } from "../../../panels/thumbnail.ts";
import { holdsOf } from "../../../state/holdsOf.ts";
import type { Lab } from "../../pageState.ts";

/** The small pictures, and what belongs to them. */
export function thumbnails(lab: Lab, all: readonly Thumbnail[]) {
  const { focus, frame, hover } = lab.state;
  const mark = hover.at != null || hover.row != null ? frame?.marks.strip : undefined;
  const item = (each: Thumbnail) => html`<li>
    <button
      type="button"
      class="thumbnail"
      aria-pressed=${focus.thumbnail === each.id}
      aria-label="${each.name}, from ${formatNumber(each.range[0], 2)} to ${formatNumber(each.range[1], 2)}${each.isDead ? ", dead" : ""}"
      @pointerenter=${() => lab.hover({ thumbnail: each.id })}
      @pointerleave=${() => lab.hover({ thumbnail: focus.thumbnail })}
      @focus=${() => lab.hover({ thumbnail: each.id })}
      @blur=${() => lab.hover({ thumbnail: focus.thumbnail })}
      @click=${() => pressThumbnail(lab, each.id)}
    >
      <lab-thumbnail .levels=${each.levels}
        >${mark === undefined ? nothing : html`<span class="cursor" style=${`left: ${100 * mark[0]}%; bottom: ${100 * mark[1]!}%`}></span>`}</lab-thumbnail
      >
      <span title=${each.name}>${each.name}</span>
      ${each.isDead ? html`<span class="badge">dead</span>` : nothing}
    </button>
  </li>`;
  const hasDead = all.some(({ isDead }) => isDead);
  const { lab: settings } = lab.state;
  const { view, model, data } = settings;
  const isPlane = holdsOf(data) === "classes" && (lab.state.facts?.features.length ?? 0) > 1;
  const kinks = html`<label class="inline"
    ><input
      type="checkbox"
      .checked=${view.kinks}
      @change=${() => lab.set({ ...settings, view: { ...view, kinks: !view.kinks } })}
    />lines at which the units${model.name === "network" && model.options.hidden.length > 1 ? " of the first layer" : ""} bend</label
  >`;
  return html`<ul class="strip">${all.map(item)}</ul>
    ${model.name === "network" && model.options.activation === "relu" && isPlane ? kinks : nothing}
    <p class="hint">
      A picture that is pressed stays in the large picture.
      ${hasDead ? "A dead unit is 0 for every training row, so its gradient is 0 and it does not learn." : nothing}
    </p>
    ${all.filter(({ id }) => id.startsWith("class ")).length === 3 ? html`<lab-chart name="simplex"></lab-chart>` : nothing}`;
}

/** A picture that is pressed stays in the large picture until it is pressed again. */
export function pressThumbnail(lab: Lab, id: string): void {
  const thumbnail = lab.state.focus.thumbnail === id ? "" : id;
  lab.focus({ thumbnail });
  lab.hover({ thumbnail });
}

/** A small picture: its canvas has a pixel for each cell. */
class LabThumbnail extends HTMLElement {
  #levels: Uint8Array | null = null;

  set levels(levels: Uint8Array) {
    if (levels === this.#levels) return;
    this.#levels = levels;
    let canvas = this.querySelector("canvas");
    if (canvas === null) {
      canvas = document.createElement("canvas");
      canvas.width = THUMBNAIL_CELLS;
      canvas.height = THUMBNAIL_CELLS;
      this.prepend(canvas);
    }
    const context = canvas.getContext("2d")!;
    const image = context.createImageData(THUMBNAIL_CELLS, THUMBNAIL_CELLS);
    for (const [k, level] of levels.entries()) {
      const row = THUMBNAIL_CELLS - 1 - Math.floor(k / THUMBNAIL_CELLS);
      image.data.set(colorOf(level), 4 * (row * THUMBNAIL_CELLS + (k % THUMBNAIL_CELLS)));
    }
    context.putImageData(image, 0, 0);
  }
}

const [LOW, MIDDLE, HIGH] = [
  [64, 145, 208],
  [247, 246, 244],
  [240, 132, 54],
] as const;

/** From blue to orange, as in the large picture. */
function colorOf(level: number): number[] {
  const share = Math.abs(level - 127.5) / 127.5;
  const end = level < 127.5 ? LOW : HIGH;
  return [...MIDDLE.map((middle, c) => middle + share * (end[c]! - middle)), 255];
}

customElements.define("lab-thumbnail", LabThumbnail);
