// Output files: the checks before any work, their advice, and the files that are kept.

import { spawnSync } from "node:child_process";
import { chmodSync, linkSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkDirectory } from "../src/output/checkDirectory.ts";
import { downhill, Scratch, savedTable } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());
const $ = (name: string) => scratch.at(name);
const text = (name: string) => readFileSync($(name), "utf8");
const table = "a,b,y\n1,4,no\n2,3,yes\n3,9,no\n4,1,yes\n5,2,no\n6,7,yes\n";

const train = (...options: string[]) =>
  downhill(["train", $("own.csv"), "--target", "y", "--epochs", "2", "--hold-out", "0", ...options]);
const predict = (...options: string[]) => downhill(["predict", $("model.json"), $("own.csv"), ...options]);

beforeAll(async () => {
  scratch.file("own.csv", table);
  await train("--save", $("model.json"), "--report", $("report.html"));
  await predict("--out", $("predictions.csv"));
  await predict("--out", $("predictions.json"), "--probabilities");
  linkSync($("own.csv"), $("hard.csv"));
  symlinkSync("own.csv", $("soft.csv"));
  mkdirSync($("folder"));
  symlinkSync("..", $("folder/up"));
  scratch.file("other.csv", "p,q\n1,2\n");
  scratch.file("page.html", "<!doctype html><title>mine</title>");
});

/** The message of a run that ends before any work: exit code 2, one line, and no file is changed. */
async function usageError(ran: ReturnType<typeof downhill>): Promise<string> {
  const { code, stdout, stderr } = await ran;
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  return stderr.trim().replaceAll(scratch.path, "DIR");
}

