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

describe("train reports each state where it occurs", () => {
  const of = (table: string, target: string, options: string): string[] => [
    ...["train", dataset(table), "--target", target, "--no-save", "--json"],
    ...options.split(" "),
  ];
  test.each([
    ["exploding diverged", diabetes("--json", "--learning-rate", "1")],
    ["crawling", diabetes("--json", "--learning-rate", "0.0005", "--epochs", "50")],
    ["ravine", diabetes("--json", "--no-standardize", "--learning-rate", "0.00002", "--epochs", "50")],
    ["noiseFloor", diabetes("--json", "--batch-size", "8", "--learning-rate", "0.02", "--epochs", "40")],
    ["zigzag healthy", of("breast_cancer", "diagnosis", "--learning-rate 20 --epochs 30")],
    [
      "exploding zigzag edge",
      of("iris", "species", "--model network --optimizer plain --learning-rate 3 --batch-size full --epochs 500"),
    ],
    [
      "overfitting",
      of(
        "breast_cancer",
        "diagnosis",
        "--model network --hidden 64 --learning-rate 0.01 --optimizer adam --batch-size 16 --epochs 20 --patience 20",
      ),
    ],
  ])("%s", async (states, argv) => {
    const events = eventsOf(await downhill(argv));
    expect(events.filter(({ event }) => event === "verdict").map(({ state }) => state)).toEqual(states.split(" "));
  });
});

test("each advice of train can be followed with its options, also where a falling rate would help", async () => {
  const argv = ["train", dataset("diabetes"), "--target", "progression", "--no-save", "--batch-size", "8"];
  const { stderr } = await downhill([...argv, "--learning-rate", "0.02", "--epochs", "40"]);
  const [state] = stderr.split("\n").filter((line) => /: noise floor\./.test(line));
  const [, flags] = /\((--optimizer automatic --batch-size full), without --learning-rate\)\.$/.exec(state!)!;
  const better = await downhill([...argv.slice(0, -2), ...flags!.split(" ")]);
  expect([better.code, better.stderr.includes("✔ converged")]).toEqual([0, true]);
});

describe("the states of a run", () => {
  test.each([
    ["quantile", "--loss quantile --quantile 0.9 --learning-rate 4"],
    ["huber", "--loss huber --delta 0.0001"],
    ["adam with a large rate", "--loss absolute --optimizer adam --learning-rate 3 --batch-size full"],
    ["batches with a large rate", "--loss quantile --quantile 0.1 --learning-rate 100 --batch-size 32"],
    ["raw columns", "--no-standardize --loss absolute --learning-rate 0.0000001"],
  ])("change seldom: %s", async (_, options) => {
    const events = eventsOf(await downhill([...diabetes("--hold-out", "0"), ...options.split(" "), "--json"]));
    const states = events.flatMap(({ event, state }) => (event === "verdict" ? [state] : []));
    expect(states.length, String(states)).toBeLessThanOrEqual(5);
    for (let i = 1; i < states.length; i++) expect(states[i]).not.toBe(states[i - 1]);
  });

  test("a network in full batch reaches the edge of stability, and the sentence has the measured curvature", async () => {
    const options = "--model network --hidden 32 --batch-size full --epochs 3000 --optimizer plain --learning-rate 0.1";
    const { stderr } = await downhill(diabetes(...options.split(" ")));
    expect(stderr).toMatch(
      /^epoch [\d,]+: edge of stability\. .* grown to about [\d.]+, for which learning rates up to /m,
    );
  });

  test("the noise floor of batches has its distance to the optimum", async () => {
    const options = "--batch-size 16 --epochs 200 --learning-rate 0.05".split(" ");
    const { stderr } = await downhill(diabetes(...options));
    const floor = Number(/noise floor\. .* something like ([\d.]+)\. /.exec(stderr)![1]);
    const best = eventsOf(await downhill(diabetes("--json"))).at(-1)!["loss"] as number;
    const around = Number(/moves up and down around ([\d,]+)\./.exec(stderr)![1]!.replace(",", ""));
    expect(floor / (around - best)).toBeGreaterThan(0.25);
    expect(floor / (around - best)).toBeLessThan(4);
  });

  test("a run that rises has no share of convergence", async () => {
    const { stderr } = await downhill(diabetes("--learning-rate", "5", "--progress", "lines"));
    expect(stderr).toContain("epoch 1: 0 % of 10,000 epochs");
    expect(stderr).not.toContain("converged");
  });
});

