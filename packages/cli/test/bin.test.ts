// The built command as a process of its own.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { dataset, downhill as here, Scratch } from "./world.ts";

const bin = fileURLToPath(new URL("../bin/downhill.js", import.meta.url));
const scratch = new Scratch();
afterAll(() => scratch.remove());

const downhill = (...argv: string[]) =>
  spawnSync(process.execPath, [bin, ...argv], { cwd: scratch.path, encoding: "utf8" });

/** On Windows a signal ends a process at once. */
const testOfSignals = test.runIf(process.platform !== "win32");

test("trains and predicts; results go to stdout, notes to stderr", () => {
  const trained = downhill("train", dataset("iris"), "--target", "species", "--report", "report.html");
  expect(trained.stderr).toContain("model written to model.json");
  expect(trained.status).toBe(0);
  expect(trained.stdout).toMatch(/^ +train +held-out\nrows +120 +30\n/);
  expect(scratch.names()).toEqual(["model.json", "report.html"]);
  const predicted = downhill("predict", "model.json", dataset("iris"));
  expect(predicted.stdout.split("\n").slice(0, 2)).toEqual(["prediction", "setosa"]);
  expect(predicted.status).toBe(0);
});

test("an error prints one line and sets the exit code", () => {
  const failed = downhill("train", "nothing.csv", "--target", "y");
  expect(failed).toMatchObject({ status: 3, stdout: "" });
  expect(failed.stderr.trim().split("\n")).toHaveLength(1);
  expect(failed.stderr).not.toMatch(/ at .*\.js:\d+/);
});

testOfSignals("a real Ctrl-C saves the model trained so far and exits with 130", async () => {
  const child = spawn(
    process.execPath,
    [
      bin,
      "train",
      dataset("digits"),
      "--target",
      "digit",
      "--learning-rate",
      "1e-6",
      "--epochs",
      "1000000",
      "--save",
      "stopped.json",
    ],
    { cwd: scratch.path },
  );
  let notes = "";
  child.stderr.on("data", (text: Buffer) => {
    const before = notes.includes("epoch 1:");
    notes += text.toString();
    if (before || !notes.includes("epoch 1:")) return;
    child.kill("SIGINT");
    setTimeout(() => child.kill("SIGINT"), 20); // npx hands Ctrl-C on, so that it comes twice
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect(code).toBe(130);
  expect(notes).toContain("interrupted after");
  expect(notes).toContain("Press Ctrl-C again to end at once.");
  expect(existsSync(scratch.at("stopped.json"))).toBe(true);
  expect(JSON.parse(readFileSync(scratch.at("stopped.json"), "utf8"))).toMatchObject({ format: "downhill model" });
});

testOfSignals(
  "standard input of a process; Ctrl-C while it is read ends the process and leaves no temporary file",
  async () => {
    const folder = scratch.at("temporary");
    mkdirSync(folder);
    const env = { ...process.env, TMPDIR: folder, TEMP: folder };
    const argv = [bin, "train", "-", "--target", "species", "--no-save", "--quiet"];
    const complete = spawnSync(process.execPath, argv, { input: readFileSync(dataset("iris")), encoding: "utf8", env });
    expect(complete.stdout).toBe((await here(["train", dataset("iris"), ...argv.slice(3)])).stdout);
    expect(readdirSync(folder)).toEqual([]);

    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      const child = spawn(process.execPath, argv, { env });
      child.stdin.write("a,species\n1,2\n");
      while (readdirSync(folder).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      await new Promise((resolve) => setTimeout(resolve, 50));
      child.kill(signal);
      const ending = await new Promise((resolve) => child.on("close", (code, by) => resolve([code, by])));
      expect(ending).toEqual([null, signal]);
      expect(readdirSync(folder)).toEqual([]);
    }
  },
);

testOfSignals("for a second after the first, Ctrl-C is ignored; then it ends the process", async () => {
  const module = (name: string) => JSON.stringify(new URL(`../dist/${name}`, import.meta.url).href);
  const script = `
    import { processIo } from ${module("process/io.js")};
    import { listenForInterrupts } from ${module("training/interrupts.js")};
    const interrupts = listenForInterrupts(processIo());
    const busy = setInterval(() => {
      if (interrupts.requested()) interrupts.settled().then(() => console.log("settled"));
    }, 10);
    console.log("begun");
  `;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script]);
  let output = "";
  child.stdout.on("data", (text: Buffer) => {
    const before = output;
    output += text.toString();
    if (!before.includes("begun")) {
      child.kill("SIGINT");
      setTimeout(() => child.kill("SIGINT"), 20);
    }
    if (!before.includes("settled") && output.includes("settled")) child.kill("SIGINT");
  });
  const ending = await new Promise((resolve) => child.on("close", (code, signal) => resolve([code, signal])));
  expect(ending).toEqual([null, "SIGINT"]);
  expect(output).toContain("settled");
});

test("a closed pipe prints nothing and gives exit code 141", async () => {
  await here(["train", dataset("digits"), "--target", "digit", "--epochs", "1", "--save", scratch.at("digits.json")]);
  const child = spawn(process.execPath, [bin, "predict", "digits.json", dataset("digits"), "--probabilities"], {
    cwd: scratch.path,
  });
  let notes = "";
  child.stderr.on("data", (text: Buffer) => {
    notes += text.toString();
  });
  child.stdout.once("data", () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect([code, notes]).toEqual([141, ""]);
});
