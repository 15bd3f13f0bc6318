// downhill diagnose: the consultation before a training.
import { readFileSync } from "node:fs";
import { diagnose, type Forecast, linearRegression, plain } from "downhill";
import { afterAll, describe, expect, test } from "vitest";
import { dataset, downhill, recordsOf, Scratch } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());

const diabetes = ["diagnose", dataset("diabetes"), "--target", "progression"];

interface JsonDiagnosis {
  readonly forecast: Forecast;
  readonly sweep: { readonly trials: readonly { readonly objective: number | null }[]; readonly best: number };
  readonly curvature: Record<"raw" | "standardized", { readonly condition: number }>;
  readonly remedies: readonly { readonly options: object }[];
}
const json = async (...argv: string[]): Promise<JsonDiagnosis> => {
  const { code, stdout, stderr } = await downhill([...argv, "--json"]);
  expect([0, 4], stderr).toContain(code);
  return JSON.parse(stdout) as JsonDiagnosis;
};

test("stdout has the consultation, and stderr the data and the notes", async () => {
  const { code, stdout, stderr } = await downhill([...diabetes, "--learning-rate", "0.05"]);
  expect(code).toBe(0);
  const titles = ["Answer", "Learning rates", "Reasons", "Sweep", "Curvature"];
  expect(stdout.split("\n").filter((line) => titles.includes(line))).toEqual(titles);
  expect(stdout).toContain("▲ this run 0.05");
  expect(stdout).toMatch(/condition number +5\.\d+×10⁷ +421\.1/);
  expect(stderr).toContain("442 rows · 10 features · target progression");
});

test("the numbers are those of the library on the same training rows, and a second run prints the same text", async () => {
  const records = recordsOf(readFileSync(dataset("diabetes"), "utf8"));
  const X = records.map(({ progression: _, ...row }) =>
    Object.fromEntries(
      Object.keys(row)
        .sort() // the command orders its features by name
        .map((name) => [name, Number(row[name])]),
    ),
  );
  const y = records.map(({ progression }) => Number(progression));
  const own = diagnose(linearRegression({ optimizer: plain(0.05) }), { X, y }, { rates: 4 });
  const argv = [...diabetes, "--learning-rate", "0.05", "--hold-out", "0", "--rates", "4"];
  const found = await json(...argv);
  expect(found.forecast.limit).toBe(own.forecast.limit);
  expect(found.forecast.epochs).toBe(own.forecast.epochs);
  expect(found.curvature.raw.condition).toBe(own.curvature.raw.condition);
  expect(found.sweep.trials).toEqual(own.sweep.trials);
  expect(await downhill(argv)).toEqual(await downhill(argv));
});

test("a rate that certainly diverges ends with the exit code 4, and the advice leads to one that converges", async () => {
  const { code, stdout } = await downhill([...diabetes, "--learning-rate", "5"]);
  expect(code).toBe(4);
  expect(stdout).toContain("so the run diverges");
  const [, ...flags] = /\((--learning-rate) (\S+)\)\.$/m.exec(stdout)!;
  const followed = await downhill([...diabetes, ...flags]);
  expect([followed.code, followed.stdout]).toEqual([0, expect.stringContaining("converges")]);
});

test("with columns that are not standardized the advice is to standardize them, with a rate that converges", async () => {
  const raw = await json(...diabetes, "--no-standardize", "--learning-rate", "0.001");
  expect(raw.forecast.band).toBe("diverges");
  expect(raw.remedies[0]!.options).toEqual({ standardize: true, learningRate: expect.any(Number) });
  const { learningRate } = raw.remedies[0]!.options as { learningRate: number };
  expect((await json(...diabetes, "--learning-rate", String(learningRate))).forecast.band).toBe("converges");
});

test("runs that diverged are the last rows of the sweep, and none of them is the best", async () => {
  const argv = [...diabetes, "--rates", "25"];
  const { stdout } = await downhill(argv);
  const rows = stdout.slice(stdout.indexOf("Sweep")).split("\n").slice(2, 27);
  const diverged = rows.map((row) => / diverged\b/.test(row));
  expect(diverged).toContain(true);
  expect(diverged).toEqual([...diverged].sort());
  expect(rows.filter((row) => row.endsWith("lowest"))).toHaveLength(1);
  const { sweep } = await json(...argv);
  expect(sweep.trials).toHaveLength(25);
  const lowest = Math.min(...sweep.trials.map(({ objective }) => objective ?? Infinity));
  expect(sweep.trials.find(({ objective }) => objective === lowest)).toMatchObject({ learningRate: sweep.best });
});

