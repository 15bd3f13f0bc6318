import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** Writes a generated file, only when its text is another: what is built from it then stays. Says so. */
export function writeGenerated(target, text, what) {
  const same = existsSync(target) && readFileSync(target, "utf8") === text;
  if (!same) writeFileSync(target, text);
  console.log(`${what}${same ? ", unchanged" : ""}`);
}
