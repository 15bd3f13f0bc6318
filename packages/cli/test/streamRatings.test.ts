// A factorization of ratings in parts (--stream) has the model and the scores of a run in memory.
import { existsSync, readFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import { load, matrixFactorization, ratingModel } from "downhill";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { downhill, Scratch } from "./world.ts";

const scratch = new Scratch();
const $ = (name: string) => scratch.at(name);
afterAll(() => scratch.remove());

/** Ratings with repeated pairs and missing cells; the ids are integers and texts. */
const records = (() => {
  let state = 5;
  const next = (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 8) % n;
  };
  return Array.from({ length: 3000 }, (_, i) => ({
    user: i % 173 === 3 ? null : next(120),
    item: `i${next(80)}`,
    stars: i % 97 === 0 ? null : 1 + next(9) / 2 + 0.1 * next(3),
  }));
})();

beforeAll(() => {
  const lines = records.map(({ user, item, stars }) => `${user ?? ""},${item},${stars ?? ""}`);
  scratch.file("ratings.csv", ["user,item,stars", ...lines].join("\n"));
});

const train = (data: string, ...options: string[]) =>
  downhill([
    ...["train", data, "--force", "--model", "factorization"],
    ...["--user", "user", "--item", "item", "--rating", "stars", ...options],
  ]);

