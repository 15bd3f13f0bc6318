// Bundles the compiled library and the compiled command into the folders dist/bundle: one file, and one more for each part that
// loads later. Node needs much more time to load 140 small files than one large file.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const comments = { jsdoc: false, annotation: true, legal: true }; // docstrings are in the files of types

const escapeOf = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** Replaces other characters than ASCII by escapes: V8 stores a text with such a character in twice as many bytes. */
const asciiOnly = {
  name: "ascii-only",
  generateBundle(_, files) {
    for (const file of Object.values(files)) file.code = file.code.replace(/[^\0-\x7f]/g, escapeOf);
  },
};

for (const [name, input] of [
  ["downhill", "index.js"],
  ["cli", "main.js"],
]) {
  const folder = fileURLToPath(new URL(`../packages/${name}/`, import.meta.url));
  const { dependencies = {}, peerDependencies = {} } = JSON.parse(readFileSync(`${folder}package.json`, "utf8"));
  const packages = Object.keys({ ...dependencies, ...peerDependencies });
  const external = ["node:", ...packages].map((start) => new RegExp(`^${start}`));
  const build = await rolldown({ input: `${folder}dist/${input}`, external, plugins: [asciiOnly] });
  await build.write({ dir: `${folder}dist/bundle`, chunkFileNames: "[name].js", cleanDir: true, comments });
  await build.close();
}
