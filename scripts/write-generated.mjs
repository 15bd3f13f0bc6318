import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** Writes a generated file if its text has changed, so that an unchanged file is not compiled again. Prints the result. */
export function writeGenerated(target, text, what) {
  const same = existsSync(target) && readFileSync(target, "utf8") === text;
  if (!same) writeFileSync(target, text);
  console.log(`${what}${same ? ", unchanged" : ""}`);
}
