// The same bits in every engine: what hashes.test.ts asks of Node, the engines here are compared with.
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chromium, commandPath, firefox, javaScriptCore } from "./engines/engines.ts";
import { hasChromium } from "./engines/launchChromium.ts";
import { report } from "./engines/report.ts";
import { bits, runs } from "./engines/threadsReport.ts";

const PATIENCE = 180_000; // milliseconds, for a browser's start on a busy machine
const root = mkdtempSync(join(tmpdir(), "downhill-engines-"));
const folder = () => mkdtempSync(join(root, "engine-"));
let module: string;
let threadsModule: string;

/** A file and all it imports as one module. */
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

test("there are families to compare", () => {
  expect(Object.keys(expected).length).toBeGreaterThan(0);
});

test.skipIf(!hasChromium)(
  `Chromium: ${hasChromium ? "Node's bits" : "not run, its package is for Linux on x64"}`,
  async () => expect(hashesOf(await chromium(module, folder()))).toEqual(expected),
  PATIENCE,
);

test.skipIf(!hasChromium)(
  `Chromium: ${hasChromium ? "Node's bits with one thread and with two" : "threads not run"}`,
  async () => {
    const wanted = Object.entries(runs).map(([name, run]) => {
      const digits = bits(run);
      return { name, alone: digits, shared: digits, workerHelped: true };
    });
    expect(JSON.parse(await chromium(threadsModule, folder()))).toEqual(wanted);
  },
  PATIENCE,
);

for (const { name, commands, run } of [
  { name: "Firefox", commands: ["firefox-esr", "firefox"], run: firefox },
  { name: "JavaScriptCore", commands: ["jsc"], run: javaScriptCore },
]) {
  const command = commandPath(...commands);
  test.skipIf(command === undefined)(
    `${name}: ${command ? "Node's bits" : `not run, no ${commands.join(" or ")} on the PATH`}`,
    async () => expect(hashesOf(await run(command!, module, folder()))).toEqual(expected),
    PATIENCE,
  );
}
