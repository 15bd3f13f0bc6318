// Training on a table in parts (--stream), and the cache of its prepared rows.
import { spawn, spawnSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cases } from "../../downhill/test/cases.ts";
import { openStore } from "../src/stream/storeFile.ts";
import { dataset, downhill, eventsOf, Scratch } from "./world.ts";

const scratch = new Scratch();
const $ = (name: string) => scratch.at(name);
afterAll(() => scratch.remove());

/** A table with columns of all kinds, missing cells, categories, dates, a weight and targets of all kinds. */
function messyTable(rows: number): string {
  let state = 1;
  const next = (n: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % n;
  };
  const lines = Array.from({ length: rows }, (_, i) => {
    const [a, b] = [next(1000) / 10, next(200) - 100];
    const age = next(9) === 0 ? "" : String(next(80));
    const city = ["Oslo", " Rome", "Bern", "oslo", "NA"][next(5)];
    const joined = `20${10 + next(9)}-0${1 + next(9)}-1${next(9)}`;
    const price = next(30) === 0 ? "" : (a / 3 + b / 50 + next(100) / 40).toFixed(2);
    const state3 = ["low", "mid", "high"][Math.min(2, Math.floor((a + next(40)) / 50))];
    return [
      i,
      a,
      b,
      age,
      city,
      joined,
      next(2) ? "yes" : "no",
      next(5),
      price,
      state3,
      b + next(80) > 0 ? "good" : "bad",
    ].join(",");
  });
  return `id,a,b,age,city,joined,member,weight,price,level,quality\n${lines.join("\n")}\n`;
}

beforeAll(() => {
  scratch.file("messy.csv", messyTable(700));
});

const train = (data: string, ...options: string[]) => downhill(["train", data, "--force", ...options]);

/** The model files of a run in memory and of a run in parts. */
async function bothModels(data: string, ...options: string[]): Promise<readonly [string, string]> {
  const inMemory = await train(data, ...options, "--save", $("memory.json"));
  const streamed = await train(data, ...options, "--save", $("stream.json"), "--stream");
  expect([inMemory.code, streamed.code, streamed.stderr]).toEqual([0, 0, streamed.stderr]);
  return [readFileSync($("memory.json"), "utf8"), readFileSync($("stream.json"), "utf8")];
}

/** A part of the model files from their first difference on; "" if they are equal. */
async function differenceOf(data: string, ...options: string[]): Promise<string> {
  const [inMemory, streamed] = (await bothModels(data, ...options)).map((text) => text.slice(text.indexOf('"body"')));
  const at = Array.from(inMemory!).findIndex((character, i) => character !== streamed![i]);
  return streamed === inMemory
    ? ""
    : `in memory ${inMemory!.slice(at, at + 80)}, in parts ${streamed!.slice(at, at + 80)}`;
}

