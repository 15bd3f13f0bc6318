// The exit codes, with the lines that are printed and the files that are written.
import { existsSync, readFileSync } from "node:fs";
import { DivergenceError, load } from "downhill";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { version } from "../src/process/version.ts";
import { divergenceMessage } from "../src/training/divergence.ts";
import { dataset, downhill, eventsOf, Scratch } from "./world.ts";

const scratch = new Scratch();
const model = scratch.at("model.json");
afterEach(() => {
  for (const name of scratch.names()) if (/^(model|report)/.test(name)) scratch.removeFile(name);
});
afterAll(() => scratch.remove());

const iris = (...argv: string[]) => ["train", dataset("iris"), "--target", "species", "--save", model, ...argv];

test.each([
  ["a TypeError", () => (undefined as unknown as { length: number }).length],
  ["a RangeError", () => "x".repeat(-1).length],
  [
    "a thrown string",
    () => {
      throw "a string";
    },
  ],
])("%s is a bug: exit code 1, a request to report it, the stack, and no model", async (_, fault) => {
  const before = scratch.names();
  const { code, stdout, stderr } = await downhill(iris(), { now: fault as () => number });
  expect([code, stdout]).toEqual([1, ""]);
  const lines = stderr.trimEnd().split("\n");
  const first = lines.indexOf("✖ This is a bug in downhill. It is not your mistake.");
  expect(lines[first + 1]).toBe("Please report it where you got downhill, with your command and the lines below.");
  expect(lines[first + 2]).toBe(`downhill ${version}, Node ${process.version}, ${process.platform} ${process.arch}`);
  expect(lines.slice(first + 3).join("\n")).toMatch(/^(TypeError|RangeError): .+(\n {4}at .+)+$|^a string was thrown$/);
  expect(scratch.names()).toEqual(before);
});

test("an error before a command begins is a bug too", async () => {
  const { code, stderr } = await downhill(iris(), {
    columns: () => {
      throw new TypeError("no window");
    },
  });
  expect(code).toBe(1);
  expect(stderr).toContain("TypeError: no window\n    at ");
});

