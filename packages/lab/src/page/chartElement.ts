// A chart on the page: a canvas for the eye, and the same numbers for the keyboard and for screen readers.

import { drawOnCanvas, type Scene, type Size } from "@downhill/plots";
import { formatNumber } from "@downhill/plots/format";
import { html, nothing, render } from "lit-html";
import type { Mark } from "../panels/pointing.ts";
import { placeAfter, rowAfter, rowText } from "./chartKeys.ts";
import { ChartLegend } from "./chartLegend.ts";
import { axesKey, centre, gridCentre, hasWindow, type Place, placeIn, positionOf, rowPlace } from "./chartPlaces.ts";
import { ChartPointer } from "./chartPointer.ts";
import { savingMenu } from "./chartSaving.ts";
import { ChartWindow, ZOOM_HELP, type Zoom, zoomKeys } from "./chartWindow.ts";
import { prose } from "./prose.ts";
import { isDark, onThemeChange } from "./theme.ts";
import { throttled } from "./throttle.ts";

const TEXT_PAUSE = 500; // milliseconds between two changes of the texts

const FINE = 0.1; // of a step of an arrow key, with Shift

const HELP =
  "Left and right arrow: previous and next value. Up and down: other line. Page up and page down: ten values. " +
  "Home and end: first and last value. Enter: summary. T: table. Escape: close.";

const PLACES =
  "Arrow keys: the prediction at another place of the picture. Home and end: left and right edge. Page up and page down: " +
  "upper and lower edge. Enter: summary. T: table. Escape: close.";

const DRAWING =
  " Enter: the chosen tool, at this place. Delete: remove the nearest point. C: next class. Shift with an arrow key: a tenth of the way.";

const ROWS = " R, and Shift with R: the next and the previous row of the data.";

/** The element `lab-chart`. With the attribute data-places, the arrow keys read places of the picture instead of rows of the table. */
export class LabChart extends HTMLElement {
  #whole: Scene | null = null;
  #scene: Scene | null = null; // without the hidden series
  #text = "";
  #row = -1;
  #place: readonly [number, number] | null = null;
  #dataRow: number | null = null; // that the keyboard reads
  #mark: Mark | null = null;
  #isReading = false; // the text at the pointer is that of `read`
  #hasTable = false;
  #spoken = "";
  #pointer = "";
  #hasHelp = false;
  #resize = new ResizeObserver(() => this.onResize?.());
  #window = new ChartWindow(() => this.onResize?.());
  #legend = new ChartLegend((name) => this.#toggleSeries(name));
  #texts = throttled(TEXT_PAUSE, () => this.#render());
  #stopTheme = (): void => {};

  /** What the pointer does. */
  readonly pointer = new ChartPointer({
    scene: () => this.#scene,
    reader: () => this.querySelector<HTMLElement>(".reader"),
    show: (text) => this.#say(text),
  });
  /** Called when the size of the chart, or the part that it shows, has changed. */
  onResize: (() => void) | null = null;
  /** Called with a key at a place that the keyboard has chosen. Returns what it has done; null for a key without a meaning. */
  onPlaceKey: ((key: string, at: Place["at"]) => string | null) | null = null;
  /** Hides or shows a series in all charts. Returns false for a series of this chart alone. */
  onSeries: ((name: string, isHidden: boolean) => boolean) | null = null;

  /** The chart that is shown, without the hidden series; null if there is none. */
  get scene(): Scene | null {
    return this.#scene;
  }

  /** Shows a chart and a sentence under it; without a chart only the sentence. */
  show(scene: Scene | null, text: string): void {
    const isSameForm = (scene === null) === (this.#whole === null);
    if (this.#window.shown && (scene === null || this.#whole === null || axesKey(scene) !== axesKey(this.#whole)))
      this.#window.showWhole();
    this.#whole = scene;
    this.#leaveOut();
    this.#text = text;
    // The picture follows each frame; nobody can read more than two sentences in a second.
    if (isSameForm) this.#texts.soon();
    else this.#texts.now();
    this.#draw();
  }

  /** Hides series with these names, beside those that are hidden in this chart alone. */
  hide(names: readonly string[]): void {
    if (this.#legend.setOthers(names)) this.#drawOthers();
  }

  /** Draws the chart again after series were hidden or shown. */
  #drawOthers(): void {
    this.#leaveOut();
    this.#render();
    this.#draw();
  }

  #leaveOut(): void {
    this.#scene = this.#whole && this.#legend.leaveOut(this.#whole);
  }

  #toggleSeries(name: string): void {
    const isHidden = !this.#legend.isHidden(name);
    if (this.onSeries?.(name, isHidden) === true) return;
    this.#legend.setHidden(name, isHidden);
    this.#drawOthers();
  }

