// Bundles the compiled library and the compiled command into the folders dist/bundle: one file, and one more for each part that
// loads later. Node needs much more time to load 140 small files than one large file.

import { cpSync, existsSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

for (const [name, input] of [
  ["downhill", "index.js"],
  ["cli", "main.js"],
]) {
  const folder = fileURLToPath(new URL(`../packages/${name}/`, import.meta.url));
  const { dependencies = {} } = JSON.parse(readFileSync(`${folder}package.json`, "utf8"));
  const external = ["node:", ...Object.keys(dependencies)].map((start) => new RegExp(`^${start}`));
  const build = await rolldown({ input: `${folder}dist/${input}`, external });
  await build.write({ dir: `${folder}dist/bundle`, chunkFileNames: "[name].js", cleanDir: true });
  await build.close();
}

// The command contains the built page of the lab.
const site = fileURLToPath(new URL("../packages/lab/dist/site", import.meta.url));
const copy = fileURLToPath(new URL("../packages/cli/dist/site", import.meta.url));
rmSync(copy, { recursive: true, force: true });
if (existsSync(site)) cpSync(site, copy, { recursive: true });
