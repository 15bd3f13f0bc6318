// Compiles packages/downhill/assembly into packages/downhill/src/kernels/module.generated.ts, which holds the module
// as base64 text. The file is rewritten only when the module changed. Run by `npm run build`.

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = "packages/downhill/assembly/index.ts";
const target = `${root}packages/downhill/src/kernels/module.generated.ts`;

/** Ends the build with a message. */
function refuse(message) {
  console.error(`build-kernels: ${message}`);
  process.exit(1);
}

/** The compiled module. */
async function compile() {
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

const bytes = await compile();
const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes)).map(
  ({ module, name, kind }) => `${module}.${name} (${kind})`,
);
if (imports.join() !== "env.memory (memory)") {
  refuse(`module must import env.memory alone, got ${imports.join(", ") || "nothing"}. Find what draws it in.`);
}
const DATA = 11;
if (sections(bytes).includes(DATA)) {
  refuse(
    "module must have no data of its own, got a data section. It would overwrite the arena: use no static arrays.",
  );
}

const text = `export const bytes =\n  "${Buffer.from(bytes).toString("base64")}";\n`;
let old = "";
try {
  old = readFileSync(target, "utf8");
} catch {
  // not built yet
}
if (text !== old) writeFileSync(target, text);
console.log(`build-kernels: ${bytes.length} bytes${text === old ? ", unchanged" : ""}`);