describe("errors before any work", () => {
  let before: [string, string][];
  const state = () =>
    scratch.names().map((name): [string, string] => [name, statSync($(name)).isFile() ? text(name) : ""]);
  beforeEach(() => {
    before = state();
    return () => expect(state()).toEqual(before);
  });

  test.each(["own.csv", "./own.csv", "folder/../own.csv", "folder/up/own.csv", "hard.csv", "soft.csv"])(
    "the data as an output, named %s",
    async (name) => {
      for (const option of ["--save", "--report"]) {
        for (const force of [[], ["--force"]]) {
          expect(await usageError(train(option, `${scratch.path}/${name}`, ...force))).toBe(
            `✖ train: ${option} "DIR/${name}" is the same file as the data. Use another file for ${option}.`,
          );
        }
      }
    },
  );

  test("a file that a query reads, by its name or by a pattern", async () => {
    const sources = [
      `'${$("own.csv")}'`,
      `"${$("own.csv")}"`,
      `read_csv('${$("own.csv")}', header = true)`,
      `'${$("o?n.csv")}'`,
      `'${$("*.csv")}'`,
      `read_csv(['${$("predictions.csv")}', '${$("o*.csv")}'])`,
      `(WITH t AS (FROM '${$("other.csv")}' JOIN '${$("own.csv")}' ON true) SELECT a, y FROM t)`,
    ];
    for (const [name, source] of ["own.csv", "hard.csv"].flatMap((each) => sources.map((source) => [each, source]))) {
      const ran = downhill(["train", `SELECT a, y FROM ${source}`, "--target", "y", "--save", $(name!), "--force"]);
      expect(await usageError(ran)).toMatch(/^✖ train: --save "DIR\/\w+\.csv" is the same file as the data\./);
    }
  });

  test("two outputs that are the same file under two names", async () => {
    linkSync($("model.json"), $("again.json"));
    before = state();
    for (const [save, report] of [
      ["new.json", "new.json"],
      ["new.json", "folder/../new.json"],
      ["folder/new.json", "folder/up/folder/new.json"],
      ["model.json", "again.json"],
    ]) {
      expect(await usageError(train("--save", $(save!), "--report", `${scratch.path}/${report}`))).toMatch(
        /^✖ train: --report "DIR\/.*" is the same file as --save\. Use another file for --report\.$/,
      );
    }
  });

  test("--out that names the model or the data", async () => {
    expect(await usageError(predict("--out", $("model.json"), "--force"))).toBe(
      '✖ predict: --out "DIR/model.json" is the same file as the model. Use another file for --out.',
    );
    expect(await usageError(predict("--out", $("hard.csv"), "--force"))).toBe(
      '✖ predict: --out "DIR/hard.csv" is the same file as the data. Use another file for --out.',
    );
  });

  test("a file that the command did not write", async () => {
    const wrong: [ran: () => ReturnType<typeof downhill>, option: string, noun: string, name: string][] = [
      [() => train("--save", $("other.csv")), "train: --save", "model", "other.csv"],
      [() => train("--save", $("report.html")), "train: --save", "model", "report.html"],
      [() => train("--no-save", "--report", $("page.html")), "train: --report", "report", "page.html"],
      [() => train("--no-save", "--report", $("model.json")), "train: --report", "report", "model.json"],
      [() => predict("--out", $("other.csv")), "predict: --out", "file of predictions", "other.csv"],
    ];
    for (const [ran, option, noun, name] of wrong) {
      expect(await usageError(ran())).toBe(
        `✖ ${option} would replace "DIR/${name}", which is not a ${noun} of downhill. ` +
          "Use another file, or add --force to replace it.",
      );
    }
  });

  test.each([
    ["", 'needs the name of a file, got "". Name a file.'],
    ["folder", '"DIR/folder" is a directory. Name a file in it.'],
    ["folder/", '"DIR/folder/" is a directory. Name a file in it.'],
    ["new/", '"DIR/new/" ends in a slash, but it must be a file. Remove the slash.'],
    ["own.csv/m.json", '"DIR/own.csv/m.json" is not in a directory: a part of the path is a file. Use another path.'],
    ["no/m.json", '"DIR/no/m.json" is in a directory that does not exist. Create it: mkdir -p DIR/no'],
  ])("the path %j", async (path, message) => {
    const full = path === "" ? "" : `${scratch.path}/${path}`;
    expect(await usageError(train("--save", full))).toBe(`✖ train: --save ${message}`);
    expect(await usageError(train("--report", full))).toBe(`✖ train: --report ${message}`);
  });

  test("a name that is too long, and a link to itself", async () => {
    const long = await usageError(train("--save", $("x".repeat(300))));
    expect(long).toMatch(
      /^✖ train: --save ".*" has a name of 300 characters, more than the system allows\. Shorten the name\.$/,
    );
    symlinkSync("round.json", $("folder/round.json"));
    expect(await usageError(train("--save", $("folder/round.json")))).toMatch(
      / cannot be used: too many symbolic links\. Use another path\.$/,
    );
  });

  test("errors of gallery --out: a directory with other files, a file, and an empty name", async () => {
    const gallery = (out: string) => usageError(downhill(["gallery", "--out", out]));
    expect(await gallery("")).toBe('✖ gallery: --out needs the name of a directory, got "". Name a directory.');
    expect(await gallery($("own.csv"))).toBe(
      '✖ gallery: --out "DIR/own.csv" is a file, but it must be a directory. Name a directory.',
    );
    expect(await gallery($("own.csv/g"))).toBe(
      '✖ gallery: the directory --out "DIR/own.csv/g" cannot be created: not a directory. Use another directory.',
    );
    expect(await gallery($("x".repeat(300)))).toContain("cannot be created: name too long. Use another directory.");
    expect(await gallery(scratch.path)).toBe(
      '✖ gallery: the directory --out "DIR" contains other files, such as "again.json". ' +
        "Use a new or empty directory, or add --force to write into this one.",
    );
    mkdirSync($("site"));
    writeFileSync($("site/index.html"), "<title>mine</title>");
    before = state();
    expect(await gallery($("site"))).toContain("which is not a gallery of downhill. Use another file");
  });
});

/** An event of gallery --json. */
interface GalleryLine {
  readonly program: string;
  readonly maxRelativeDifference: number;
}

