// Runs that are killed at a random moment: the target file is complete or unchanged, and the next run removes the temporary file.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { load } from "downhill";
import { afterAll, expect, test } from "vitest";
import { dataset, Scratch } from "../world.ts";
import { counts, firstSeed, limit } from "./counts.ts";
import { chance } from "./hostile.ts";

const bin = fileURLToPath(new URL("../../bin/downhill.js", import.meta.url));
const scratch = new Scratch();
afterAll(() => scratch.remove());
const argv = ["train", dataset("iris"), "--target", "species", "--save", "model.json", "--report", "report.html"];

/** Runs the command, and kills it after so many milliseconds; its exit code, or null. */
function runFor(milliseconds: number): Promise<number | null> {
  const child = spawn(process.execPath, [bin, ...argv], { cwd: scratch.path, stdio: "ignore" });
  const timer = setTimeout(() => child.kill("SIGKILL"), milliseconds);
  return new Promise((resolve) =>
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve(code);
    }),
  );
}

test.runIf(process.platform !== "win32")("killed runs", { timeout: limit }, async () => {
  const began = Date.now();
  expect(await runFor(60_000)).toBe(0);
  const duration = Date.now() - began;
  const report = readFileSync(scratch.at("report.html"), "utf8");
  let killed = 0;
  for (let seed = firstSeed; seed < firstSeed + counts.kills; seed++) {
    const chosen = chance(seed);
    const ended = await runFor(
      chosen.maybe(0.5) ? chosen.below(duration) : Math.floor(duration * (0.7 + chosen.below(300) / 1000)),
    );
    if (ended === null) killed += 1;
    expect(existsSync(scratch.at("model.json")), `seed ${seed}`).toBe(true);
    load(readFileSync(scratch.at("model.json"), "utf8"));
    expect(readFileSync(scratch.at("report.html"), "utf8")).toHaveLength(report.length);
  }
  console.log(`killed runs: ${killed} of ${counts.kills}`);
  expect(await runFor(60_000)).toBe(0);
  expect(scratch.names()).toEqual(["model.json", "report.html"]);
});
