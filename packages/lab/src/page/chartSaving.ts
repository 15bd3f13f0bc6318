// The menu of a chart that saves its picture or its numbers, or copies the picture.

import { drawOnCanvas, type Scene } from "@downhill/plots";
import { html } from "lit-html";
import { chartCsv } from "../exports/chartCsv.ts";
import { saveFile } from "./deliver.ts";
import { laterParts, NOT_LOADED } from "./later.ts";

const PRINT_RATIO = 2; // pixels of a saved picture for each pixel of the scene

/**
 * The menu "Save" of a chart. Pictures have the colours of the light theme.
 *
 * @param name  the name of the files, without their ending
 * @param scene  returns the chart that is shown
 * @param say  shows a sentence about what was done
 */
export function savingMenu(name: string, scene: () => Scene, say: (text: string) => void) {
  async function save(kind: "PNG" | "SVG" | "CSV"): Promise<void> {
    const file = `${name}.${kind.toLowerCase()}`;
    if (kind === "CSV") saveFile(file, "text/csv", chartCsv(scene().a11y.table));
    else if (kind === "SVG") {
      laterParts().then(
        ({ toSvg }) => saveFile(file, "image/svg+xml", toSvg(scene(), { theme: "light" })),
        () => say(NOT_LOADED),
      );
    } else {
      try {
        saveFile(file, "image/png", await pngOf(scene()));
      } catch {
        say("This browser does not allow it. Save the picture as SVG.");
      }
    }
  }

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": pngOf(scene()) })]);
      say("The picture is copied.");
    } catch {
      say("This browser does not allow it. Save the picture as PNG.");
    }
  }

  return html`<details class="menu">
    <summary class="quiet">Save</summary>
    <ul @click=${closeMenu}>
      ${(["PNG", "SVG", "CSV"] as const).map(
        (kind) => html`<li><button type="button" @click=${() => save(kind)}>${kind}</button></li>`,
      )}
      <li><button type="button" @click=${copy}>Copy the picture</button></li>
    </ul>
  </details>`;
}

/** Closes the menu of a list. */
const closeMenu = ({ currentTarget }: Event): unknown =>
  (currentTarget as Element).parentElement!.removeAttribute("open");

/** A chart as a PNG picture. */
async function pngOf(scene: Scene): Promise<Blob> {
  const canvas = new OffscreenCanvas(scene.width * PRINT_RATIO, scene.height * PRINT_RATIO);
  drawOnCanvas(scene, canvas.getContext("2d")!, { pixelRatio: PRINT_RATIO });
  return canvas.convertToBlob();
}