describe("a run that diverges", () => {
  const line = () => scratch.file("line.csv", "x,y\n10,10\n20,20\n");
  const steep = () =>
    [
      "train",
      line(),
      ..."--target y --hold-out 0 --no-standardize --learning-rate 0.02 --epochs 20".split(" "),
    ] as string[];

  test("with finite numbers: exit code 4, the reason, advice, and no model", async () => {
    const { code, stdout, stderr } = await downhill([...steep(), "--save", model, "--progress", "none"]);
    expect([code, stdout, existsSync(model)]).toEqual([4, "", false]);
    expect(stderr.split("\n").at(-2)).toMatch(
      /^✖ train: the run diverged at update 20, with the learning rate 0\.02: the objective rose from 125 to (\d\.\d+e\+\d+)\. The largest stable learning rate for these rows is 0\.\d+\. The column x limits it most: \d+ % of the steepest direction\. Standardize the columns, and [^(]+ \(--optimizer automatic --batch-size full, without --no-standardize and --learning-rate\)\. Or set the learning rate to (0\.\d+) \(--learning-rate \2\)\. No model was written; --keep-diverged would write it\.$/,
    );
  });

  test("with numbers that are not finite: the same", async () => {
    const argv = [
      "train",
      dataset("breast_cancer"),
      "--target",
      "diagnosis",
      "--learning-rate",
      "1e12",
      "--save",
      model,
    ];
    const ran = await downhill([...argv, "--json"]);
    expect([ran.code, existsSync(model)]).toEqual([4, false]);
    expect(eventsOf(ran).at(-1)).toEqual({
      event: "end",
      stopped: "diverged",
      update: expect.any(Number),
      learningRate: 1e12,
      suggestedRate: expect.any(Number),
      limitIsProven: true,
      limit: expect.any(Number),
      columns: expect.arrayContaining([{ column: expect.any(String), share: expect.any(Number) }]),
    });
  });

  test("is kept only with --keep-diverged, with exit code 4 and a warning in the report", async () => {
    const report = scratch.at("report.html");
    const argv = [...steep(), "--save", model, "--report", report, "--keep-diverged"];
    const ran = await downhill([...argv, "--json"]);
    expect(ran.code).toBe(4);
    expect(ran.stderr).toContain("The diverged model was saved, because --keep-diverged is set.\n");
    expect(eventsOf(ran).at(-1)).toMatchObject({
      stopped: "diverged",
      update: 20,
      epochs: 20,
      suggestedRate: expect.any(Number),
    });
    expect(load(JSON.parse(readFileSync(model, "utf8")))).toMatchObject({ model: { stopped: "diverged" } });
    expect(readFileSync(report, "utf8")).toContain("<h1>The run diverged: do not use this model.</h1>");
    const again = await downhill([...argv, "--progress", "none"]);
    expect(again.stderr).toContain(
      "■ diverged after 20 epochs: the loss became infinite or NaN, or ended far above its start",
    );
    expect(again.stdout).toMatch(/\nThe run diverged: do not use this model\.\n$/);
    expect(again.stdout).not.toContain("than always predicting");
  });

  test("at its first update has no model", async () => {
    const argv = [...steep(), "--save", model, "--keep-diverged"].map((word) => (word === "0.02" ? "1e300" : word));
    const { code, stderr } = await downhill(argv);
    expect([code, existsSync(model)]).toEqual([4, false]);
    expect(stderr).toMatch(/ No model was written, because there was none yet\.\n$/);
  });

  /** The command lines that follow the advice: "… (--learning-rate 0.3, without --no-standardize). Or … (…)." */
  function followed(argv: readonly string[], stderr: string): string[][] {
    const advice = stderr.split("\n").at(-2)!;
    const lower = /Use (--learning-rate [\d.e-]+) or lower\./.exec(advice)?.[1];
    const all =
      lower === undefined ? [...advice.matchAll(/ \(([^)]*--[^)]+)\)\./g)].map((found) => found[1]!) : [lower];
    return all.map((flags) => {
      const [added = "", removed = ""] = flags.startsWith("without ") ? ["", flags] : flags.split(", ");
      const words = added.split(" ").filter((word) => word !== "");
      const without = removed.replace("without ", "").split(" and ");
      const rest = [...argv];
      for (const flag of [...without, ...words.filter((word) => word.startsWith("--"))]) {
        const at = rest.indexOf(flag);
        if (at >= 0) rest.splice(at, flag.startsWith("--no-") ? 1 : 2);
      }
      return [...rest, ...words];
    });
  }

  const ratings = () => {
    const rows = Array.from({ length: 400 }, (_, i) => `u${i % 23},i${(i * 7) % 31},${(i * i) % 201}`);
    return scratch.file("scores.csv", ["user,item,rating", ...rows].join("\n"));
  };
  const large = () => {
    const rows = Array.from({ length: 200 }, (_, i) =>
      [i * 1e6, (i * 7919) % 101, 3e7 * i + ((i * 31) % 17), i % 3].join(),
    );
    return scratch.file("large.csv", ["a,b,y,k", ...rows].join("\n"));
  };
  const cases: [string, () => string[]][] = [
    ["the line above", steep],
    ["least squares", () => [dataset("diabetes"), ..."--target progression --learning-rate 5".split(" ")]],
    [
      "raw columns",
      () => [dataset("diabetes"), ..."--target progression --no-standardize --learning-rate 0.5".split(" ")],
    ],
    ["raw columns of millions", () => [large(), ..."--target y --no-standardize --learning-rate 0.001".split(" ")]],
    ["momentum", () => [dataset("wine"), ..."--target cultivar --optimizer momentum --learning-rate 1e9".split(" ")]],
    [
      "nesterov",
      () => [dataset("diabetes"), ..."--target progression --optimizer nesterov --learning-rate 3".split(" ")],
    ],
    ["batches", () => [dataset("diabetes"), ..."--target progression --batch-size 16 --learning-rate 2".split(" ")]],
    [
      "one row at a time",
      () => [dataset("diabetes"), ..."--target progression --batch-size 1 --learning-rate 1".split(" ")],
    ],
    ["the hinge", () => [dataset("wine"), ..."--target cultivar --model svm --l2 1 --learning-rate 1e5".split(" ")]],
    [
      "an l2 that is too large",
      () => [dataset("wine"), ..."--target cultivar --l2 1e6 --learning-rate 0.1".split(" ")],
    ],
    [
      "a network",
      () => [dataset("iris"), ..."--target species --model network --learning-rate 1e9 --epochs 50".split(" ")],
    ],
    [
      "a network with momentum",
      () => [
        dataset("diabetes"),
        ..."--target progression --model network --optimizer momentum --learning-rate 1e9 --epochs 20".split(" "),
      ],
    ],
    [
      "a network of raw columns",
      () => [large(), ..."--target y --model network --no-standardize --learning-rate 10 --epochs 20".split(" ")],
    ],
    ["adam", () => [dataset("diabetes"), ..."--target progression --optimizer adam --learning-rate 1e300".split(" ")]],
    [
      "a factorization",
      () => [
        ratings(),
        ..."--model factorization --user user --item item --rating rating --learning-rate 50".split(" "),
      ],
    ],
  ];

  test.each(cases)("ends well when the advice is followed: %s", async (_, command) => {
    const words = command();
    const argv = [...(words[0] === "train" ? [] : ["train"]), ...words, "--save", model, "--progress", "none"];
    const ran = await downhill(argv);
    expect(ran.code, ran.stderr).toBe(4);
    const all = followed(argv, ran.stderr);
    expect(all.length, ran.stderr).toBeGreaterThan(0);
    for (const then of all) {
      const next = await downhill(then);
      expect(next.code, `${ran.stderr}\n${then.join(" ")}\n${next.stderr}`).toBe(0);
    }
  });

  test("before its first update because of a large penalty ends well without it", async () => {
    const argv = iris("--model", "network", "--epochs", "3");
    const { code, stderr } = await downhill([...argv, "--l2", "1e308"]);
    expect(code).toBe(4);
    expect(stderr).toMatch(/before the first update: .+ Use a smaller --l2\. No model was written/);
    expect((await downhill(argv)).code).toBe(0);
  });

  test("with the optimizer automatic: the advice has no learning rate", () => {
    const options = { optimizer: "automatic", batchSize: "full", standardize: false, save: "m.json" } as const;
    const error = new DivergenceError("the objective became Infinity", 8, 0.5, new Float64Array(1));
    const standardize = { text: "Standardize the columns.", options: { standardize: true } };
    const cause = { limit: 0.2, limitIsProven: true, columns: [{ column: "age", share: 0.87 }] };
    expect(divergenceMessage(error, { options, kept: false, cause, remedies: [standardize] })).toBe(
      "train: the run diverged at update 8, with the learning rate 0.5: the objective became Infinity. " +
        "The largest stable learning rate for these rows is 0.2. " +
        "The column age limits it most: 87 % of the steepest direction. " +
        "Standardize the columns (without --no-standardize). No model was written; --keep-diverged would write it.",
    );
  });
});

test("a run that --patience ends has stopped: validation, and prints the reason", async () => {
  const argv = iris("--model", "network", "--learning-rate", "2", "--patience", "3", "--epochs", "2000");
  const ran = await downhill([...argv, "--json"]);
  const end = eventsOf(ran).at(-1)!;
  expect(end).toMatchObject({ stopped: "validation" });
  expect(end["epochs"]).toBeLessThan(2000);
  expect((await downhill(argv)).stderr).toContain(
    `stopped early after ${end["epochs"]} epochs: the loss on the validation rows stopped improving; the model from the best epoch is kept`,
  );
});

test("a run that did not converge differs from a run that finished its epochs", async () => {
  const limited = await downhill(iris("--epochs", "3"));
  expect(limited.stderr).toContain("■ stopped after 3 epochs, the maximum number; it has not converged yet");
  const planned = await downhill(iris("--epochs", "3", "--model", "network"));
  expect(planned.stderr).toContain("✔ finished all 3 epochs");
});