  /** Called with the number of a row of the data that the keyboard reads; null for a chart without rows. */
  onRow: ((row: number) => void) | null = null;

  /** Shows a text at the pointer; null ends this. */
  read(text: string | null): void {
    if (text === null ? !this.#isReading : text === this.#pointer) return;
    this.#say(text ?? "");
    this.#isReading = text !== null;
  }

  /** Marks a place of the chart; null for none. */
  mark(at: Mark | null): void {
    if (String(at) === String(this.#mark)) return;
    this.#mark = at;
    this.#render();
  }

  /** The size of the drawing [px], and the part of the chart that it shows. */
  get size(): Size {
    const { clientWidth, clientHeight } = this.querySelector(".drawing") ?? this;
    const window = this.#window.shown;
    return {
      width: Math.max(240, clientWidth),
      height: Math.max(220, clientHeight),
      legendButtons: true,
      ...(window && { window }),
    };
  }

  /** Shows all of the chart. */
  showWhole(): void {
    this.#window.showWhole();
  }

  /** Shows a smaller part of the chart, around the place that the pointer or the keyboard is at; or a larger part, or all of it. */
  #zoom(to: Zoom): void {
    const scene = this.#scene;
    if (scene === null || !hasWindow(scene)) return;
    const at = this.pointer.at ?? (this.#place && gridCentre(scene, this.#place)) ?? centre(scene);
    this.#spoken = this.#window.zoom(scene, to, at);
    this.#render();
  }

  connectedCallback(): void {
    this.#render();
    this.#resize.observe(this.querySelector(".drawing") ?? this);
    this.addEventListener("touchstart", (event) => this.pointer.touch(event), { passive: false });
    this.#stopTheme = onThemeChange(() => this.#draw());
  }

  disconnectedCallback(): void {
    this.#resize.disconnect();
    this.#stopTheme();
  }

  #draw(): void {
    const canvas = this.querySelector("canvas");
    const scene = this.#scene;
    if (canvas === null || scene === null) return;
    const pixelRatio = devicePixelRatio;
    const [width, height] = [Math.round(scene.width * pixelRatio), Math.round(scene.height * pixelRatio)];
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    canvas.style.width = `${scene.width}px`;
    canvas.style.height = `${scene.height}px`;
    this.style.setProperty("--more", `${scene.height - this.size.height}px`);
    drawOnCanvas(scene, canvas.getContext("2d")!, {
      theme: isDark() ? "dark" : "light",
      background: "none", // that of the page, which the system may force
      pixelRatio,
    });
  }

  #render(): void {
    const scene = this.#scene;
    const name = this.getAttribute("name")!;
    const caption = scene?.a11y.caption ?? "";
    render(
      html`
        <div class="drawing">
          ${
            scene === null
              ? html`<p class="empty">${this.#text}</p>`
              : html`<canvas aria-hidden="true"></canvas>
                <div
                  class="reader"
                  tabindex="0"
                  role="application"
                  aria-roledescription="chart"
                  aria-label=${scene.a11y.title}
                  aria-describedby=${`${name}-caption`}
                  @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
                  @pointerdown=${(event: PointerEvent) => this.pointer.press(event)}
                  @pointerup=${(event: PointerEvent) => this.pointer.release(event)}
                  @pointercancel=${() => this.pointer.cancel()}
                  @pointermove=${(event: PointerEvent) => this.pointer.move(event)}
                  @pointerleave=${(event: PointerEvent) => this.pointer.leave(event)}
                  @dblclick=${() => this.#zoom("whole")}
                  @blur=${() => this.#leavePlace()}
                ></div>
                ${this.#legend.buttons(scene)} ${this.#cursor(scene)}
                <output class="pointer">${this.#pointer}</output>`
          }
        </div>
        <p class="hidden" id=${`${name}-caption`}>${caption} Press H for the keys of this chart.</p>
        <p class="spoken" aria-live="assertive">${this.#spoken}</p>
        ${this.#hasHelp ? html`<p class="help">${this.#help}</p>` : nothing}
        <div class="foot">
          ${
            scene === null
              ? nothing
              : html`<p>${prose(this.#text)}</p>
                ${savingMenu(
                  name,
                  () => this.#scene!,
                  (text) => this.#say(text),
                )}
                ${hasWindow(scene) ? this.#window.buttons((to) => this.#zoom(to)) : nothing}
                <button type="button" class="quiet" aria-expanded=${this.#hasTable} @click=${() => this.#toggleTable()}>
                  Table
                </button>
                ${
                  document.fullscreenEnabled
                    ? html`<button type="button" class="quiet" title="Full screen; Escape ends it" @click=${() => this.#fill()}>Large</button>`
                    : nothing
                }`
          }
        </div>
        ${this.#hasTable && scene !== null ? this.#table(scene) : nothing}
      `,
      this,
    );
  }

  get #help(): string {
    const zoom = this.#scene !== null && hasWindow(this.#scene) ? ZOOM_HELP : "";
    const places = this.hasAttribute("data-places") ? PLACES : HELP;
    return places + (this.hasAttribute("data-draws") ? DRAWING : "") + (this.onRow === null ? "" : ROWS) + zoom;
  }

  /** A ring at what is pointed at or at the place that the keyboard reads, or a line where a mark has no height of its own. */
  #cursor(scene: Scene) {
    const at = this.#mark
      ? positionOf(scene, this.#mark)
      : this.#place && ([...(gridCentre(scene, this.#place) ?? []), 0] as const);
    if (at?.[0] === undefined) return nothing;
    const [x, y, height] = at;
    return html`<span class="cursor" style=${`left: ${x}px; top: ${y}px; --height: ${height}px`} ?data-line=${height !== 0}></span>`;
  }

  #leavePlace(): void {
    this.#place = null;
    this.#dataRow = null;
    this.pointer.leave();
  }

  #table({ a11y: { title, table } }: Scene) {
    const cell = (value: string | number) => (typeof value === "number" ? formatNumber(value, 6) : value);
    return html`<div class="table" tabindex="0" role="region" aria-label=${`Table: ${title}`}>
      <table>
        <thead>
          <tr>${table.columns.map((column) => html`<th scope="col">${column}</th>`)}</tr>
        </thead>
        <tbody>
          ${table.rows.map((row) => html`<tr>${row.map((value) => html`<td>${cell(value)}</td>`)}</tr>`)}
        </tbody>
      </table>
      ${table.note === undefined ? nothing : html`<p>${table.note}</p>`}
    </div>`;
  }

  #toggleTable(): void {
    this.#hasTable = !this.#hasTable;
    this.#render();
  }

