// Bundles each worker of packages/downhill/src/workers into one self-contained script, and writes it as a text into
// <name>.generated.ts beside it. A file is rewritten only when its text changed. Run by `npm run build`, after
// build-kernels and before tsc.

import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { writeGenerated } from "./write-generated.mjs";

const workers = ["background/backgroundWorker", "pool/poolWorker"];
const folder = fileURLToPath(new URL("../packages/downhill/src/workers/", import.meta.url));

/** The kernels' bytes come by message: the library that starts the worker has them already. */
const withoutBytes = {
  name: "without-bytes",
  load: (id) => (id.endsWith("/kernels/module.generated.ts") ? 'export const bytes = "";' : null),
};

/** Ends the build with a message. */
function refuse(message) {
  console.error(`build-workers: ${message}`);
  process.exit(1);
}

/** The minified script of a worker. */
async function bundled(name) {
  const build = await rolldown({
    input: `${folder}${name}.ts`,
    plugins: [withoutBytes],
    onLog: (_, { message }) => refuse(`${name}.ts: ${message}`),
  });
  const { output } = await build.generate({ format: "iife", minify: true, codeSplitting: false });
  await build.close();
  if (output.length !== 1 || output[0].imports.length + output[0].dynamicImports.length > 0) {
    refuse(
      `${name}.ts must be one script that imports nothing, got ${output.map((file) => file.fileName).join(", ")}.`,
    );
  }
  return output[0].code.trim();
}

for (const name of workers) {
  const script = await bundled(name);
  const text = `export const source: string =\n  ${JSON.stringify(script)};\n`;
  writeGenerated(`${folder}${name}.generated.ts`, text, `build-workers: ${name}, ${script.length} characters`);
}
