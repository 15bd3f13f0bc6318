// What a person sees while a model trains, on terminals of several kinds.
import { afterAll, expect, test } from "vitest";
import { version } from "../src/process/version.ts";
import { dataset, downhill, Scratch, type World } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());

const run = (world: World, ...argv: string[]) =>
  downhill(["train", dataset("iris"), "--target", "species", "--save", scratch.at("m.json"), ...argv], world);

const ticking = (step: number) => {
  let clock = 0;
  return () => {
    clock += step;
    return clock;
  };
};

/** Without the colours. */
const shown = (text: string) => text.replaceAll(new RegExp(`${"\x1b"}\\[\\d+m`, "g"), "");

test("a terminal: two lines redrawn, the cursor hidden and shown again, colours", async () => {
  const { stderr } = await run(
    { interactive: true, now: ticking(30) },
    ..."--optimizer plain --learning-rate 0.5 --epochs 40".split(" "),
  );
  expect(stderr.split("\x1b[?25l")).toHaveLength(2);
  expect(stderr.split("\x1b[?25h")).toHaveLength(2);
  expect(stderr.indexOf("\x1b[?25h")).toBeGreaterThan(stderr.lastIndexOf("\x1b[2K"));
  const frames = stderr.split("\x1b[1A\r\x1b[2K").length;
  expect(frames).toBeGreaterThan(3);
  expect(frames).toBeLessThan(40);
  expect(stderr).toContain("epoch 40  \x1b[36m━━━");
  expect(shown(stderr)).toMatch(/loss 0\.\d+ {2}█[▁-█]+\n/);
});

test("time decides only which updates are drawn", async () => {
  const fast = await run({ interactive: true, now: ticking(1) }, "--epochs", "40");
  const slow = await run({ interactive: true, now: ticking(500) }, "--epochs", "40");
  expect(slow.stdout).toBe(fast.stdout);
  expect(slow.stderr.length).toBeGreaterThan(fast.stderr.length);
});

test("NO_COLOR removes the colours, and a terminal without UTF-8 gets ASCII characters only", async () => {
  const plain = await run(
    { interactive: true, env: { LANG: "C.UTF-8", NO_COLOR: "1" }, now: ticking(30) },
    "--epochs",
    "4",
  );
  expect(plain.stderr).toBe(shown(plain.stderr));
  const { stderr, stdout } = await run({ interactive: true, env: {}, now: ticking(30) }, "--epochs", "4");
  expect(stderr).toContain("[=====");
  expect([...stderr, ...stdout].filter((letter) => letter > "~")).toEqual([]);
});

test("--progress overrides the choice by the stream", async () => {
  expect((await run({ interactive: true }, "--epochs", "4", "--progress", "lines")).stderr).not.toContain("\x1b[1A");
  expect((await run({}, "--epochs", "4", "--progress", "none")).stderr).not.toContain("epoch 1");
  expect((await run({}, "--epochs", "4", "--progress", "bar")).stderr).toContain("\x1b[?25l");
});

test.each([
  "",
  "inspect",
  "diagnose",
  "train",
  "predict",
  "evaluate",
  "recommend",
  "export",
  "gallery",
  "lab",
  "completion",
  "help",
])("help of downhill %s", async (command) => {
  const argv = command === "" ? ["--help"] : [command, "--help"];
  const { code, stdout, stderr } = await downhill(argv);
  expect([code, stderr]).toEqual([0, ""]);
  await expect(stdout).toMatchFileSnapshot(`help/${command || "downhill"}.txt`);
});

test("downhill help prints the same as --help, also for a command", async () => {
  const help = await downhill(["--help"]);
  expect(await downhill(["help"])).toEqual(help);
  expect(await downhill(["-h"])).toEqual(help);
  for (const command of [
    "inspect",
    "diagnose",
    "train",
    "predict",
    "evaluate",
    "recommend",
    "export",
    "gallery",
    "lab",
    "completion",
    "help",
  ]) {
    const ofCommand = await downhill([command, "--help"]);
    expect(ofCommand.code).toBe(0);
    expect(await downhill(["help", command])).toEqual(ofCommand);
    expect(await downhill([command, "data.csv", "--unknown", "-h"])).toEqual(ofCommand);
  }
});

test("help of an unknown command is an error that lists the commands", async () => {
  const { code, stdout, stderr } = await downhill(["help", "trian"]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("'trian'");
  expect(stderr).toContain(
    "train, inspect, diagnose, predict, evaluate, recommend, export, gallery, lab, completion, help",
  );
});

test("downhill alone shows its help, as an error", async () => {
  const { code, stdout, stderr } = await downhill([]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toBe((await downhill(["--help"])).stdout);
});

test("the version is the package's", async () => {
  const { code, stdout } = await downhill(["--version"]);
  expect([code, stdout]).toEqual([0, `${version}\n`]);
});
