// Random command lines: each runs, or ends with an error message and writes nothing.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { dataset, downhill, Scratch, standardInput } from "../world.ts";
import { counts, firstSeed, limit } from "./counts.ts";
import { type Chance, chance, hostileTexts, terminalControl } from "./hostile.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());
const ratings = scratch.file("ratings.csv", "user,item,rating\n1,a,3\n1,b,4\n2,a,5\n2,c,1\n3,b,2\n3,c,2\n");
const small = scratch.file("small.csv", "a,c,y\n1,red,no\n2,blue,yes\n3,red,no\n4,blue,yes\n5,red,yes\n6,blue,no\n");

const packed = scratch.file("small.csv.gz", gzipSync(readFileSync(small)));
const cut = scratch.file("cut.csv.gz", readFileSync(packed).subarray(0, 40));
const stdins = [readFileSync(small, "utf8"), "", "a,y\n1", '[{"a":1,"y":2}]', "\0\x1b[31m"];

const numbers = ["0", "1", "3", "0.5", "-1", "1e9", "1e-9", "NaN", "Infinity", "", " ", "0x10", "1,2", "many"];
const options: Readonly<Record<string, readonly string[]>> = {
  "--target": ["y", "species", "a", "nothing", "rating", "__proto__"],
  "--model": ["linear", "logistic", "softmax", "network", "svm", "factorization", "tree"],
  "--drop": ["a", "c", "a,c", "sepal_length", "nothing"],
  "--batch-size": ["full", ...numbers],
  "--optimizer": ["automatic", "plain", "momentum", "adam", "newton"],
  "--learning-rate": numbers,
  "--patience": ["1", "5", "0", "x"],
  "--l2": numbers,
  "--l1": numbers,
  "--seed": ["0", "7", "-1", "1.5", "1e20"],
  "--hold-out": ["0", "0.2", "0.99", "1", "x"],
  "--class-weights": ["balanced", "even"],
  "--threads": ["1", "2", "0", "65"],
  "--hidden": ["4", "4,4", "0", "4,", "x"],
  "--start": ["zeros", "random", "random*0.1", "random*0", "0,0,0,0,0", "1", "x"],
  "--schedule": ["step:factor=0.5,every=3", "cosine:updates=9,last=0.1", "cosine", "step:every=0,factor=1"],
  "--warm-up": ["3", "0"],
  "--decay": ["0.5", "1", "-1"],
  "--beta1": ["0.5", "1"],
  "--epsilon": ["1e-6", "0"],
  "--order": ["sequential", "replacement", "random"],
  "--stop-gradient": ["0.1", "-1"],
  "--activation": ["tanh", "relu", "swish"],
  "--loss": ["hinge", "squaredHinge", "logistic"],
  "--user": ["user", "item", "nobody"],
  "--item": ["item", "user"],
  "--rating": ["rating", "user"],
  "--rank": ["2", "0", "1e9"],
  "--penalty": ["perRating", "uniform", "none"],
  "--trace": ["exact", "running", "none"],
  "--progress": ["lines", "none", "fast"],
  "--format": ["csv", "tsv", "json", "parquet", "xlsx"],
  "--keep": ["a", "y,c", "", '"', "nothing", "prediction"],
};
const flags = ["--standardize", "--no-standardize", "--biases", "--no-biases", "--json", "--quiet", "--nonsense"];

function commandLine(chosen: Chance): string[] {
  const data = chosen.one([
    small,
    small,
    dataset("iris"),
    ratings,
    "missing.csv",
    scratch.path,
    "SELECT 1",
    "",
    "-",
    packed,
    cut,
  ]);
  const argv = [
    chosen.maybe(0.95) ? "train" : chosen.one(["predict", "recommend", "trian", "--help", "help", "completion"]),
    data,
  ];
  const pick = <T>(all: readonly T[], many: number): T[] =>
    Array.from({ length: chosen.below(many) }, () => chosen.one(all));
  if (chosen.maybe(0.8)) argv.push("--target", [small, packed, cut, "-"].includes(data) ? "y" : "species");
  for (const name of pick(Object.keys(options), 3)) {
    argv.push(name, chosen.maybe(0.1) ? chosen.one(hostileTexts) : chosen.one(options[name]!));
  }
  argv.push(...pick(flags, 2));
  return [...argv, "--epochs", "3", "--save", scratch.at("new.json")];
}

test("random command lines", { timeout: limit }, async () => {
  const ends: Record<number, number> = {};
  const before = scratch.names();
  for (let seed = firstSeed; seed < firstSeed + counts.commandLines; seed++) {
    const chosen = chance(seed);
    const argv = commandLine(chosen);
    const ran = await downhill(argv, { stdin: standardInput(chosen.one(stdins)) });
    const context = `seed ${seed}: ${JSON.stringify(argv)}\n${ran.stderr}`;
    expect([0, 2, 3, 4], context).toContain(ran.code);
    expect(ran.stdout + ran.stderr, context).not.toMatch(terminalControl);
    const written = scratch.names().filter((name) => !before.includes(name));
    const trained = ran.code === 0 && argv[0] === "train" && !argv.includes("--help");
    expect(written, context).toEqual(trained ? ["new.json"] : []);
    if (trained) scratch.drop("new.json");
    ends[ran.code] = (ends[ran.code] ?? 0) + 1;
  }
  console.log(`command lines by exit code: ${JSON.stringify(ends)}`);
  expect(Object.keys(ends)).toEqual(expect.arrayContaining(["0", "2"]));
});