describe("allowed", () => {
  test("the advice for a missing directory works", async () => {
    const advice = (await usageError(train("--save", $("two words/m.json")))).split("Create it: ")[1]!;
    expect(spawnSync("sh", ["-c", advice.replaceAll("DIR", scratch.path)]).status).toBe(0);
    expect((await train("--save", $("two words/m.json"))).code).toBe(0);
  });

  test("a model may replace a model, a report a report, predictions other predictions, and each an empty file", async () => {
    scratch.file("empty.json");
    for (const ran of [
      train("--save", $("model.json"), "--report", $("report.html")),
      train("--save", $("empty.json")),
      predict("--out", $("predictions.csv")),
      predict("--out", $("predictions.csv"), "--probabilities"),
      predict("--out", $("predictions.csv")),
      predict("--out", $("predictions.json")),
    ]) {
      const { code, stderr } = await ran;
      expect([code, stderr]).toEqual([0, expect.stringContaining(" (replaced the existing file)")]);
    }
  });

  test("another file, with --force", async () => {
    scratch.file("mine.json", "{}");
    expect((await train("--save", $("mine.json"), "--force")).code).toBe(0);
    expect(savedTable(scratch.at("mine.json")).model.kind).toBe("logistic");
  });

  test("--no-save writes no model", async () => {
    const before = scratch.names();
    const { code, stderr } = await train("--no-save");
    expect([code, stderr.includes("written")]).toEqual([0, false]);
    expect(scratch.names()).toEqual(before);
    expect((await train("--no-save", "--save", $("n.json"))).code).toBe(2);
  });

  test("a link stays, and the file that it points to is written, even if it does not exist yet", async () => {
    symlinkSync("model.json", $("link.json"));
    symlinkSync("folder/later.json", $("dangling.json"));
    for (const [link, file] of [
      ["link.json", "model.json"],
      ["dangling.json", "folder/later.json"],
    ] as const) {
      writeFileSync($(file), "");
      expect((await train("--save", $(link), "--seed", "5")).code).toBe(0);
      expect(JSON.parse(text(file))).toMatchObject({ run: { seed: 5 } });
      expect(text(link)).toBe(text(file));
    }
  });

  test.skipIf(process.platform === "win32")("a replaced file keeps its mode", async () => {
    for (const mode of [0o600, 0o640, 0o666]) {
      chmodSync($("model.json"), mode);
      expect((await train("--save", $("model.json"))).code).toBe(0);
      expect(statSync($("model.json")).mode & 0o7777).toBe(mode);
    }
  });

  test("a gallery in a directory with other files needs --force only once; its programs are events of --json", async () => {
    const mixed = $("mixed");
    mkdirSync(mixed);
    writeFileSync(`${mixed}/note.txt`, "mine");
    const { code, stdout } = await downhill(["gallery", "--out", mixed, "--force", "--json"]);
    expect(code).toBe(0);
    const runs = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as GalleryLine);
    expect(new Set(runs.map(({ program }) => program)).size).toBe(7);
    for (const { maxRelativeDifference } of runs) expect(maxRelativeDifference).toBeLessThan(1e-10); // from NumPy's numbers
    expect(readFileSync(`${mixed}/index.html`, "utf8")).toContain("<h1>");
    checkDirectory("gallery", { directory: mixed, kind: "gallery", force: false }); // it holds a gallery now
    expect(readFileSync(`${mixed}/note.txt`, "utf8")).toBe("mine");
  });
});

// A function cannot take so many arguments.
test("the model of 140,000 epochs is saved, and its report is drawn", { timeout: 120_000 }, async () => {
  const line = scratch.file("line.csv", "x,y\n1,2.5\n2,3.5\n3,7.5\n4,8.5\n");
  const options =
    "--target y --model linear --optimizer plain --learning-rate 1e-9 --epochs 140000 --hold-out 0 --quiet";
  const ran = await downhill([
    "train",
    line,
    ...options.split(" "),
    "--save",
    $("long.json"),
    "--report",
    $("long.html"),
  ]);
  expect([ran.code, ran.stderr]).toEqual([0, ""]);
  const { history } = savedTable(scratch.at("long.json")).model;
  expect(history.objective).toHaveLength(140_000);
  expect(text("long.html")).toContain("Loss after each epoch");
});
