// The progress of a run on terminals of several widths, in one that is resized, and in logs.
import { readFileSync } from "node:fs";
import { logisticRegression, plain, softmaxRegression } from "downhill";
import { afterAll, expect, test } from "vitest";
import type { ModelStep } from "../src/model/estimator.ts";
import { progressOf } from "../src/reporters/progress.ts";
import { progressLine } from "../src/reporters/progressBar.ts";
import { type Share, shareMeter } from "../src/reporters/progressShare.ts";
import { terminalOf } from "../src/terminal/terminal.ts";
import { printed } from "../src/terminal/text.ts";
import { Screen } from "./screen.ts";
import { dataset, downhill, Scratch, standardInput, type World } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());

const ticking = () => {
  let clock = 0;
  return () => {
    clock += 60;
    return clock;
  };
};

/** A run on a screen; `widths` are those of the terminal, one after another, each for a few drawings. */
function drawn(widths: readonly number[]): Screen {
  const screen = new Screen(widths[0]!);
  let drawings = 0;
  const io = {
    stdin: standardInput(""),
    stdout: { write: () => {} },
    stderr: { write: (text: string) => screen.write(text) },
    interactive: true,
    env: { LANG: "C.UTF-8" },
    now: ticking(),
    onInterrupt: () => () => {},
    columns: () => {
      const width = widths[Math.min(widths.length - 1, Math.floor(drawings++ / 12))]!;
      if (width !== screen.columns) screen.resize(width);
      return width;
    },
  };
  const { stderr } = terminalOf(io);
  stderr.line("a note above");
  const progress = progressOf("bar", () => ({ epochs: 60, awaited: 1e-9 }), terminalOf(io));
  for (const step of steps()) progress.step(step);
  progress.end();
  stderr.line("a note below");
  return screen;
}

const lines = readFileSync(dataset("breast_cancer"), "utf8").trim().split("\n").slice(1);
const X = lines.map((line) => line.split(",").slice(0, -1).map(Number));
const y = lines.map((line) => line.split(",").at(-1)!);
const steps = (): Iterable<ModelStep> => logisticRegression({ optimizer: plain(0.05), epochs: 60 }).train(X, y);

test.each([400, 80, 60, 40, 39, 30, 24, 20, 12, 8, 4, 2])(
  "on %i columns, the two lines of the progress stay in the same rows",
  async (width) => {
    const rows = drawn([width])
      .rows()
      .filter((row) => row !== "");
    const note = Math.ceil("a note above".length / width);
    const drawnRows = rows.slice(note, rows.length - Math.ceil("a note below".length / width));
    expect(drawnRows.join("\n")).toMatchSnapshot();
    expect(drawnRows).toHaveLength(2);
    expect(Math.max(...drawnRows.map((row) => row.length))).toBeLessThan(width);
  },
);

test("a terminal that becomes wider or narrower: the notes stay, and the last two lines are complete", async () => {
  for (const widths of [
    [80, 40, 20, 60],
    [20, 80],
    [60, 30, 60, 30],
    [80, 10],
  ]) {
    const screen = drawn(widths);
    screen.resize(200);
    const rows = screen.rows().filter((row) => row !== "");
    expect(rows[0]).toBe("a note above");
    expect(rows.at(-1)).toBe("a note below");
    const alone = drawn([widths.at(-1)!])
      .rows()
      .filter((row) => row !== "");
    const count =
      alone.length -
      Math.ceil("a note above".length / widths.at(-1)!) -
      Math.ceil("a note below".length / widths.at(-1)!);
    expect(count).toBe(2);
    const [first, second] = rows.slice(-3, -1);
    expect(first).toMatch(/100 %/);
    expect(second).toMatch(/^loss/);
  }
});

test("every line fits, with any numbers", () => {
  const share: Share = { share: 0.616, meaning: "of 1,000,000 epochs" };
  for (let width = 1; width < 120; width++) {
    for (const utf8 of [true, false]) {
      const line = printed(progressLine({ epoch: 123_456, share, perSecond: 12_345 }, width, utf8), {
        colored: false,
        utf8,
      });
      expect(line.length).toBeLessThanOrEqual(width);
      if (width >= 4) expect(line).toContain("61 %");
    }
  }
  const colored = progressLine({ epoch: 24, share: { share: 0.5, meaning: "converged" }, perSecond: 310 }, 60, true);
  expect(printed(colored, { colored: false, utf8: true })).toBe(
    "epoch 24  ━━━━━━━━━━──────────  50 % converged  310 epochs/s",
  );
});

const shares = (run: Iterable<ModelStep>, epochs: number, awaits: boolean): Share[] => {
  const shareOf = shareMeter(() => ({ epochs, awaited: awaits ? 1e-9 : null }));
  return Array.from(run, (step) => shareOf(step));
};

test("in a run that ends when it has converged, the share rises evenly and ends at 1", () => {
  const found = shares(softmaxRegression().train(X, y), 10_000, true);
  expect(found.every(({ meaning }) => meaning === "converged")).toBe(true);
  const values = found.map(({ share }) => share);
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  expect(values.at(-1)).toBe(1);
  expect(values.slice(0, -1).every((share) => share >= 0 && share <= 0.99)).toBe(true);
  const half = values.findIndex((share) => share >= 0.5) / values.length;
  expect(half).toBeGreaterThan(0.25);
  expect(half).toBeLessThan(0.75);
});

test("in a run that ends at its maximum of epochs, the share is that of the epochs, also before convergence", () => {
  const all = shares(softmaxRegression({ epochs: 8, batchSize: 10 }).train(X, y), 8, false);
  expect(all.at(-1)).toEqual({ share: 1, meaning: "of 8 epochs" });
  const slow = shares(logisticRegression({ optimizer: plain(1e-4), epochs: 40 }).train(X, y), 40, true);
  expect(slow.map(({ share }) => share)).toEqual(Array.from({ length: 40 }, (_, i) => (i + 1) / 40));
});

const run = (world: World, ...argv: string[]) =>
  downhill(["train", dataset("iris"), "--target", "species", "--save", scratch.at("m.json"), ...argv], world);

test.each([
  ["a log", {}],
  ["a terminal with CI=true", { interactive: true, env: { LANG: "C.UTF-8", CI: "true" } }],
])("%s: a line for every tenth of the run, without codes for a terminal", async (_, world) => {
  const { stderr } = await run(world, "--epochs", "60", "--learning-rate", "0.2");
  expect(
    [...stderr.matchAll(/^epoch (\d+): (\d+) % of 60 epochs, loss 0\.\d+$/gm)].map(([, epoch]) => Number(epoch)),
  ).toEqual([1, 6, 12, 18, 24, 30, 36, 42, 48, 54, 60]);
  for (const code of ["\x1b", "\r"]) expect(stderr).not.toContain(code);
  const byDefault = (await run(world)).stderr;
  const lines = [...byDefault.matchAll(/^epoch \d+: (\d+) % converged, loss 0\.\d+$/gm)];
  expect(lines.length).toBeGreaterThan(5);
  expect(lines.length).toBeLessThan(13);
  expect(lines.at(-1)![1]).toBe("100");
  for (const code of ["\x1b", "\r"]) expect(byDefault).not.toContain(code);
});

test("CI=false counts as no CI, and --progress bar draws a bar everywhere", async () => {
  expect((await run({ interactive: true, env: { CI: "false" } }, "--epochs", "3")).stderr).toContain("\x1b[?25l");
  expect((await run({ interactive: true, env: { CI: "1" } }, "--epochs", "3", "--progress", "bar")).stderr).toContain(
    "\x1b[?25l",
  );
});
