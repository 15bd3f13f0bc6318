// The start of the page.

import "./chartElement.ts";
import { addressWriter, settingsOfAddress } from "./address.ts";
import { listenToKeys } from "./keys.ts";
import { startLab } from "./lab.ts";
import { drawPage } from "./view.ts";

const root = document.getElementById("lab")!;
const { state, notes } = await settingsOfAddress();
const address = addressWriter();
const lab = startLab(state, notes, (each) => drawPage(each, root), address.write);
drawPage(lab, root);
listenToKeys(lab);

// A link that is opened in the same page changes only the hash.
addEventListener("hashchange", async () => {
  if (location.hash === address.written) return;
  const opened = await settingsOfAddress();
  lab.set(opened.state, opened.notes);
});