  /** Shows the chart on the full screen, or ends this. */
  #fill(): void {
    void (document.fullscreenElement === null ? this.requestFullscreen() : document.exitFullscreen());
  }

  #say(text: string): void {
    this.#pointer = text;
    this.#isReading = false;
    if (this.#place !== null || this.#dataRow !== null) this.#spoken = text;
    this.#render();
  }

  /** What the page does with a key at a place of the grid. */
  #keyAtPlace(key: string, place: readonly [number, number], scene: Scene): string | null {
    const pixels = gridCentre(scene, place);
    const at = pixels && placeIn(scene, ...pixels);
    return (at && this.onPlaceKey?.(key, at.at)) ?? null;
  }

  #onKey(event: KeyboardEvent): void {
    const scene = this.#scene;
    if (scene === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const { table, caption } = scene.a11y;
    const hasPlaces = this.hasAttribute("data-places");
    const done = this.#place === null ? null : this.#keyAtPlace(event.key, this.#place, scene);
    const place = hasPlaces ? placeAfter(event.key, this.#place, event.shiftKey ? FINE : 1) : null;
    const row = hasPlaces ? null : rowAfter(event.key, this.#row, table);
    if (done !== null) this.#spoken = done;
    else if (this.onRow !== null && event.key.toLowerCase() === "r") {
      this.#place = null;
      this.#dataRow = (this.#dataRow ?? (event.shiftKey ? 0 : -1)) + (event.shiftKey ? -1 : 1);
      this.onRow(this.#dataRow);
    } else if (place !== null) {
      this.#place = place;
      this.#dataRow = null;
      const at = gridCentre(scene, place);
      if (at !== null) this.pointer.readAt(...at, true);
    } else if (row !== null) {
      this.#row = row;
      this.#spoken = rowText(table, this.#row, formatNumber);
      const at = rowPlace(scene, this.#row);
      const pixels = at && positionOf(scene, at);
      if (pixels !== null) this.pointer.readAt(pixels[0], pixels[1], false);
    } else if (event.key === "Enter") this.#spoken = caption;
    else if (event.key === "t" || event.key === "T") this.#hasTable = !this.#hasTable;
    else if (zoomKeys[event.key] !== undefined && hasWindow(scene)) this.#zoom(zoomKeys[event.key]!);
    else if (event.key === "h" || event.key === "H") {
      this.#hasHelp = !this.#hasHelp;
      this.#spoken = this.#hasHelp ? this.#help : "";
    } else if (event.key === "Escape") {
      this.#hasTable = false;
      this.#hasHelp = false;
      this.#spoken = "";
      this.#leavePlace();
    } else return;
    event.preventDefault();
    event.stopPropagation();
    this.#render();
  }
}

customElements.define("lab-chart", LabChart);
