// Prints two sizes of the library in a page, in bytes, as JSON: "models" without the layers tables, evaluation and exporting,
// and "whole". The code is bundled, minified and compressed by gzip. Parts that load later, by dynamic import, do not count.
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

const input = fileURLToPath(new URL("../packages/downhill/src/index.ts", import.meta.url));

/** Removes the exports of some folders from index.ts. */
const without = (folders) => ({
  name: "without-folders",
  transform: (code, id) =>
    id === input ? code.replace(new RegExp(`^export .* from "\\./(?:${folders.join("|")})/.*$`, "gm"), "") : null,
});

async function sizeOf(plugins) {
  const build = await rolldown({ input, plugins });
  const { output } = await build.generate({ minify: true });
  const loadedWith = (file, files = new Set()) => {
    if (files.has(file)) return files;
    files.add(file);
    for (const other of output.find(({ fileName }) => fileName === file).imports) loadedWith(other, files);
    return files;
  };
  const loaded = loadedWith(output[0].fileName);
  const chunks = output.filter(({ fileName }) => loaded.has(fileName));
  return chunks.reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0);
}

const models = await sizeOf([without(["diagnosis", "tables", "evaluation", "exporting"])]);
console.log(JSON.stringify({ models, whole: await sizeOf([]) }));
