// Bundles each worker of packages/downhill/src/workers into one script that imports nothing, and writes the script as text
// into <name>.generated.ts beside the worker. It needs the files of build-kernels.

import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { writeGenerated } from "./write-generated.mjs";

const workers = ["background/backgroundWorker", "pool/poolWorker"];
const folder = fileURLToPath(new URL("../packages/downhill/src/workers/", import.meta.url));

/** Leaves the bytes of the kernels out of a worker: the library, which has them, sends them in a message. */
const withoutBytes = {
  name: "without-bytes",
  load: (id) => (/[\\/]kernels[\\/]module\.generated\.ts$/.test(id) ? 'export const bytes = "";' : null),
};

/** Stops the build with a message. */
function fail(message) {
  console.error(`build-workers: ${message}`);
  process.exit(1);
}

/** The minified script of a worker. */
async function bundled(name) {
  const build = await rolldown({
    input: `${folder}${name}.ts`,
    plugins: [withoutBytes],
    onLog: (_, { message }) => fail(`${name}.ts: ${message}`),
  });
  const { output } = await build.generate({ format: "iife", minify: true, codeSplitting: false });
  await build.close();
  if (output.length !== 1 || output[0].imports.length + output[0].dynamicImports.length > 0) {
    fail(`${name}.ts must be one script that imports nothing, got ${output.map((file) => file.fileName).join(", ")}.`);
  }
  return output[0].code.trim();
}

for (const name of workers) {
  const script = await bundled(name);
  const text = `export const source: string =\n  ${JSON.stringify(script)};\n`;
  writeGenerated(`${folder}${name}.generated.ts`, text, `build-workers: ${name}, ${script.length} characters`);
}