describe("the model of --stream is the model in memory, byte for byte", () => {
  const network = ["--model", "network", "--optimizer", "adam", "--epochs", "5"];
  const runs: readonly (readonly [string, readonly string[]])[] = [
    ["linear", ["--target", "price"]],
    ["linear, splines", ["--target", "price", "--expand", "splines"]],
    ["linear, products", ["--target", "price", "--expand", "quadratic", "--missing", "mean"]],
    ["linear, huber", ["--target", "price", "--loss", "huber", "--hold-out", "0"]],
    ["linear, absolute", ["--target", "price", "--loss", "absolute", "--l1", "0.01"]],
    ["linear, rows left out", ["--target", "price", "--missing", "leaveOut", "--weight", "weight"]],
    ["linear, validation rows", ["--target", "price", "--patience", "3", "--batch-size", "20", "--epochs", "9"]],
    ["linear, last rows held out", ["--target", "price", "--time", "joined", "--hold-out", "0.25"]],
    ["logistic", ["--target", "quality"]],
    ["logistic, weights", ["--target", "quality", "--weight", "weight", "--positive", "good", "--l1", "0.001"]],
    [
      "logistic, class weights, ordinal",
      ["--target", "quality", "--class-weights", "balanced", "--column", "level:ordinal:low<mid<high", "--seed", "4"],
    ],
    ["logistic, one row per update", ["--target", "quality", "--batch-size", "1", "--epochs", "4"]],
    [
      "logistic, batches, weights, validation rows",
      ["--target", "quality", "--batch-size", "32", "--weight", "weight", "--patience", "2", "--epochs", "6"],
    ],
    ["logistic, groups", ["--target", "quality", "--group", "level", "--drop", "city", "--patience", "2"]],
    ["softmax", ["--target", "level", "--missing", "mostFrequent", "--hold-out", "0.4"]],
    ["svm", ["--target", "quality", "--model", "svm", "--na", "oslo"]],
    ["network", ["--target", "level", ...network, "--batch-size", "full"]],
    ["network, batches, weights", ["--target", "level", ...network, "--patience", "2", "--weight", "weight"]],
    ["network of numbers", ["--target", "price", ...network, "--batch-size", "full", "--hold-out", "0"]],
    ["raw columns", ["--target", "quality", "--no-standardize", "--drop", "id", "--epochs", "20"]],
  ];
  // The contracts of stored rows (packages/downhill/test/stored*) have all models, losses and batches.
  const more: typeof runs = [
    ["linear, quantile", ["--target", "price", "--loss", "quantile", "--quantile", "0.9"]],
    ["linear, counts", ["--target", "weight", "--column", "weight:number", "--loss", "poisson", "--drop", "price"]],
    ["softmax, batches", ["--target", "level", "--batch-size", "16", "--epochs", "4", "--class-weights", "balanced"]],
    ["svm, batches", ["--target", "quality", "--model", "svm", "--batch-size", "10", "--epochs", "4"]],
    ["network of numbers, batches", ["--target", "price", ...network, "--batch-size", "8", "--patience", "2"]],
    ["raw columns, batches", ["--target", "quality", "--no-standardize", "--batch-size", "50", "--epochs", "5"]],
  ];
  test.each(cases(runs, [...runs, ...more]))("%s", async (_, options) => {
    expect(await differenceOf($("messy.csv"), ...options)).toBe("");
  });

  test.each(cases(["wine", "diabetes"], ["iris", "wine", "breast_cancer", "diabetes"]))(
    "the table %s",
    async (name) => {
      const header = readFileSync(dataset(name), "utf8").split("\n")[0]!.trim().split(",");
      expect(await differenceOf(dataset(name), "--target", header.at(-1)!)).toBe("");
    },
  );
});

test("the scores of the held-out rows are those of a run in memory", async () => {
  const options = ["--target", "quality", "--json", "--patience", "3", "--batch-size", "full", "--no-save"];
  const runs = [await train($("messy.csv"), ...options), await train($("messy.csv"), ...options, "--stream")];
  const [inMemory, streamed] = runs.map((run) => eventsOf(run).at(-1)!);
  for (const key of ["heldOutRows", "heldOut"]) expect([key, streamed![key]]).toEqual([key, inMemory![key]]);
});

test("the scores are those of all rows, and only the charts use a sample", async () => {
  const cells = (i: number): string => Array.from({ length: 40 }, (_, j) => (i * (j + 3)) % (j + 11)).join();
  const header = Array.from({ length: 40 }, (_, j) => `x${j}`).join();
  const lines = Array.from({ length: 60_000 }, (_, i) => `${cells(i)},${i % 11 > 5 ? "a" : "b"}`);
  const data = scratch.file("long.csv", `${header},y\n${lines.join("\n")}\n`);
  const options = ["--target", "y", "--no-save", "--epochs", "1", "--json", "--hold-out", "0.1"];
  const inMemory = eventsOf(await train(data, ...options)).at(-1)!;
  const run = await train(data, ...options, "--stream");
  const streamed = eventsOf(run).at(-1)!;
  scratch.drop("long.csv");
  expect(run.stderr + run.stdout).toMatch(
    /charts are those of a random sample: 5\d,\d{3} of 54,000 training rows; the scores are those of all rows/,
  );
  const approximate = ["rocArea", "averagePrecision"]; // their scores have eleven binary digits
  for (const [name, value] of Object.entries(inMemory["train"] as Record<string, unknown>)) {
    const own = (streamed["train"] as Record<string, unknown>)[name];
    if (typeof value === "number") expect(own, name).toBeCloseTo(value, approximate.includes(name) ? 4 : 11);
    else expect(own).toEqual(value);
  }
  expect(streamed["heldOut"]).toEqual(inMemory["heldOut"]);
}, 60_000);

