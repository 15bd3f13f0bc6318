// Bundles each worker of packages/downhill/src/workers, and the code of exported modules, into one script that imports nothing.
// Writes the script as text into <name>.generated.ts beside its source. It needs the files of build-kernels.

import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { writeGenerated } from "./write-generated.mjs";

/** The sources, and the name of the variable that has the exports of a script; workers export nothing. */
const scripts = [
  ["workers/background/backgroundWorker", undefined],
  ["workers/pool/poolWorker", undefined],
  ["exporting/js/runtime", "downhill"],
];
const folder = fileURLToPath(new URL("../packages/downhill/src/", import.meta.url));

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

/** The minified script of a source. */
async function bundled(name, variable) {
  const build = await rolldown({
    input: `${folder}${name}.ts`,
    plugins: [withoutBytes],
    onLog: (_, { message }) => fail(`${name}.ts: ${message}`),
  });
  const { output } = await build.generate({ format: "iife", name: variable, minify: true, codeSplitting: false });
  await build.close();
  if (output.length !== 1 || output[0].imports.length + output[0].dynamicImports.length > 0) {
    fail(`${name}.ts must be one script that imports nothing, got ${output.map((file) => file.fileName).join(", ")}.`);
  }
  return output[0].code.trim();
}

for (const [name, variable] of scripts) {
  const script = await bundled(name, variable);
  const text = `export const source: string =\n  ${JSON.stringify(script)};\n`;
  writeGenerated(`${folder}${name}.generated.ts`, text, `build-workers: ${name}, ${script.length} characters`);
}
