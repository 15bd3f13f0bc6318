// Threads: their number, their end after the training, and equal models with any number of threads.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import workers from "node:worker_threads";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { cases } from "../../downhill/test/cases.ts";
import type { NumberedRows, Rows } from "../src/model/rows.ts";
import type { ModelName } from "../src/options/modelNames.ts";
import type { TrainOptions } from "../src/options/trainOptions.ts";
import { defaultThreads } from "../src/training/threads.ts";
import { dataset, downhill, Scratch } from "./world.ts";

const scratch = new Scratch();
const model = scratch.at("model.json");
const started: workers.Worker[] = [];
const kinds: string[] = [];
let table: string;
let ratings: string;

/** A table as a Parquet file, which is read much faster than its text. */
async function parquetOf(name: string, csv: string): Promise<string> {
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(`COPY (FROM '${scratch.file(`${name}.csv`, csv)}') TO '${scratch.at(name)}' (FORMAT parquet)`);
  connection.closeSync();
  return scratch.at(name);
}

beforeAll(async () => {
  const columns = Array.from({ length: 40 }, (_, j) => `x${j}`);
  const rows = Array.from({ length: 13_200 }, (_, i) => {
    const cells = columns.map((_, j) => (i * (2 * j + 3) * 7919 + j * i * i) % 101);
    return [...cells, cells[3]! + (i % 40) < cells[5]! + 20].join();
  });
  table = await parquetOf("table.parquet", [[...columns, "y"].join(), ...rows].join("\n"));
  const pairs = Array.from({ length: 120_000 }, (_, i) => [i % 400, Math.floor(i / 400), (i * 31) % 5].join());
  ratings = await parquetOf("ratings.parquet", ["user,item,rating", ...pairs].join("\n"));
});
beforeEach(() => {
  started.length = 0;
  kinds.length = 0;
  const { postMessage } = workers.Worker.prototype;
  vi.spyOn(workers.Worker.prototype, "postMessage").mockImplementation(function (this: workers.Worker, ...message) {
    if (!started.includes(this)) started.push(this);
    kinds.push((message[0] as { kind: string }).kind);
    postMessage.apply(this, message);
  });
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => scratch.remove());

const logistic = (epochs = 5) => [
  "train",
  table,
  "--target",
  "y",
  "--hold-out",
  "0",
  "--epochs",
  String(epochs),
  "--save",
  model,
];
const factorization = () =>
  `train ${ratings} --model factorization --user user --item item --rating rating --epochs 2 --save ${model}`.split(
    " ",
  );

/** Ends once every thread that was started has ended. */
const gone = () =>
  vi.waitFor(() => expect(started.map(({ threadId }) => threadId)).toEqual(started.map(() => -1)), 10_000);

describe.each([
  ["logistic regression", () => logistic()],
  ["network", () => [...logistic(2), "--model", "network"]],
  ["factorization", factorization],
  ["logistic regression on rows in a file", () => [...logistic(), "--stream"]],
  ["factorization of ratings in a file", () => [...factorization(), "--stream"]],
])("%s", (_, argv) => {
  const counts = cases([1, 3], [1, 2, 3]);
  it("writes the same bytes with 1 and 3 threads, which have parts of the work and end", async () => {
    const written: string[] = [];
    for (const n of counts) {
      started.length = 0;
      kinds.length = 0;
      const { code, stderr } = await downhill([...argv(), "--threads", String(n)]);
      expect(code, stderr).toBe(0);
      written.push(readFileSync(model, "utf8"));
      expect(started.length).toBe(n - 1);
      expect(kinds.filter((kind) => kind === "join").length).toBe(n - 1); // each worker received the message "join"
      await gone();
    }
    expect(new Set(written).size).toBe(1);
  });
});

describe("without --threads", () => {
  it("small work starts no threads; large work starts one per processor, at most 8", async () => {
    await downhill(logistic());
    expect(started.length).toBe(0);
    await downhill([...logistic(1), "--model", "network"]);
    expect(started.length).toBe(Math.min(8, availableParallelism()) - 1);
    await gone();
  });

  it.each([
    [1, 1],
    [2, 2],
    [64, 8],
  ])("with %i processors a large table gets %i threads, a small table 1", (processors, many) => {
    const one = 1;
    const threadsFor = (rows: Rows, model: ModelName, options: Pick<TrainOptions, "hidden" | "rank">) =>
      defaultThreads(rows, model, { ...options, processors });
    const rowsOf = (rows: number, columns: number) => {
      const X = { data: new Float64Array(rows * columns), rows, columns };
      return { task: "regression", X, y: new Float64Array(rows) } as const;
    };
    expect(threadsFor(rowsOf(2 ** 17, 32), "linear", {})).toBe(many);
    expect(threadsFor(rowsOf(2 ** 17, 31), "linear", {})).toBe(one);
    expect(threadsFor(rowsOf(2 ** 14, 8), "network", {})).toBe(many);
    expect(threadsFor(rowsOf(2 ** 14, 8), "network", { hidden: [16, 31] })).toBe(one);
    const stored = { rows: 2 ** 17 } as NonNullable<NumberedRows["stored"]>;
    expect(threadsFor({ ...rowsOf(10, 32), stored }, "linear", {})).toBe(many);
    expect(threadsFor({ ...rowsOf(10, 31), stored }, "linear", {})).toBe(one);
    const ids = Array(2 ** 18).fill("a");
    const largeRatings = { task: "ratings", users: ids, items: ids, ratings: new Float64Array(2 ** 18) } as const;
    expect(threadsFor(largeRatings, "factorization", { rank: 16 })).toBe(many);
    expect(threadsFor(largeRatings, "factorization", {})).toBe(one);
    expect(threadsFor({ ...largeRatings, ratings: null }, "factorization", { rank: 16 })).toBe(one);
  });
});

describe("threads end", () => {
  it("when the run diverges", async () => {
    const { code } = await downhill([...logistic(), "--learning-rate", "1e300", "--threads", "3"]);
    expect([code, started.length]).toEqual([4, 2]);
    await gone();
  });

  it("at Ctrl-C", async () => {
    let clock = 0;
    const argv = [...logistic(100_000), "--learning-rate", "1e-9", "--threads", "2"];
    const { code, stderr } = await downhill(argv, {
      now: () => {
        clock += 60;
        return clock;
      },
      onInterrupt(handler) {
        const timer = setTimeout(handler, 200);
        return () => clearTimeout(timer);
      },
    });
    expect(code, stderr).toBe(130);
    expect(JSON.parse(readFileSync(model, "utf8"))).toMatchObject({ format: "downhill model" });
    await gone();
  });

  it("with the command's process", () => {
    const bin = fileURLToPath(new URL("../bin/downhill.js", import.meta.url));
    const argv = [bin, ...logistic(), "--threads", "2", "--quiet"];
    const { status, signal, stderr } = spawnSync(process.execPath, argv, { encoding: "utf8", timeout: 60_000 });
    expect([status, signal, stderr]).toEqual([0, null, ""]);
  });
});

it.each(["0", "65", "1.5", "all"])("--threads %s is an error", async (n) => {
  const { code, stderr } = await downhill(["train", dataset("iris"), "--target", "species", "--threads", n]);
  expect(code).toBe(2);
  expect(stderr).toContain(`'--threads <n>' argument '${n}' is invalid. It must be a whole number from 1 to 64.`);
});