test("a diverged run that is kept has findings, and its advice is that of its state", async () => {
  const rows = Array.from({ length: 40 }, (_, i) => `${i % 7},${2 * (i % 7)},${i % 5}`);
  const data = scratch.file("twice.csv", `a,b,y\n${rows.join("\n")}\n`);
  const report = scratch.at("kept.html");
  const argv = [
    "train",
    data,
    "--target",
    "y",
    "--model",
    "linear",
    "--learning-rate",
    "9",
    "--save",
    model,
    "--force",
  ];
  const { code, stderr } = await downhill([...argv, "--keep-diverged", "--report", report]);
  expect(code).toBe(4);
  expect(stderr).toContain("warning: One of these columns is a sum of multiples of the others and a constant: b, a.");
  expect(readFileSync(report, "utf8")).toContain(
    "<li>One of these columns is a sum of multiples of the others and a constant: b, a.",
  );
  const states = stderr.split("\n").filter((line) => /^epoch \d+: (exploding|diverged)\./.test(line));
  const rates = [...states, stderr.split("\n").at(-2)!].map((line) => /\(--learning-rate (\S+)\)/.exec(line)![1]);
  expect(new Set(rates).size, String(rates)).toBe(1);
});

test("no column limits the learning rate of the hinge, and none that of the last layer of a network", async () => {
  const argv = ["train", dataset("iris"), "--target", "species", "--no-save", "--epochs", "20"];
  for (const options of ["--model svm --learning-rate 5000", "--model network --learning-rate 300"]) {
    const { code, stderr } = await downhill([...argv, ...options.split(" ")]);
    expect([code, /limits it most/.test(stderr)]).toEqual([4, false]);
  }
});

test("batches of adam above the objective of the start are not healthy", async () => {
  const argv = "--batch-size 8 --optimizer adam --learning-rate 10 --epochs 20 --no-save --json".split(" ");
  const states = eventsOf(await downhill(["train", dataset("iris"), "--target", "species", ...argv])).filter(
    ({ event }) => event === "verdict",
  );
  expect(states[0]).toMatchObject({ state: "exploding", numbers: { from: expect.closeTo(Math.log(3), 10) as number } });
  expect(states.map(({ state }) => state)).not.toContain("healthy");
});

test("with raw columns the first advice is to standardize them", async () => {
  const argv = ["train", dataset("breast_cancer"), "--target", "diagnosis", "--no-save"];
  const raw = "--no-standardize --learning-rate 0.001 --epochs 20".split(" ");
  const { stderr } = await downhill([...argv, ...raw]);
  expect(stderr).toMatch(
    /epoch 1: exploding\. .+ Standardize the columns, and use the optimizer automatic in full batch/,
  );
  expect((await downhill(argv)).stderr).toContain("✔ converged");
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
    const sentence = /^ {2}(The objective is 1,438\.9, within \S+ of the best possible one.*)$/m.exec(stderr)![1]!;
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

  test("is in the model file also with --quiet, which prints none", async () => {
    const { stdout, stderr } = await downhill(diabetes("--quiet"));
    expect([stdout.trim().split("\n").length, stderr]).toEqual([1, ""]);
    expect(certificateIn(model)).toMatchObject({ valid: true });
  });
});