describe("the cache", () => {
  const options = ["--target", "quality", "--stream", "--no-save", "--hold-out", "0"];
  const cache = ["--cache", $("kept.rows")];

  test("is used again, also for another model, and prepared again for other options and other data", async () => {
    const data = scratch.file("cached.csv", messyTable(300));
    const said = async (...more: string[]) => {
      const { code, stderr } = await train(data, ...options, ...cache, ...more);
      expect(code).toBe(0);
      return stderr
        .split("\n")
        .find((line) => line.includes("prepared rows"))!
        .trim();
    };
    expect(await said()).toContain("are kept in the cache");
    expect(await said()).toContain("are those of the cache");
    expect(await said("--model", "svm")).toContain("are those of the cache");
    expect(await said("--drop", "a")).toContain("because it was made with another drop");
    expect(await said()).toContain("because it was made with another drop");
    appendFileSync(data, "1,2,3,4,Oslo,2012-01-11,yes,1,2,low,good\n");
    expect(await said()).toContain("has changed");
    expect(await said()).toContain("are those of the cache");
  });

  test("the cache of another query is not used", async () => {
    const options = ["--target", "quality", "--epochs", "3", "--hold-out", "0"];
    const query = (condition: string) => `SELECT * FROM '${$("messy.csv")}' WHERE ${condition} ORDER BY id`;
    const cached = ["--stream", "--cache", $("query.rows"), "--save", $("query.json")];
    await train(query("a > 20"), ...options, ...cached);
    const other = await train(query("a > 30"), ...options, ...cached);
    expect([other.code, other.stderr]).toEqual([0, expect.stringContaining("because it is of other data")]);
    await train(query("a > 30"), ...options, "--save", $("memory.json"));
    const bodyOf = (name: string) => readFileSync($(name), "utf8").split('"body"')[1];
    expect(bodyOf("query.json") === bodyOf("memory.json")).toBe(true);
  });

  test("a cache that was cut off is written again; another file is never replaced", async () => {
    const bytes = readFileSync($("kept.rows"));
    writeFileSync($("kept.rows"), bytes.subarray(0, bytes.length - 5));
    const again = await train($("cached.csv"), ...options, ...cache);
    expect(again.stderr).toContain("are kept in the cache");
    scratch.file("other.txt", "a text");
    const { code, stderr } = await train($("cached.csv"), ...options, "--cache", $("other.txt"));
    expect(code).toBe(2);
    expect(stderr).toContain("is another file, which is not replaced. Choose another name, or a folder.");
    expect(readFileSync($("other.txt"), "utf8")).toBe("a text");
  });

  test("nothing remains without --cache, also after an error", async () => {
    const before = scratch.names();
    await train($("messy.csv"), ...options);
    const broken = scratch.file("broken.csv", `x,y\n1,a\n2,b\n${"3,a\n".repeat(3000)}four,b\n`);
    const wrong = await train(broken, "--target", "y", "--stream", "--no-save", "--column", "x:number");
    expect(wrong.code).toBe(3);
    expect(wrong.stderr).toContain(`broken.csv:${3004}`);
    scratch.drop("broken.csv");
    expect(scratch.names()).toEqual(before);
  });
});

