// Compiles the kernels in packages/downhill/assembly, and writes the modules as text into packages/downhill/src/kernels:
// module.generated.ts, and sharedModule.generated.ts, which uses memory that threads share. A third module, with the
// elementary functions, is for the tests alone.

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";
import binaryen from "assemblyscript/binaryen";
import { byteText } from "./byte-text.mjs";
import { writeGenerated } from "./write-generated.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const OPTIONS =
  "--outFile module.wasm --runtime stub --importMemory --noExportMemory --noAssert --enable simd --optimizeLevel 3 --shrinkLevel 1";
const SHARED = "--enable threads --sharedMemory --maximumMemory 65536";

/** The files that decide the modules. */
const sources = [
  ...readdirSync(`${root}packages/downhill/assembly`).map((name) => `packages/downhill/assembly/${name}`),
  ...["lossCodes", "sweepLayout"].map((name) => `packages/downhill/src/kernels/${name}.ts`),
  ...["build-kernels", "byte-text"].map((name) => `scripts/${name}.mjs`),
  "node_modules/assemblyscript/package.json",
].map((path) => readFileSync(`${root}${path}`, "utf8"));

/** Stops the build with a message. */
function fail(message) {
  console.error(`build-kernels: ${message}`);
  process.exit(1);
}

async function compile(file, options) {
  const source = `packages/downhill/assembly/${file}`;
  let bytes;
  const { error } = await asc.main([source, "--baseDir", root, ...options.split(" ")], {
    stdout: process.stdout,
    stderr: process.stderr,
    writeFile: (name, contents) => {
      if (name === "module.wasm") bytes = contents;
    },
  });
  if (error !== null || bytes === undefined) fail(`${source} does not compile: ${error?.message ?? "no output"}`);
  return bytes;
}

/** Stops the build when the module needs more than its memory, or writes into the memory when it starts. */
function check(bytes) {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes)).map(
    ({ module, name, kind }) => `${module}.${name} (${kind})`,
  );
  if (imports.join() !== "env.memory (memory)") {
    fail(
      `the module must import env.memory alone, got ${imports.join(", ") || "nothing"}. Remove the code that needs it.`,
    );
  }
  const module = binaryen.readBinary(bytes);
  const segments = module.getNumDataSegments();
  module.dispose();
  if (segments > 0) {
    fail(`the module has ${segments} data segments, which would overwrite the arena. Use no static arrays or strings.`);
  }
}

/** The compiler needs some seconds, so a module is compiled only if its sources have changed since the last build. */
async function build(file, target, options) {
  const hash = createHash("sha256")
    .update([options, ...sources].join("\0"))
    .digest("hex");
  const path = `${root}packages/downhill/${target}`;
  if (existsSync(path) && readFileSync(path, "utf8").startsWith(`// ${hash}\n`)) {
    console.log(`build-kernels: ${target}, same sources`);
    return;
  }
  const bytes = await compile(file, options);
  check(bytes);
  // Without its type the text would be repeated in the declaration file.
  const text = `// ${hash}\nexport const bytes: string =\n  "${byteText(bytes)}";\n`;
  writeGenerated(path, text, `build-kernels: ${target}, ${bytes.length} bytes`);
}

await build("index.ts", "src/kernels/module.generated.ts", OPTIONS);
await build("index.ts", "src/kernels/sharedModule.generated.ts", `${OPTIONS} ${SHARED}`);
await build("elementaryTest.ts", "test/elementaryModule.generated.ts", OPTIONS);