test("a run on columns of different units names the column that limits the rate, and a rate that works", async () => {
  const rows = Array.from({ length: 40 }, (_, i) => `${1000 * (i % 7)},${i % 5},${(i % 7) + (i % 5)}`);
  const data = scratch.file("units.csv", `income,age,y\n${rows.join("\n")}\n`);
  const argv = ["train", data, "--target", "y", "--model", "linear", "--no-standardize", "--no-save"];
  const { code, stderr } = await downhill([...argv, "--learning-rate", "0.01"]);
  expect(code).toBe(4);
  expect(stderr).toContain("The column income limits it most: 100 % of the steepest direction.");
  const rate = /\(--learning-rate (\S+)\)\. No model/.exec(stderr)![1]!;
  expect((await downhill([...argv, "--learning-rate", rate, "--epochs", "50"])).code).toBe(0);
});

describe("the explanations", () => {
  const warnings = ({ stderr }: { readonly stderr: string }): string[] =>
    [...stderr.matchAll(/^ {2}warning: (.*)$/gm)].map(([, text]) => text!);
  const codes = (end: Record<string, unknown> | undefined): string[] =>
    (end!["findings"] as { readonly code: string }[]).map(({ code }) => code);
  const table = (name: string, row: (i: number) => readonly unknown[], header: string): string[] => {
    const rows = Array.from({ length: 40 }, (_, i) => row(i).join(","));
    return ["train", scratch.file(name, [header, ...rows, ""].join("\n")), "--target", "y", "--no-save"];
  };

  test.each([
    ["breast_cancer", "diagnosis"],
    ["diabetes", "progression"],
    ["iris", "species"],
    ["wine", "cultivar"],
  ])("%s with the default settings has no warning", async (name, target) => {
    expect(warnings(await downhill(["train", dataset(name), "--target", target, "--no-save"]))).toEqual([]);
  });

  test("dead units are counted, and tanh has none", async () => {
    const query = "SELECT i AS x, sin(i) AS y FROM range(1, 40) AS numbers(i)";
    const flags = "--target y --model network --hidden 2 --no-standardize --seed 0 --no-save".split(" ");
    const argv = ["train", query, ...flags];
    expect(warnings(await downhill(argv)).join()).toMatch(/^[12] of 2 hidden units (is|are) 0 for every row\. /);
    expect(warnings(await downhill([...argv, "--activation", "tanh"]))).toEqual([]);
  });

  test("separable classes have a warning with the penalty that gives them an optimum, unless the run ends for them", async () => {
    const argv = table("separable.csv", (i) => [i < 20 ? i : i + 20, (i * 7) % 5, i < 20 ? "no" : "yes"], "x,z,y");
    const slow = [...argv, "--l2", "0", "--batch-size", "8", "--epochs", "20"];
    const ran = await downhill(slow);
    expect(ran.stderr).toContain("It has no optimum, because a plane separates the classes");
    const [text] = warnings(ran);
    expect(text).toMatch(/^Set l2 to 0\.031\d+ /);
    const l2 = /\((--l2 \S+)\)\.$/.exec(text!)![1]!.split(" ");
    expect(warnings(await downhill([...argv, ...l2]))).toEqual([]);
    const ended = await downhill([...argv, "--l2", "0"]);
    expect(ended.stderr).toContain("a plane separates the classes");
    expect(warnings(ended)).toEqual([]);
    expect(codes(eventsOf(await downhill([...slow, "--json"])).at(-1))).toContain("separable");
  });

  test("columns that depend on others are named, but not the numbers of one category", async () => {
    const row = (i: number) => [["red", "green", "blue"][i % 3], (i * 5) % 7, 2 * ((i * 5) % 7) + 1, i % 11];
    const argv = table("collinear.csv", row, "colour,size,twice,y");
    const found = warnings(await downhill(argv));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(
      /^One of these columns is a sum of multiples of the others and a constant: (size, twice|twice, size)\./,
    );
    const diagnosis = await downhill(["diagnose", ...argv.slice(1, -1)]);
    expect(diagnosis.stdout).toContain(found[0]);
    expect(diagnosis.stdout).not.toContain("colour=red");
    expect(warnings(await downhill([...argv, "--drop", "twice"]))).toEqual([]);
  });

  test("more than three dependent columns are in one warning", async () => {
    const names = ["a", "b", "c", "d", "e"];
    const argv = table(
      "many.csv",
      (i) => [...names.map((_, j) => (j + 1) * (i % 9)), (i % 9) + (i % 2)],
      `${names.join(",")},y`,
    );
    const found = warnings(await downhill(argv));
    expect(found).toEqual([
      expect.stringMatching(/^4 columns are sums of multiples of other columns and a constant: /),
    ]);
    const [penalised] = warnings(await downhill([...argv, "--l2", "0.1"]));
    expect(penalised).toMatch(/Only the penalty determines how the weights are divided among them\.$/);
    const [free] = warnings(await downhill([...argv, "--model", "linear", "--l2", "0"]));
    expect(free).toMatch(/single weights have no meaning; leave out some columns, or set a penalty \(--l2\)\.$/);
  });

  test("a network that predicts one class for every row has a warning only if the table does not show it", async () => {
    const argv = table("one.csv", (i) => [(i * 7) % 10, i % 5 === 0 ? "rare" : "common"], "x,y");
    const ran = await downhill([...argv, "--json", "--hold-out", "0"]);
    expect(codes(eventsOf(ran).at(-1))).toContain("constant");
    const printed = await downhill([...argv, "--hold-out", "0"]);
    expect(printed.stdout).toContain("No better than always predicting “common”");
    expect(warnings(printed)).toEqual([]);
  });

  test("--quiet computes none", async () => {
    const argv = table("quiet.csv", (i) => [i, 2 * i, i % 11], "a,b,y");
    expect((await downhill([...argv, "--quiet"])).stderr).toBe("");
  });
});