test("a softmax run whose loss rose but stayed finite ended above its start, and is below the runs that finished", async () => {
  const argv = ["diagnose", dataset("iris"), "--target", "species", "--learning-rate", "16"];
  const { stdout } = await downhill(argv);
  const rows = stdout.slice(stdout.indexOf("Sweep")).split("\n").slice(2, 11);
  expect(rows.at(-1)).toMatch(/^16 +300 +ended above its start +this run$/);
  expect(stdout).toContain("none diverged, 1 ended above the start.");
});

test("a start that belongs to standardized columns is no start for the columns as they are", async () => {
  const { curvature } = await json(...diabetes, "--loss", "huber");
  expect(curvature.raw.condition).toBeGreaterThan(1e7);
  expect(curvature.standardized.condition).toBeCloseTo(421, -1);
});

test("the sweep has the rate of the run instead of the nearest one", async () => {
  for (const rate of ["0.0333", "77"]) {
    const { stdout } = await downhill([...diabetes, "--learning-rate", rate]);
    const rows = stdout.slice(stdout.indexOf("Sweep")).split("\n").slice(2, 11);
    expect(rows.filter((row) => row.endsWith("this run"))).toEqual([expect.stringMatching(new RegExp(`^${rate} `))]);
  }
});

test("without UTF-8 the consultation is ASCII, and a narrow terminal gets a shorter ruler", async () => {
  const argv = [...diabetes, "--learning-rate", "0.05"];
  const { stdout } = await downhill(argv, { env: { LC_ALL: "C" } });
  expect(stdout).toMatch(/^[\n\x20-\x7e]*$/);
  const narrow = await downhill(argv, { columns: () => 40 });
  const lines = narrow.stdout.split("\n");
  const band = lines[lines.indexOf("Learning rates") + 2] ?? "";
  expect([...band]).toHaveLength(39);
});

describe("every model has a consultation", () => {
  const cases: readonly (readonly string[])[] = [
    [dataset("iris"), "--target", "species"],
    [dataset("wine"), "--target", "cultivar", "--model", "svm"],
    [dataset("breast_cancer"), "--target", "diagnosis"],
    [dataset("breast_cancer"), "--target", "diagnosis", "--batch-size", "16", "--learning-rate", "0.1"],
    [dataset("iris"), "--target", "species", "--model", "network", "--hidden", "4"],
    [dataset("diabetes"), "--target", "progression", "--loss", "huber"],
  ];
  test.each(cases)("%s %s %s %s %s %s %s", async (...argv) => {
    const { code, stdout } = await downhill(["diagnose", ...argv]);
    expect(code).toBe(0);
    expect(stdout).toContain("Sweep");
    expect(stdout).not.toMatch(/NaN|undefined|null|\[object/);
  });

  test("ratings", async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `u${i % 10},i${(i * 7) % 12},${1 + ((i * i) % 5)}`);
    const data = scratch.file("ratings.csv", `user,item,rating\n${rows.join("\n")}\n`);
    const columns = ["--user", "user", "--item", "item", "--rating", "rating"];
    const { code, stdout } = await downhill(["diagnose", data, "--model", "factorization", ...columns]);
    expect(code).toBe(0);
    expect(stdout).toContain("Sweep");
  });
});

describe("errors", () => {
  test("are those of train, under the name of this command", async () => {
    const { code, stderr } = await downhill(["diagnose", dataset("iris")]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^✖ diagnose: --target, the column to predict, is missing\./);
    const wrong = await downhill([...diabetes, "--drop", "nosuch"]);
    expect(wrong.stderr).toMatch(/^✖ diagnose: /);
    const cell = scratch.file("gap.csv", "a,y\n1,2\ninf,3\n4,5\n");
    expect((await downhill(["diagnose", cell, "--target", "y"])).stderr).toMatch(/✖ diagnose: /);
  });

  test.each([
    ["--learning-rate", "0", "It must be auto or a number above 0."],
    ["--rates", "0", "It must be a whole number from 1 to 100."],
    ["--optimizer", "momentum", "needs a learning rate"],
    ["--batch-size", "100000", "is larger than the"],
  ])("%s %s", async (...argv) => {
    const message = argv.pop()!;
    const { code, stderr } = await downhill([...diabetes, ...argv]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test.each(["--save", "--report", "--folds", "--threads", "--quiet"])(
    "%s has no effect, so it is an error",
    async (flag) => {
      expect((await downhill([...diabetes, flag])).stderr).toContain(`unknown option '${flag}'`);
    },
  );
});
