// The model file: the library reads it too, and the command checks its members.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { load, logisticRegression, savedWith, tableModel } from "downhill";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readModel } from "../src/model/modelFile.ts";
import { downhill, recordsOf, Scratch } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());
const model = scratch.at("model.json");
const ratings = scratch.at("ratings.json");
const data = scratch.file(
  "small.csv",
  "a,c,p,y\n1,red,4%,no\n2,blue,7%,yes\n3,red,1%,no\n4,blue,9%,yes\n5,red,2.5%,yes\n6,blue,3%,no\n",
);
const run = async (...argv: string[]) => {
  const ran = await downhill(argv);
  if (ran.code !== 0) throw new Error(ran.stderr);
  return ran.stdout;
};

beforeAll(async () => {
  await run("train", data, "--target", "y", "--epochs", "5", "--save", model);
  const pairs = Array.from({ length: 30 }, (_, i) => `u${i % 5},i${i % 7},${1 + (i % 4)}`).join("\n");
  const names = ["--user", "user", "--item", "item", "--rating", "rating", "--epochs", "2", "--save", ratings];
  const path = scratch.file("ratings.csv", `user,item,rating\n${pairs}\n`);
  await run("train", path, "--model", "factorization", ...names);
});

test("the library loads the command's file, from text and from parsed JSON, and predicts the raw rows", async () => {
  const text = readFileSync(model, "utf8");
  const own = (await run("predict", model, data)).trim().split("\n").slice(1);
  const rows = recordsOf(readFileSync(data, "utf8"));
  for (const saved of [text, JSON.parse(text)]) expect(load(saved, "tableModel").predict(rows)).toEqual(own);
  expect(JSON.parse(text).run).toMatchObject({ model: "logistic", holdOut: 0.2, epochs: 5 });
});

test("the command predicts and evaluates with a file of the library, to the same bits", async () => {
  const rows = recordsOf(readFileSync(data, "utf8"));
  const fitted = tableModel(logisticRegression(), { target: "y" }).fit(rows);
  const path = scratch.file("library.json", JSON.stringify(fitted));
  const [, ...lines] = (await run("predict", path, data, "--probabilities")).trim().split("\n");
  const probabilities = fitted.probabilities(rows).data;
  expect(lines).toEqual(
    fitted.predict(rows).map((label, i) => `${label},${probabilities[2 * i]},${probabilities[2 * i + 1]}`),
  );
  expect(JSON.parse(await run("evaluate", path, data, "--json"))).toMatchObject({
    rows: 6,
    baseline: { answer: "no" },
  });
});

test("a file with the columns in the form of an earlier version is an error", async () => {
  const inner = logisticRegression().fit([[1], [2], [3]], ["a", "b", "b"]);
  const members = { task: "classification", table: { features: [], target: {} }, run: {} };
  const path = scratch.file("old.json", JSON.stringify(savedWith(inner, members)));
  expect(() => readModel("predict", path)).toThrow(/was written by an earlier version, .* Train again\.$/);
});

test("a run that is no object is an error, for a model of ratings and of a table", () => {
  for (const path of [ratings, model]) {
    const changed = scratch.file(
      "changed.json",
      JSON.stringify(savedWith(load(readFileSync(path, "utf8")), { run: null })),
    );
    expect(() => readModel("predict", changed)).toThrow(
      `predict: the model file ${JSON.stringify(changed)} is invalid: its run must be an object, got null. Train again.`,
    );
  }
});

test.skipIf(process.platform === "win32")("an endless device is not a model, and a pipe can be one", async () => {
  for (const path of ["/dev/zero", "/dev/urandom", "/dev/null"]) {
    const { code, stderr } = await downhill(["predict", path, data]);
    expect([code, stderr]).toEqual([3, expect.stringMatching(/^✖ predict: .*(is not a model file|is not JSON)\. /)]);
  }
  const bin = new URL("../bin/downhill.js", import.meta.url).pathname;
  const piped = spawnSync("sh", ["-c", `cat "$0" | node "$1" predict /dev/stdin "$2"`, model, bin, data], {
    encoding: "utf8",
  });
  expect([piped.stdout, piped.stderr]).toEqual([await run("predict", model, data), ""]);
});
