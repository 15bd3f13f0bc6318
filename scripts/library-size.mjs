// Prints the size of the library in a page in bytes: bundled, minified and compressed by gzip. Parts that load later, by
// dynamic import, do not count.

import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

const input = fileURLToPath(new URL("../packages/downhill/src/index.ts", import.meta.url));
const build = await rolldown({ input });
const { output } = await build.generate({ minify: true });

/** The names of the chunks that load together with this one. */
function loadedWith(file, files = new Set()) {
  if (files.has(file)) return files;
  files.add(file);
  for (const other of output.find(({ fileName }) => fileName === file).imports) loadedWith(other, files);
  return files;
}

const loaded = loadedWith(output[0].fileName);
const chunks = output.filter(({ fileName }) => loaded.has(fileName));
console.log(chunks.reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0));