describe("wrong tables", () => {
  test("files with other columns name both files", async () => {
    scratch.file("part-1.csv", "a,b,y\n1,2,u\n2,3,v\n");
    scratch.file("part-2.csv", "a,c,y\n1,2,u\n2,3,v\n");
    const { code, stderr } = await train($("part-*.csv"), "--target", "y", "--stream", "--no-save");
    expect(code).toBe(3);
    expect(stderr).toContain("part-1.csv");
    expect(stderr).toContain("part-2.csv");
    scratch.drop("part-2.csv");
  });

  test("a text in a column of numbers decides the kind as in memory, however late it comes", async () => {
    const data = scratch.file(
      "late.csv",
      `x,z,y\n${Array.from({ length: 5000 }, (_, i) => `${i % 7},${i},${i % 3 ? "u" : "v"}`).join("\n")}\nunknown,1,u\n`,
    );
    const messages = [];
    for (const more of [[], ["--stream"]]) {
      const { code, stderr } = await train(data, "--target", "y", "--no-save", "--hold-out", "0", ...more);
      messages.push([code, stderr.replace(/^ *\d+ .*ms$/gm, "")]);
    }
    expect(messages[1]).toEqual(messages[0]);
  });

  test.each<[string, string, string[], string, number?]>([
    ["a file without a byte", "", [], "is empty. Supply a header and rows."],
    ["one row", "x,y\n1,u\n", [], "the table has only one row"],
    ["no training rows after holding out", "x,y\n1,u\n2,v\n3,u\n", ["--hold-out", "0.9"], "leaves no training rows", 2],
    [
      "a class whose only row is held out, in rows that are divided in blocks",
      `x,y\n1,rare\n${"1,u\n2,v\n".repeat(530_000)}`,
      ["--hold-out", "0.9"],
      'all rows of the class "rare" are held out',
    ],
    ["no row with a target", "x,y\n1,\n2,\n3,\n", [], '"y"'],
    ["one class", "x,y\n1,u\n2,u\n3,u\n4,u\n", [], '"y"'],
    ["a row with too many cells", `x,y\n${"1,u\n2,v\n".repeat(2000)}1,2,3\n`, [], ":4002"],
  ])("%s: the error is that of a run in memory", async (_, text, options, part, exit = 3) => {
    const data = scratch.file("few.csv", text);
    const before = scratch.names();
    const inMemory = await train(data, "--target", "y", "--no-save", ...options);
    const streamed = await train(data, "--target", "y", "--no-save", "--stream", ...options);
    expect(streamed).toEqual(inMemory);
    expect([streamed.code, streamed.stderr]).toEqual([exit, expect.stringContaining(part)]);
    expect(scratch.names()).toEqual(before);
  });

  test("rows without a target are left out, however late they come", async () => {
    const rows = Array.from(
      { length: 3000 },
      (_, i) => `${(i * 7) % 100},${i === 2990 ? "" : (i * 7) % 100 > 50 ? "u" : "v"}`,
    );
    const data = scratch.file("holes.csv", `x,y\n${rows.join("\n")}\n`);
    const [inMemory, streamed] = await bothModels(data, "--target", "y", "--epochs", "3");
    expect(streamed === inMemory).toBe(true);
    expect(streamed).toContain('"withoutTarget":1');
  });

  test("an empty table is an error", async () => {
    const { code, stderr } = await train(scratch.file("empty.csv", "x,y\n"), "--target", "y", "--stream", "--no-save");
    expect([code, stderr]).toEqual([3, expect.stringContaining("has no rows")]);
  });

  test.each([
    [["--search", "l2=0.1|1"], "--search", "it divides and prepares the rows anew for each fold", "Search"],
    [["--folds", "3"], "--folds", "it divides and prepares the rows anew for each fold", "Use --folds"],
    [
      ["--threshold", "f1"],
      "--threshold f1 or cost",
      "it divides and prepares the rows anew for each fold",
      "Choose it",
    ],
    [
      ["--order", "replacement", "--batch-size", "8"],
      "--order replacement",
      "it draws the rows of each batch from all training rows",
      "Leave out --order, or train",
    ],
  ])("%j does not work with --stream, and the advice works", async (more, flag, reason, advice) => {
    const { code, stderr } = await train($("messy.csv"), "--target", "quality", "--stream", "--no-save", ...more);
    expect(code).toBe(2);
    expect(stderr).toContain(
      `train: ${flag} does not work with --stream, because ${reason}, which needs all rows in memory. ${advice} without --stream`,
    );
    const sample = `SELECT * FROM '${$("messy.csv")}' USING SAMPLE 300 ROWS`;
    const followed = await train(sample, "--target", "quality", "--no-save", "--epochs", "3", ...more);
    expect(followed.code, followed.stderr).toBe(0);
  });

  test("--cache works only with --stream, and not with standard input", async () => {
    expect((await train($("messy.csv"), "--target", "quality", "--no-save", "--cache", $("x.rows"))).stderr).toContain(
      "Add --stream",
    );
    const input = await train("-", "--format", "csv", "--target", "y", "--no-save", "--stream", "--cache", $("x.rows"));
    expect(input.stderr).toContain("Leave out --cache");
    expect(existsSync($("x.rows"))).toBe(false);
  });
});

