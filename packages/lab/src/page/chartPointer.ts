// The pointer over a chart: it reads places, clicks, and moves what it takes hold of.

import type { Scene } from "@downhill/plots";
import { type Place, placeIn } from "./chartPlaces.ts";

const DRAG = 4; // pixels of a movement that is not a click

/** Something in a chart that the pointer moves. */
export interface Grip {
  move(place: Place): void;
  drop(place: Place): void;
  cancel(): void;
}

/** The chart under the pointer. */
interface PointedChart {
  scene(): Scene | null;
  /** The element that receives the events of the pointer. */
  reader(): HTMLElement | null;
  /** Shows a text at the pointer. */
  show(text: string): void;
}

/** The pointer over a chart. */
export class ChartPointer {
  readonly #chart: PointedChart;
  #grip: Grip | null = null;
  #pressed: PointerEvent | null = null;
  #hasMoved = false;
  #at: readonly [number, number] | null = null;

  /** Called with a place that was clicked. */
  onPoint: ((place: Place) => void) | null = null;
  /**
   * Called with the place under the pointer, or with exactly the place that the keyboard has chosen, and with null when there is none.
   * Returns the text at the pointer, or null if the page shows it with `read`.
   */
  onHover: ((place: Place | null, isExact: boolean) => string | null) | null = null;
  /** What the pointer takes hold of at a place; null for nothing. */
  grab: ((place: Place) => Grip | null) | null = null;

  constructor(chart: PointedChart) {
    this.#chart = chart;
  }

  /** The position of the pointer over the chart [px]; null if it is not there. */
  get at(): readonly [number, number] | null {
    return this.#at;
  }

  #placeOf({ offsetX, offsetY }: PointerEvent): Place | null {
    this.#at = [offsetX, offsetY];
    return this.#placeAt(offsetX, offsetY);
  }

  /** Moves what the pointer holds, or shows the values of the axes at the pointer. */
  move(event: PointerEvent): void {
    const place = this.#placeOf(event);
    if (this.#grip !== null && this.#pressed !== null) {
      this.#hasMoved ||=
        Math.hypot(event.offsetX - this.#pressed.offsetX, event.offsetY - this.#pressed.offsetY) > DRAG;
      if (place !== null && this.#hasMoved) this.#grip.move(place);
      return;
    }
    this.#read(place, false);
    const canGrab = place !== null && this.grab?.(place) != null;
    this.#chart.reader()?.toggleAttribute("data-grab", canGrab);
  }

  /** Reads the place at a position [px], for the keyboard. @param isExact  whether exactly this place is read, and not what is near to it */
  readAt(x: number, y: number, isExact: boolean): void {
    this.#read(this.#placeAt(x, y), isExact);
  }

  #read(place: Place | null, isExact: boolean): void {
    const text = this.onHover === null ? (place?.text ?? "") : this.onHover(place, isExact);
    if (text !== null) this.#chart.show(text);
  }

  /** A finger that is lifted leaves the place that it has chosen. */
  leave(event?: PointerEvent): void {
    if (event?.pointerType !== "touch") this.#at = null;
    this.onHover?.(null, false);
    this.#chart.show("");
  }

  press(event: PointerEvent): void {
    if (event.button !== 0) return;
    const place = this.#placeOf(event);
    this.#pressed = place && event;
    this.#hasMoved = false;
    this.#grip = place && (this.grab?.(place) ?? null);
    if (this.#grip !== null) (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
  }

  /** Drops what the pointer has moved; a press and a release without a movement are a click. */
  release(event: PointerEvent): void {
    const place = this.#placeOf(event);
    const [grip, isPressed, hasMoved] = [this.#grip, this.#pressed !== null, this.#hasMoved];
    this.#letGo();
    if (grip !== null && hasMoved) {
      if (place === null) grip.cancel();
      else grip.drop(place);
    } else if (isPressed && place !== null) this.onPoint?.(place);
  }

  cancel(): void {
    if (this.#hasMoved) this.#grip?.cancel();
    this.#letGo();
  }

  #letGo(): void {
    this.#grip = null;
    this.#pressed = null;
    this.#hasMoved = false;
  }

  /** A finger on something that can be moved must not scroll the page. */
  touch(event: TouchEvent): void {
    const [touch] = event.touches;
    const reader = this.#chart.reader();
    if (touch === undefined || reader === null) return;
    const { left, top } = reader.getBoundingClientRect();
    const place = this.#placeAt(touch.clientX - left, touch.clientY - top);
    if (place !== null && this.grab?.(place)) event.preventDefault();
  }

  #placeAt(x: number, y: number): Place | null {
    const scene = this.#chart.scene();
    return scene && placeIn(scene, x, y);
  }
}
