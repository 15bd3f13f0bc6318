// The choice of the data: closed it shows the present ones, open the gallery of all.

import { html } from "lit-html";
import { dataName } from "../labels.ts";
import { whenLoaded } from "../later.ts";
import type { Lab } from "../pageState.ts";
import { dataId, dataPicture } from "./dataPicture.ts";

/** The choice. */
export function dataChoice(lab: Lab) {
  const { data } = lab.state.lab;
  return html`<details id="data" class="gallery" @click=${closeAfterPress} @keydown=${closeByKey}>
    <summary>${dataPicture(lab, dataId(data))} <span class="hidden">Data:</span> ${dataName(data)}</summary>
    <div class="choices">${whenLoaded(({ gallery }) => gallery(lab))}</div>
  </details>`;
}

/** A press of the pointer chooses and closes; the arrow keys choose, and the gallery stays open. */
function closeAfterPress({ currentTarget, target, detail }: MouseEvent): void {
  if (detail > 0 && (target as Element).closest("label") !== null) close(currentTarget as HTMLDetailsElement);
}

function closeByKey({ currentTarget, target, key }: KeyboardEvent): void {
  if (key === "Escape" || (key === "Enter" && target instanceof HTMLInputElement))
    close(currentTarget as HTMLDetailsElement);
}

/** Closes the gallery. Its focus would be lost, so it goes to the summary. */
function close(gallery: HTMLDetailsElement): void {
  gallery.open = false;
  gallery.querySelector("summary")!.focus();
}