describe("--optimizer dog and --learning-rate auto", () => {
  const argv = ["train", dataset("diabetes"), "--target", "progression", "--hold-out", "0", "--no-save", "--json"];
  const eventOf = async (name: string, ...more: string[]) =>
    eventsOf(await downhill([...argv, ...more])).find(({ event }) => event === name)!;

  test("dog needs no learning rate in batches, and its averaged parameters end near the optimum", async () => {
    const best = (await eventOf("end"))["loss"] as number;
    for (const batch of ["1", "16"]) {
      const options = ["--optimizer", "dog", "--batch-size", batch, "--epochs", "100"];
      expect(await eventOf("settings", ...options)).toMatchObject({ optimizer: "dog" });
      expect((await eventOf("end", ...options))["loss"]).toBeLessThan(1.02 * best);
    }
  });

  test("dog does not take a learning rate, and diagnose knows it", async () => {
    const both = await downhill([...argv, "--optimizer", "dog", "--learning-rate", "0.1"]);
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining("Leave out one of the two options.")]);
    const { code, stdout } = await downhill([
      "diagnose",
      ...argv.slice(1, 6),
      "--optimizer",
      "dog",
      "--batch-size",
      "8",
    ]);
    expect([code, stdout]).toEqual([0, expect.stringContaining("The optimizer chooses its learning rates itself")]);
  });

  test.each(["linear", "network"])("auto is the default learning rate of the model %s", async (model) => {
    const options = ["--model", model, "--epochs", "5"];
    const auto = await eventOf("end", ...options, "--learning-rate", "auto");
    expect(auto).toEqual(await eventOf("end", ...options));
    const diagnosed = await downhill(["diagnose", ...argv.slice(1, 6), ...options, "--learning-rate", "auto"]);
    expect(diagnosed.stdout).toBe((await downhill(["diagnose", ...argv.slice(1, 6), ...options])).stdout);
  });

  test("auto does not help an optimizer without a default learning rate", async () => {
    const { code, stderr } = await downhill([...argv, "--optimizer", "momentum", "--learning-rate", "auto"]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining("needs a learning rate. Start with --learning-rate 0.01."),
    ]);
  });
});
