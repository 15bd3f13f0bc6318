// Compiles packages/downhill/assembly into module.generated.ts of packages/downhill/src/kernels, which holds the module
// as text, and into sharedModule.generated.ts, the same over memory that threads share. A file is rewritten only when the
// module changed. Run by `npm run build`.

import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";
import { byteText } from "./byte-text.mjs";
import { writeGenerated } from "./write-generated.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = "packages/downhill/assembly/index.ts";
const folder = `${root}packages/downhill/src/kernels/`;
const SHARED = ["--enable", "threads", "--sharedMemory", "--maximumMemory", "65536"];

/** Ends the build with a message. */
function refuse(message) {
  console.error(`build-kernels: ${message}`);
  process.exit(1);
}

/** The compiled module, over memory of its own or such as threads share. */
async function compile(options) {
  let bytes;
  const { error } = await asc.main(
    [
      ...[
        source,
        "--baseDir",
        root,
        "--outFile",
        "module.wasm",
        "--runtime",
        "stub",
        "--importMemory",
        "--noExportMemory",
        "--noAssert",
      ],
      ...["--enable", "simd", "--optimizeLevel", "3", "--shrinkLevel", "0"],
      ...options,
    ],
    {
      stdout: process.stdout,
      stderr: process.stderr,
      writeFile: (name, contents) => {
        if (name === "module.wasm") bytes = contents;
      },
    },
  );
  if (error !== null || bytes === undefined) refuse(`${source} does not compile: ${error?.message ?? "no output"}`);
  return bytes;
}

/** The ids of a module's sections: each is an id, its size in LEB128 and its bytes, after 8 bytes of header. */
function sections(bytes) {
  const ids = [];
  for (let at = 8; at < bytes.length; ) {
    ids.push(bytes[at++]);
    let size = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      size |= (bytes[at] & 127) << shift;
      more = bytes[at++] >= 128;
    }
    at += size;
  }
  return ids;
}

const DATA = 11;

async function build(name, options) {
  const bytes = await compile(options);
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes)).map(
    ({ module, name, kind }) => `${module}.${name} (${kind})`,
  );
  if (imports.join() !== "env.memory (memory)") {
    refuse(`module must import env.memory alone, got ${imports.join(", ") || "nothing"}. Find what draws it in.`);
  }
  if (sections(bytes).includes(DATA)) {
    refuse(
      "module must have no data of its own, got a data section. It would overwrite the arena: use no static arrays.",
    );
  }
  // The type keeps the text out of the declaration file.
  const text = `export const bytes: string =\n  "${byteText(bytes)}";\n`;
  writeGenerated(`${folder}${name}.generated.ts`, text, `build-kernels: ${name}, ${bytes.length} bytes`);
}

await build("module", []);
await build("sharedModule", SHARED);
