// Writes page.css of packages/plots/src/page as text into style.generated.ts beside it, so that a report and a gallery are
// pages that load no other file.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { writeGenerated } from "./write-generated.mjs";

const folder = fileURLToPath(new URL("../packages/plots/src/page/", import.meta.url));
const css = readFileSync(`${folder}page.css`, "utf8");
if (css.includes("</")) {
  console.error("build-style: page.css must not contain </, because that could end its style element. Remove it.");
  process.exit(1);
}
const text = `export const css: string =\n  ${JSON.stringify(css)};\n`;
writeGenerated(`${folder}style.generated.ts`, text, `build-style: page.css, ${css.length} characters`);
