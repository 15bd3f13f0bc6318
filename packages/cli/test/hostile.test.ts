// Names, labels, users and file names with control characters: the command never prints them to a terminal.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { downhill, type Ran, Scratch, type World } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());

/** C0, DEL, C1, a mark of direction, a line separator, a character of no width. */
const HOSTILE = "\x1b]0;title\x07\x7f\x9b31m\u202e\u2028\ufeff";
const harmful = /(?![\t\n])[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;
const quoted = (text: string) => `"${text}"`;
const column = `c${HOSTILE}`;
const file = (name: string) => `${name}${HOSTILE}.csv`;
const model = scratch.at(`m${HOSTILE}.json`);
const taste = scratch.at("taste.json");

beforeAll(async () => {
  const rows = Array.from({ length: 24 }, (_, i) => `${i},k${HOSTILE}${i % 3},l${HOSTILE}${i % 2}`);
  scratch.file(file("t"), [["a", column, "y"].map((name) => quoted(name)).join(), ...rows].join("\n"));
  scratch.file(file("odd"), [["a", column, "y"].map((name) => quoted(name)).join(), "1,other,l", ""].join("\n"));
  scratch.file(file("label"), [["a", column, "y"].map(quoted).join(), `1,k${HOSTILE}0,z${HOSTILE}`, ""].join("\n"));
  scratch.file(file("gap"), [["a", column, "y"].map(quoted).join(), "1,2,x", "1,,y", ""].join("\n"));
  scratch.file(file("text"), [["a", column, "y"].map(quoted).join(), "1,2,x", "1,3,y", `1,q${HOSTILE},y`].join("\n"));
  const ratings = Array.from({ length: 60 }, (_, i) => `u${HOSTILE}${i % 6},i${HOSTILE}${(i * 7) % 11},${i % 5}`);
  scratch.file(file("r"), ["user,item,rating", ...ratings].join("\n"));
});

const train = (name: string, ...more: string[]) =>
  ["train", scratch.at(file(name)), "--target", "y", "--save", model, ...more] as string[];
const rate = (name: string) => [
  ...["train", scratch.at(file(name)), "--save", taste],
  ..."--model factorization --user user --item item --rating rating --epochs 3".split(" "),
];

/** The output without the command's own control codes: colours, and the codes that draw the progress. */
function harmless({ stdout, stderr }: Ran): string {
  const text = (stdout + stderr).replaceAll(new RegExp(`${"\x1b"}\\[(\\d+m|1A|2K|\\?25[lh])|\r`, "g"), "");
  expect(text.match(harmful)?.[0]).toBe(undefined);
  return text;
}

const terminal: World = { interactive: true };

test.each<[string, string[], World, number]>([
  ["a run", train("t"), {}, 0],
  ["a run on a terminal", train("t"), terminal, 0],
  ["a run as JSON", train("t", "--json"), {}, 0],
  ["a factorization", rate("r"), terminal, 0],
  ["evaluate", ["evaluate", model, scratch.at(file("t"))], {}, 0],
  ["evaluate as JSON", ["evaluate", model, scratch.at(file("t")), "--json"], {}, 0],
  ["predict into a file", ["predict", model, scratch.at(file("t")), "--out", scratch.at(`o${HOSTILE}.csv`)], {}, 0],
  ["recommend", ["recommend", taste, "--user", `u${HOSTILE}1`], {}, 0],
  ["recommend as JSON", ["recommend", taste, "--user", `u${HOSTILE}1`, "--json"], {}, 0],
  ["a user that is not known", ["recommend", taste, "--user", HOSTILE], {}, 2],
  ["a query", ["train", `SELECT * FROM '${scratch.at(file("t"))}'`, "--target", "y", "--save", model], {}, 0],
  ["a query that fails", ["train", `SELECT "${HOSTILE}" FROM '${scratch.at(file("t"))}'`, "--target", "y"], {}, 3],
  ["a category that is not in the training table", ["predict", model, scratch.at(file("odd"))], {}, 3],
  ["a label that is not in the training table", ["evaluate", model, scratch.at(file("label"))], {}, 3],
  ["a missing cell", train("gap", "--missing", "error", "--hold-out", "0"), {}, 3],
  ["text among numbers", train("text"), {}, 3],
  ["no such column", train("t", "--drop", HOSTILE), {}, 2],
  ["no such target", ["train", scratch.at(file("t")), "--target", HOSTILE, "--save", model], {}, 2],
  ["no such file", ["train", `no${HOSTILE}.csv`, "--target", "y"], {}, 3],
  ["no such model", ["predict", `no${HOSTILE}.json`, scratch.at(file("t"))], {}, 3],
  ["no such command", [`x${HOSTILE}`], {}, 2],
  ["no such option", ["train", `--x${HOSTILE}`], {}, 2],
  ["no such value", ["train", "--seed", HOSTILE], {}, 2],
  ["no such place", ["train", scratch.at(file("t")), "--target", "y", "--save", `no${HOSTILE}/m.json`], {}, 2],
])("%s", async (_, argv, world, code) => {
  const ran = await downhill(argv, world);
  expect(ran.code, JSON.stringify(ran)).toBe(code);
  expect(harmless(ran)).toContain("\\u");
});

test("data that predict writes keep every character", async () => {
  await downhill(train("t"));
  const { stdout } = await downhill(["predict", model, scratch.at(file("t"))]);
  expect(stdout).toContain(`l${HOSTILE}`);
  await downhill(["predict", model, scratch.at(file("t")), "--out", scratch.at("p.json")]);
  const records = JSON.parse(readFileSync(scratch.at("p.json"), "utf8")) as { prediction: string }[];
  expect(records[0]!.prediction).toMatch(new RegExp(`^l${HOSTILE.replaceAll(/[[\]]/g, "\\$&")}[01]$`));
});
