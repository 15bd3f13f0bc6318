// Bundles the compiled library and the compiled command into the folders dist/bundle: one file, and one more for each part that
// loads later. Node needs much more time to load 140 small files than one large file.

import { readFileSync } from "node:fs";
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
