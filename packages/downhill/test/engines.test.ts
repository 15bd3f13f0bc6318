// Every engine computes the same bits as Node; hashes.test.ts compares those of Node with the published hashes.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hasChromium } from "../../../scripts/chromium.mjs";
import { chromium, commandPath, firefox, javaScriptCore } from "./engines/engines.ts";
import { report } from "./engines/report.ts";
import { fromMemory } from "./engines/storedReport.ts";
import { bits, runs } from "./engines/threadsReport.ts";

const TIMEOUT = 180_000; // milliseconds, for a browser's start on a busy machine
const root = mkdtempSync(join(tmpdir(), "downhill-engines-"));
const folder = () => mkdtempSync(join(root, "engine-"));
let module: string;
let threadsModule: string;

/** A file and its imports, bundled into one module. */
async function bundled(file: string): Promise<string> {
  const build = await rolldown({ input: fileURLToPath(new URL(file, import.meta.url)) });
  const { output } = await build.generate({ codeSplitting: false });
  return output[0].code;
}

beforeAll(async () => {
  module = await bundled("engines/report.ts");
  threadsModule = await bundled("engines/threadsReport.ts");
});

afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 10 }));

/** SHA-256 of each family's parameters. */
const hashesOf = (answer: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(JSON.parse(answer) as Record<string, string>).map(([name, digits]) => [
      name,
      createHash("sha256").update(digits, "hex").digest("hex"),
    ]),
  );

const expected = hashesOf(report());

test("there are models to compare", () => {
  expect(Object.keys(expected).length).toBeGreaterThan(0);
});

test.skipIf(!hasChromium)(
  `Chromium: ${hasChromium ? "Node's bits" : "not run, its package is for Linux on x64"}`,
  async () => expect(hashesOf(await chromium(module))).toEqual(expected),
  TIMEOUT,
);

test.skipIf(!hasChromium)(
  `Chromium: ${hasChromium ? "Node's bits with one thread and with two" : "threads not run"}`,
  async () => {
    const bitsOfNode = Object.entries(runs).map(([name, run]) => {
      const digits = bits(run);
      return { name, alone: digits, shared: digits, workerHelped: true };
    });
    expect(JSON.parse(await chromium(threadsModule))).toEqual(bitsOfNode);
  },
  TIMEOUT,
);

test.skipIf(!hasChromium)(
  `Chromium: ${hasChromium ? "a file that the command saved predicts the bits of downhill predict" : "saved tables not tested"}`,
  async () => {
    const cities = ["Rome", "Oslo", "Lima", "", "Kyiv"];
    const rows = Array.from({ length: 60 }, (_, i) => ({
      age: i % 7 === 0 ? "" : String(20 + ((i * 13) % 37)),
      city: cities[i % 5]!,
      joined: `20${10 + (i % 9)}-0${1 + (i % 8)}-1${i % 10}`,
      price: String(Math.sqrt(i) + (i % 5)),
    }));
    const at = folder();
    const table = join(at, "t.csv");
    writeFileSync(table, `age,city,joined,price\n${rows.map((row) => Object.values(row).join(",")).join("\n")}\n`);
    const saved = join(at, "model.json");
    const command = fileURLToPath(new URL("../../cli/bin/downhill.js", import.meta.url));
    const run = (...args: string[]) => spawnSync(process.execPath, [command, ...args], { encoding: "utf8" }).stdout;
    run("train", table, "--target", "price", "--save", saved);
    const expectedNumbers = run("predict", saved, table).trim().split("\n").slice(1).map(Number);
    expect(new Set(expectedNumbers).size).toBeGreaterThan(50);
    const text = JSON.stringify(readFileSync(saved, "utf8"));
    const library = await bundled("engines/savedTableReport.ts");
    const page = `${library}\nexport const report = () => predictions(${text}, ${JSON.stringify(rows)});\n`;
    expect(JSON.parse(await chromium(page))).toEqual(expectedNumbers);
  },
  TIMEOUT,
);

test.skipIf(!hasChromium)(
  `Chromium: ${hasChromium ? "errors name the sources that a Content-Security-Policy must allow" : "policies not tested"}`,
  async () => {
    const policyModule = await bundled("engines/policyReport.ts");
    const under = async (policy: string) => JSON.parse(await chromium(policyModule, policy)) as object;
    const scripts = "script-src 'self' 'unsafe-inline'";
    const noWasm = expect.stringMatching(/^(threads: .*)?downhill: .* add 'wasm-unsafe-eval' to its script-src\./);
    const noWorker = expect.stringMatching(/^(threads: .*)?startWorker: .* Add blob: to worker-src in its /);
    expect(await under(`${scripts}; worker-src blob:`)).toEqual({
      fit: noWasm,
      fitInBackground: noWasm,
      threads: noWasm,
    });
    expect(await under(`${scripts} 'wasm-unsafe-eval'`)).toEqual({
      fit: "fitted",
      fitInBackground: noWorker,
      threads: noWorker,
    });
    expect(await under(`${scripts} 'wasm-unsafe-eval'; worker-src blob:`)).toEqual({
      fit: "fitted",
      fitInBackground: "fitted",
      threads: "fitted",
    });
  },
  TIMEOUT,
);

test.skipIf(!hasChromium)(
  `Chromium: ${hasChromium ? "all models have Node's bits on stored rows, from memory and from files of a worker" : "stored rows not tested"}`,
  async () => {
    const storedModule = await bundled("engines/storedReport.ts");
    const memory = fromMemory();
    expect(Object.keys(memory)).toHaveLength(7 * 3);
    expect(JSON.parse(await chromium(storedModule))).toEqual({ memory, files: memory });
  },
  TIMEOUT,
);

test("without WebAssembly, the import of the library throws an error that names it", () => {
  const script = `
    delete globalThis.WebAssembly;
    const error = await import("downhill").catch((error) => error);
    console.log(error.message);`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    cwd: new URL("..", import.meta.url),
    encoding: "utf8",
  });
  expect(stdout).toBe(
    "downhill: this engine has no WebAssembly, or a setting disables it. Use an engine with WebAssembly SIMD.\n",
  );
});

for (const { name, commands, run } of [
  { name: "Firefox", commands: ["firefox-esr", "firefox"], run: firefox },
  { name: "JavaScriptCore", commands: ["jsc"], run: javaScriptCore },
]) {
  const command = commandPath(...commands);
  test.skipIf(command === undefined)(
    `${name}: ${command ? "Node's bits" : `not run, no ${commands.join(" or ")} on the PATH`}`,
    async () => expect(hashesOf(await run(command!, module, folder()))).toEqual(expected),
    TIMEOUT,
  );
}