describe("train --stream on ratings", () => {
  test.each([
    ["in full batch", ["--batch-size", "full", "--epochs", "20"]],
    ["without held-out ratings", ["--batch-size", "full", "--epochs", "9", "--hold-out", "0"]],
    ["with the uniform penalty and the last rating of each pair", ["--penalty", "uniform", "--duplicates", "last"]],
    ["with validation ratings", ["--batch-size", "full", "--epochs", "60", "--patience", "2", "--seed", "3"]],
  ])("writes the model of a run in memory, byte for byte, and prints its scores: %s", async (_, options) => {
    const memory = await train($("ratings.csv"), ...options, "--save", $("memory.json"));
    const parts = await train($("ratings.csv"), ...options, "--stream", "--save", $("parts.json"));
    expect([memory.code, parts.code], parts.stderr).toEqual([0, 0]);
    expect(readFileSync($("parts.json"), "utf8")).toBe(readFileSync($("memory.json"), "utf8"));
    expect(parts.stdout).toBe(memory.stdout);
  });

  test("trains one by one in the order of chunks, with the bits of the library in that order", async () => {
    const { code, stderr } = await train(
      $("ratings.csv"),
      ...["--stream", "--epochs", "3", "--hold-out", "0", "--save", $("single.json")],
    );
    expect(code, stderr).toBe(0);
    const order = { rowsPerChunk: 65_536, chunksPerWindow: 32 };
    const columns = { user: "user", item: "item", rating: "stars" };
    const inMemory = ratingModel(matrixFactorization({ epochs: 3, order }), columns).fit(records);
    const streamed = load(readFileSync($("single.json"), "utf8"), "ratingModel");
    expect([...streamed.model.params()]).toEqual([...inMemory.model.params()]);
    expect(streamed.model.history).toEqual(inMemory.model.history);
    expect(streamed.recommend(7)).toEqual(inMemory.recommend(7));
  });

  test("reads two Parquet files with several row groups, with the model of a run in memory and that of the CSV file", async () => {
    const connection = await (await DuckDBInstance.create()).connect();
    const rows = `SELECT *, row_number() OVER () AS r FROM read_csv('${$("ratings.csv")}')`;
    for (const [part, condition] of ["r <= 2100", "r > 2100"].entries()) {
      const sql = `SELECT "user", item, stars FROM (${rows}) WHERE ${condition} ORDER BY r`;
      await connection.run(`COPY (${sql}) TO '${$(`part-${part}.parquet`)}' (FORMAT parquet, ROW_GROUP_SIZE 2048)`);
    }
    connection.closeSync();
    const options = ["--batch-size", "full", "--epochs", "8", "--seed", "2"];
    const memory = await train($("part-*.parquet"), ...options, "--save", $("memory.json"));
    const parts = await train($("part-*.parquet"), ...options, "--stream", "--save", $("parts.json"));
    expect([memory.code, parts.code], parts.stderr).toEqual([0, 0]);
    expect(readFileSync($("parts.json"), "utf8")).toBe(readFileSync($("memory.json"), "utf8"));
    expect(parts.stdout).toBe(memory.stdout);
    const params = (file: string) => [...load(readFileSync($(file), "utf8"), "ratingModel").model.params()];
    for (const [at, data] of ["part-*.parquet", "ratings.csv"].entries()) {
      const ran = await train($(data), "--stream", "--epochs", "3", "--seed", "2", "--save", $(`one-${at}.json`));
      expect(ran.code, ran.stderr).toBe(0);
    }
    expect(params("one-0.json")).toEqual(params("one-1.json"));
  });

  test("takes the ratings of a cache, and prepares them again for other columns or options", async () => {
    const run = (...options: string[]) =>
      train($("ratings.csv"), "--stream", "--cache", $("cache.rows"), "--epochs", "2", ...options);
    const first = await run("--save", $("first.json"));
    expect(first.stderr).toContain("The prepared rows are kept in the cache");
    const second = await run("--save", $("second.json"));
    expect(second.stderr).toContain("The prepared rows are those of the cache");
    expect(readFileSync($("second.json"), "utf8")).toBe(readFileSync($("first.json"), "utf8"));
    const other = await run("--duplicates", "last", "--no-save");
    expect(other.stderr).toContain("because it was made with another duplicates");
  });

  test("resumes a checkpoint, writes a report, and reads a query whose users are integers", async () => {
    const rate = ["--stream", "--learning-rate", "0.02"];
    const options = [...rate, "--epochs", "4"];
    await train($("ratings.csv"), ...rate, "--epochs", "2", "--no-save", "--checkpoint", $("run.ckpt"), "--every", "1");
    const resumed = await train($("ratings.csv"), ...options, "--resume", $("run.ckpt"), "--save", $("resumed.json"));
    expect(resumed.code, resumed.stderr).toBe(0);
    const whole = await train($("ratings.csv"), ...options, "--save", $("whole.json"), "--report", $("report.html"));
    expect(whole.code, whole.stderr).toBe(0);
    expect(readFileSync($("resumed.json"), "utf8")).toBe(readFileSync($("whole.json"), "utf8"));
    expect(existsSync($("report.html"))).toBe(true);
    const query = `SELECT * FROM '${$("ratings.csv")}'`;
    const fromQuery = await train(query, ...options, "--save", $("query.json"));
    expect(fromQuery.code, fromQuery.stderr).toBe(0);
    const params = (file: string) => [...load(readFileSync($(file), "utf8"), "ratingModel").model.params()];
    expect(params("query.json")).toEqual(params("whole.json"));
  });

  test.each([
    [
      ["--feedback", "implicit"],
      "--feedback implicit",
      "draws an item that the user has no pair with",
      "Train without --stream",
    ],
    [
      ["--time", "stars"],
      "--time of a factorization",
      "sorts all ratings in memory",
      "Hold out the late ratings with a condition",
    ],
    [
      ["--duplicates", "error"],
      "--duplicates error",
      "compares the pairs of all rows in memory",
      "Use --duplicates mean or",
    ],
  ])("%s needs the ratings in memory, and the error says why", async (options, flag, reason, advice) => {
    const { code, stderr } = await train($("ratings.csv"), "--stream", "--no-save", ...options);
    expect(code).toBe(2);
    expect(stderr).toContain(`train: ${flag} does not work with --stream, because `);
    expect(stderr).toContain(reason);
    expect(stderr).toContain(advice);
  });

  test("wrong columns and cells have the errors of a run in memory", async () => {
    const table = scratch.file("wrong.csv", "user,item,stars\na,x,4\nb,x,good\na,y,3\n");
    for (const options of [[], ["--user", "nobody"]]) {
      const ended = await Promise.all(
        [[], ["--stream"]].map((stream) => train(table, "--no-save", ...options, ...stream)),
      );
      expect(ended[1]).toEqual(ended[0]);
      expect(ended[0]!.code).toBeGreaterThan(1);
    }
  });
});
