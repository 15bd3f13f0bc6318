// The scripts of `downhill completion`, in the shells themselves where they are installed.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { flagOf } from "../src/options/option.ts";
import { trainOptions } from "../src/options/trainOptions.ts";
import { downhill, Scratch } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());
const shells = ["bash", "zsh", "fish"] as const;
const installed = (shell: string): boolean => spawnSync(shell, ["--version"]).status === 0;

beforeAll(async () => {
  for (const shell of shells) {
    const { code, stdout, stderr } = await downhill(["completion", shell]);
    expect([code, stderr]).toEqual([0, ""]);
    scratch.file(shell, stdout);
  }
  scratch.file("table.csv", "");
});

test.each(shells.filter(installed))("%s parses its script", (shell) => {
  const { status, stderr } = spawnSync(shell, ["-n", scratch.at(shell)], { encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
});

const cases: readonly (readonly [line: string, words: readonly string[]])[] = [
  ["downhill tr", ["train"]],
  ["downhill train --lea", ["--learning-rate"]],
  ["downhill train table.csv --no-s", ["--no-standardize", "--no-save"]],
  ["downhill train --model lo", ["logistic"]],
  ["downhill completion f", ["fish"]],
  ["downhill help ev", ["evaluate"]],
  ["downhill train --epochs 1", []],
  ["downhill train --zz", []],
  ["downhill gallery t", []],
];

test.runIf(installed("bash")).each(cases)("bash completes %s", (line, words) => {
  const script = `
    eval "$(cat bash)"
    COMP_WORDS=(${line})
    COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
    _downhill
    echo "\${COMPREPLY[*]}"
  `;
  const { stdout, stderr } = spawnSync("bash", ["-c", script], { cwd: scratch.path, encoding: "utf8" });
  expect([stdout.trim(), stderr]).toEqual([words.join(" "), ""]);
});

test.runIf(process.platform === "linux" && installed("bash") && installed("script"))(
  "the Tab key in Bash completes options, and file names where an option needs a file",
  () => {
    const keys = `eval "$(cat bash)"\ndownhill() { echo "got $*"; }\n`;
    const lines = [
      ...["tr\t", "train --lea\t", "train ta\t", "train --epochs ta\t", "train --report ta\t"],
      ...["train --model=lo\t", "train --epochs=ta\t", "train --report=ta\t", "completion z\t"],
    ];
    const input = `${keys}${lines.map((line) => `downhill ${line}\n`).join("")}exit\n`;
    // The Tab key works only in a terminal; the program `script` makes one.
    const { status, stdout } = spawnSync("script", ["-qc", "bash --norc -i", "/dev/null"], {
      cwd: scratch.path,
      encoding: "utf8",
      input,
    });
    expect(status).toBe(0);
    expect(stdout.match(/^got .*?(?= ?\r?$)/gm)).toEqual([
      "got train",
      "got train --learning-rate",
      "got train table.csv",
      "got train --epochs ta",
      "got train --report table.csv",
      "got train --model=logistic",
      "got train --epochs=ta",
      "got train --report=table.csv",
      "got completion zsh",
    ]);
  },
);

test.runIf(installed("fish")).each(cases)("fish completes %s", (line, words) => {
  const script = `source fish; complete -C "${line}"`;
  const { stdout, stderr } = spawnSync("fish", ["-c", script], { cwd: scratch.path, encoding: "utf8" });
  const found = stdout.split("\n").filter((each) => each !== "");
  expect([found.map((each) => each.split("\t")[0]).sort(), stderr]).toEqual([[...words].sort(), ""]);
});

test("every option of train is in every script", () => {
  for (const shell of shells) {
    const script = readFileSync(scratch.at(shell), "utf8");
    for (const name of Object.keys(trainOptions)) expect(script).toContain(flagOf(name).slice(2));
  }
});
