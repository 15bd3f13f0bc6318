// The start of the page.

import "./chartElement.ts";
import { addressWriter, settingsOfAddress } from "./address.ts";
import { listenToKeys } from "./keys.ts";
import { startLab } from "./lab.ts";
import { loadLaterParts } from "./later.ts";
import { servedFile } from "./ownFiles.ts";
import type { Lab } from "./pageState.ts";
import { isFirstVisit } from "./parts/tour.ts";
import { drawPage } from "./view.ts";

const root = document.getElementById("lab")!;
const { state, notes } = await settingsOfAddress();
const address = addressWriter();

/** Draws the page. After the first picture, the other parts of the page are loaded, so that the page works without a network from then on. */
function draw(page: Lab): void {
  drawPage(page, root);
  if (page.state.frame !== null || page.state.failure !== null) loadLaterParts(page);
}

const lab = startLab(state, notes, draw, address.write);
draw(lab);
listenToKeys(lab);

// A link that is opened in the same page changes only the hash.
addEventListener("hashchange", async () => {
  if (location.hash === address.written) return;
  const opened = await settingsOfAddress();
  lab.replace(opened.state, opened.notes);
});

if (location.hash === "" && isFirstVisit()) lab.show({ tour: 0 });

addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  const file = event.dataTransfer?.files[0];
  if (file !== undefined) void lab.open(file.name, file);
});

// A table that is copied in a spreadsheet is a text with tabs and line ends.
addEventListener("paste", (event) => {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const isField = (event.target as Element | null)?.closest?.("input, textarea") ?? null;
  if (isField !== null || !/[\t,;|].*[\r\n]/.test(text)) return;
  event.preventDefault();
  void lab.open(text.includes("\t") ? "pasted.tsv" : "pasted.csv", new Blob([text]), true);
});

const served = await servedFile();
if (served !== null) {
  await lab.open(served.name, served.content);
  lab.useFile(); // nothing happens if the table cannot be used; the page then shows why
}
