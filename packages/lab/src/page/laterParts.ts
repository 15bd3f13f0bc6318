// What `later.ts` loads, as one file: a part of the page is then there, or none is.

export { toSvg } from "@downhill/plots";
export { exampleOf } from "../missions/exampleOf.ts";
export { drawing } from "./parts/drawing.ts";
export { exampleLists, examplePanel } from "./parts/examples.ts";
export { exportedText } from "./parts/exportedText.ts";
export { filePanel } from "./parts/filePanel.ts";
export { gallery } from "./parts/gallery.ts";
export { help } from "./parts/help.ts";
export { linkDialog } from "./parts/linkDialog.ts";
export { confusionTable } from "./parts/model/confusionTable.ts";
export { thumbnails } from "./parts/model/thumbnails.ts";
export { weightTables } from "./parts/model/weightTables.ts";
export { runTable } from "./parts/runTable.ts";
export { stopRules } from "./parts/stopRules.ts";