describe.runIf(process.platform === "linux")("a process that is killed, and a full disk", () => {
  const bin = fileURLToPath(new URL("../bin/downhill.js", import.meta.url));
  const options = ["--target", "quality", "--stream", "--no-save", "--epochs", "2"];

  test("SIGKILL at any moment leaves a whole cache or none, and the next run removes the rest", async () => {
    const data = scratch.file("killed.csv", messyTable(cases(8000, 20_000)));
    const folder = new Scratch();
    const cache = folder.at("kept.rows");
    const argv = [bin, "train", data, ...options, "--cache", cache];
    for (const milliseconds of cases([300, 600, 900], [300, 600, 900, 1200, 1600, 2000])) {
      const child = spawn(process.execPath, argv, { stdio: "ignore" });
      const closed = new Promise((resolve) => child.once("close", resolve));
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      child.kill("SIGKILL");
      await closed;
      if (existsSync(cache)) expect(openStore(cache)).not.toBeNull();
    }
    const last = spawnSync(process.execPath, argv, { encoding: "utf8" });
    expect([last.status, folder.names()]).toEqual([0, ["kept.rows"]]);
    const again = spawnSync(process.execPath, argv, { encoding: "utf8" });
    expect(again.stderr).toContain("are those of the cache");
    folder.remove();
  }, 120_000);

  test.each([
    ["the temporary files", []],
    ["the cache", ["--cache", "kept.rows"]],
  ])("a full disk for %s is an error, and nothing is left", (_, more) => {
    const folder = new Scratch();
    const data = folder.file("full.csv", messyTable(3000));
    const line = `ulimit -f 300; exec ${process.execPath} ${bin} train full.csv ${[...options, ...more].join(" ")}`;
    const { status, stderr } = spawnSync("bash", ["-c", line], { cwd: folder.path, encoding: "utf8" });
    expect(status).toBe(1);
    expect(stderr).toMatch(/could not be written to the folder "\.": file too large\. Free some space there/);
    expect([folder.names(), data]).toEqual([["full.csv"], data]);
    folder.remove();
  });
});

describe("a table that does not fit into DOWNHILL_MEMORY", () => {
  const rows = 40_000; // of 4 numbers and the target: 1.2 MiB
  beforeAll(() => {
    scratch.file(
      "wide.csv",
      `a,b,c,d,y\n${Array.from({ length: rows }, (_, i) => `${i % 7},${i % 11},${i % 13},${i % 17},${i % 19}`).join("\n")}\n`,
    );
    process.env["DOWNHILL_MEMORY"] = "1";
  });
  afterAll(() => {
    delete process.env["DOWNHILL_MEMORY"];
  });

  test("is trained in parts, which is printed, with the model of --stream", async () => {
    const options = ["--target", "y", "--epochs", "3"];
    const own = await train($("wide.csv"), ...options, "--save", $("own.json"));
    expect([own.code, own.stderr]).toEqual([
      0,
      expect.stringMatching(
        /the rows are read in parts, as with --stream, because they do not fit into 1 MiB \(DOWNHILL_MEMORY\) of memory/i,
      ),
    ]);
    await train($("wide.csv"), ...options, "--save", $("stream.json"), "--stream");
    expect(readFileSync($("own.json"), "utf8")).toBe(readFileSync($("stream.json"), "utf8"));
  });

  test("is an error with an option that needs all rows, and for other commands; the advice works", async () => {
    const folds = await train($("wide.csv"), "--target", "y", "--folds", "3", "--no-save");
    expect([folds.code, folds.stderr]).toEqual([
      3,
      expect.stringContaining("must fit into 1 MiB (DOWNHILL_MEMORY) of memory, but it has"),
    ]);
    const sample = `SELECT * FROM '${$("wide.csv")}' USING SAMPLE 10000 ROWS`;
    expect((await train(sample, "--target", "y", "--folds", "3", "--no-save")).code).toBe(0);
  });

  test("a wrong DOWNHILL_MEMORY is named", async () => {
    process.env["DOWNHILL_MEMORY"] = "2 GB";
    const wrong = await train($("wide.csv"), "--target", "y", "--no-save");
    process.env["DOWNHILL_MEMORY"] = "1";
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringContaining('DOWNHILL_MEMORY must be a number of MiB from 1 to 4096, got "2 GB"'),
    ]);
  });
});
