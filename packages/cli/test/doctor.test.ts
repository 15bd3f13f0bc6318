// What train says about its learning rate: the forecast before, the states during, and the certificate after the run.
import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { Screen } from "./screen.ts";
import { dataset, downhill, eventsOf, Scratch } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());
const model = scratch.at("model.json");

const diabetes = (...argv: string[]): string[] => [
  "train",
  dataset("diabetes"),
  "--target",
  "progression",
  "--save",
  model,
  ...argv,
];
const certificateIn = (path: string): unknown =>
  (JSON.parse(readFileSync(path, "utf8")) as { readonly run: { readonly certificate: unknown } }).run.certificate;

test("the forecast of a learning rate of the user comes before the first epoch", async () => {
  const { stderr } = await downhill(diabetes("--learning-rate", "0.05", "--epochs", "50"));
  const lines = stderr.split("\n");
  const forecast = lines.findIndex((line) => line.includes("With the learning rate 0.05 the run converges."));
  expect(forecast).toBeGreaterThan(0);
  expect(lines.findIndex((line) => line.startsWith("epoch 1:"))).toBeGreaterThan(forecast);
});

test("each change of the state is one line with what helps, and the options that it names lead to a better run", async () => {
  const argv = diabetes("--learning-rate", "0.0005", "--epochs", "3000");
  const { stderr } = await downhill(argv);
  const states = stderr.split("\n").filter((line) => /^epoch [\d,]+: (crawling|ravine)\./.test(line));
  expect(states.length).toBeGreaterThan(0);
  const [, ...flags] = /\((--learning-rate) (\S+)\)\.$/.exec(states[0]!)!;
  const slow = eventsOf(await downhill([...argv, "--json"]));
  const fast = eventsOf(await downhill([...diabetes("--epochs", "3000"), ...flags, "--json"]));
  expect(slow.filter(({ event }) => event === "verdict").map(({ state }) => state)).toContain("crawling");
  expect(fast.at(-1)!["loss"]).toBeLessThan(slow.at(-1)!["loss"] as number);
});

test("on a terminal the line of a state replaces the bar, which is drawn again below it", async () => {
  let clock = 0;
  const ticking = () => {
    clock += 60;
    return clock;
  };
  const argv = diabetes("--learning-rate", "0.0005", "--epochs", "300");
  const { stderr } = await downhill(argv, { interactive: true, now: ticking, columns: () => 300 });
  const screen = new Screen(300);
  screen.write(stderr);
  const rows = screen.rows();
  const state = rows.findIndex((row) => /^epoch \d+: crawling\. /.test(row));
  const bars = rows.flatMap((row, at) => (/^epoch \d+ .*%/.test(row) ? [at] : []));
  expect(bars).toHaveLength(1);
  expect(bars[0]).toBeGreaterThan(state);
  expect(state).toBeGreaterThan(0);
});

describe("the certificate", () => {
  test("is printed, in the end event, in the model file, in the report, and printed by evaluate", async () => {
    const page = scratch.at("report.html");
    const { stderr } = await downhill(diabetes());
    const sentence = /^ {2}(The objective is 1438\.9, within \S+ of the best possible one.*)$/m.exec(stderr)![1]!;
    expect(certificateIn(model)).toMatchObject({ valid: true, method: "least squares", sentence });
    const end = eventsOf(await downhill(diabetes("--json", "--report", page))).at(-1)!;
    expect(end["certificate"]).toEqual(certificateIn(model));
    expect(readFileSync(page, "utf8")).toContain(sentence);
    const evaluated = await downhill(["evaluate", model, dataset("diabetes")]);
    expect(evaluated.stderr).toContain(`On the training rows: ${sentence}`);
  });

  test("of a network says why there is none", async () => {
    const { stderr } = await downhill(diabetes("--model", "network", "--epochs", "2"));
    expect(stderr).toContain("A network has no known bound, because");
    expect(certificateIn(model)).toMatchObject({ valid: false });
  });

  test("is about the training rows without the validation rows, and about the weights of classes", async () => {
    const argv = ["train", dataset("breast_cancer"), "--target", "diagnosis", "--save", model];
    await downhill([...argv, "--patience", "5", "--epochs", "40"]);
    expect(certificateIn(model)).toMatchObject({ valid: true });
    await downhill([...argv, "--class-weights", "balanced"]);
    const { relative } = certificateIn(model) as { readonly relative: number };
    expect(relative).toBeLessThan(1e-6);
  });

  test("is not computed with --quiet, which prints none", async () => {
    const { stdout, stderr } = await downhill(diabetes("--quiet"));
    expect([stdout.trim().split("\n").length, stderr]).toEqual([1, ""]);
    expect(certificateIn(model)).toBeNull();
  });
});

test("a run on columns of different units names the column that limits the rate, and a rate that works", async () => {
  const rows = Array.from({ length: 40 }, (_, i) => `${1000 * (i % 7)},${i % 5},${(i % 7) + (i % 5)}`);
  const data = scratch.file("units.csv", `income,age,y\n${rows.join("\n")}\n`);
  const argv = ["train", data, "--target", "y", "--model", "linear", "--no-standardize", "--no-save"];
  const { code, stderr } = await downhill([...argv, "--learning-rate", "0.01"]);
  expect(code).toBe(4);
  expect(stderr).toContain("The column income limits it most: 100 % of the steepest direction.");
  const rate = /Use --learning-rate (\S+) or lower/.exec(stderr)![1]!;
  expect((await downhill([...argv, "--learning-rate", rate, "--epochs", "50"])).code).toBe(0);
});
