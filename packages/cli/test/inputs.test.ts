// DATA that is compressed, or comes through standard input or a pipe.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openTable } from "./openTable.ts";
import { dataset, downhill, eventsOf, Scratch, standardInput, type World } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());

const rows = Array.from({ length: 3000 }, (_, i) => [i % 7, (i * i) % 11, ["red", "green", "blue"][i % 3]!] as const);
const csv = `a,b,color\n${rows.map((row) => row.join(",")).join("\n")}\n`;
const tsv = csv.replaceAll(",", "\t");
const records = rows.map(([a, b, color]) => JSON.stringify({ a, b, color }));
const json = `[${records.join(",\n")}]`;
const plain = scratch.file("plain.csv", csv);
const model = scratch.at("model.json");
const folder = scratch.at("temporary");
mkdirSync(folder);
const { TMPDIR, TEMP } = process.env;
Object.assign(process.env, { TMPDIR: folder, TEMP: folder });
afterAll(() => {
  for (const [name, value] of Object.entries({ TMPDIR, TEMP })) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});
afterEach(() => expect(readdirSync(folder)).toEqual([]));

async function duckdb(sql: string): Promise<void> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(sql);
  connection.closeSync();
}

const train = (data: string, world: World = {}, ...more: string[]) =>
  downhill(["train", data, "--target", "color", "--epochs", "5", "--json", "--no-save", ...more], world);

/** What a run prints, except the name of its data. */
const printed = async (data: string, world: World = {}, ...more: string[]) => {
  const ran = await train(data, world, ...more);
  expect(ran.stderr).not.toContain("✖");
  return eventsOf(ran).map(({ data: _, ...event }) => event);
};

let expected: unknown;
beforeAll(async () => {
  expected = await printed(plain);
  await duckdb(`COPY (FROM '${plain}') TO '${scratch.at("plain.parquet")}'`);
  await duckdb(`COPY (FROM '${plain}') TO '${scratch.at("duck.csv.zst")}' (COMPRESSION zstd)`);
});

test.each([
  ["t.csv.gz", gzipSync(csv)],
  ["T.CSV.GZ", gzipSync(csv)],
  ["members.csv.gz", Buffer.concat([gzipSync(csv.slice(0, 5000)), gzipSync(csv.slice(5000))])],
  ["padded.csv.gz", Buffer.concat([gzipSync(csv), Buffer.alloc(512)])],
  ["t.tsv.gz", gzipSync(tsv)],
  ["t.json.gz", gzipSync(json)],
  ["t.ndjson.gz", gzipSync(records.join("\n"))],
])("%s is read as the plain file is, also in a query", async (name, bytes) => {
  const path = scratch.file(name, bytes);
  expect(await printed(path)).toEqual(expected);
  expect(await printed(`SELECT * FROM '${path}'`)).toEqual(expected);
});

test("a .csv.zst is read as the plain file is, also in a query", async () => {
  const path = scratch.at("duck.csv.zst");
  expect(await printed(path)).toEqual(expected);
  expect(await printed(`SELECT * FROM '${path}'`)).toEqual(expected);
});

test("codes with leading zeros stay codes in a compressed file of a query", async () => {
  const path = scratch.file("codes.csv.gz", gzipSync(`zip,y\n${"7,1\n".repeat(30_000)}007,2\n`));
  for (const data of [path, `SELECT codes.zip, y FROM '${path}'`]) {
    const { columns } = await (await openTable("test", data)).readCells([{ name: "zip" }]);
    expect(columns.get("zip")).toMatchObject({ type: "text", texts: ["7", "007"] });
  }
});

test.each([
  ["csv", csv, []],
  ["csv", csv, ["--format", "csv"]],
  ["tsv", tsv, ["--format", "tsv"]],
  ["json", json, ["--format", "json"]],
  ["json, one record per line", records.join("\n"), ["--format", "json"]],
])("standard input: %s", async (_, text, options) => {
  expect(await printed("-", { stdin: standardInput(text, 1000) }, ...options)).toEqual(expected);
});

test("standard input as Parquet, and its name in the output and in --json", async () => {
  const bytes = readFileSync(scratch.at("plain.parquet"));
  expect(await printed("-", { stdin: standardInput(bytes, 1000) }, "--format", "parquet")).toEqual(expected);
  const stdin = standardInput(csv, 1000);
  expect((await downhill(["train", "-", "--target", "color", "--no-save"], { stdin })).stderr).toContain(
    "standard input  3,000 rows",
  );
});

test("predict and evaluate read standard input and compressed files", async () => {
  await downhill(["train", plain, "--target", "color", "--epochs", "5", "--save", model]);
  const compressed = scratch.file("again.csv.gz", gzipSync(csv));
  for (const command of ["predict", "evaluate"]) {
    const { stdout } = await downhill([command, model, plain]);
    expect(stdout.length).toBeGreaterThan(50);
    expect((await downhill([command, model, compressed])).stdout).toBe(stdout);
    expect((await downhill([command, model, "-"], { stdin: standardInput(csv, 999) })).stdout).toBe(stdout);
  }
});

test("an error in a compressed file or in standard input names the line of the plain text", async () => {
  const bad = csv.replace("\n3,9,red", "\n3,9");
  const line = bad.slice(0, bad.indexOf("\n3,9\n")).split("\n").length + 1;
  const path = scratch.file("bad.csv.gz", gzipSync(bad));
  expect(await train(path)).toMatchObject({ code: 3, stderr: expect.stringContaining(`${path}:${line} has 2 cells`) });
  expect(await train("-", { stdin: standardInput(bad, 1000) })).toMatchObject({
    code: 3,
    stderr: expect.stringContaining(`standard input:${line} has 2 cells`),
  });
  const missing = scratch.file("missing.csv.gz", gzipSync(csv.replace("\n3,9,red", "\n3,,red")));
  expect((await downhill(["train", missing, "--target", "color", "--missing", "error"])).stderr).toContain(
    `${missing}:${line}`,
  );
});

const good = gzipSync(csv);
const changed = Buffer.from(good);
changed[good.length - 6]! ^= 1;

test.each([
  ["cut.csv.gz", good.subarray(0, good.length / 2)],
  ["changed.csv.gz", changed],
  ["garbage.csv.gz", Buffer.concat([good, Buffer.from("garbage")])],
  ["plain.csv.gz", csv],
  ["plain.csv.zst", csv],
  ["really-gzip.csv.zst", good],
  ["nothing.csv.gz", gzipSync("")],
  ["zero.csv.gz", ""],
])("%s is an error of one line, directly and in a query", async (name, bytes) => {
  const path = scratch.file(name, bytes);
  const { code, stderr, stdout } = await train(path);
  expect([code, stdout]).toEqual([3, ""]);
  expect(stderr.replaceAll(scratch.path, "")).toMatchSnapshot();
  expect((await train(`SELECT * FROM '${path}'`)).stderr).toBe(stderr);
});

test("DuckDB's errors name the file, not its copy", async () => {
  const stdin = standardInput("[no JSON]\n");
  const ran = await train("-", { stdin }, "--format", "json");
  expect(ran.code).toBe(3);
  expect(ran.stderr).toMatch(/ in file \\"standard input\\".* Check that --format is the format of the data\.\n$/);
  const path = scratch.file("broken.json.gz", gzipSync("[no JSON]\n"));
  for (const data of [path, `SELECT * FROM '${path}'`]) {
    const { stderr } = await train(data);
    expect(stderr).toContain(`in file \\"${path}\\"`);
    expect(stderr).not.toContain(folder);
  }
});

test("a pattern over compressed files works in a query", async () => {
  const half = csv.indexOf("\n", csv.length / 2) + 1;
  scratch.file("part1.csv.gz", gzipSync(csv.slice(0, half)));
  scratch.file("part2.csv.gz", gzipSync(csv.slice(0, csv.indexOf("\n") + 1) + csv.slice(half)));
  expect(await printed(`SELECT * FROM '${scratch.at("part*.csv.gz")}'`)).toEqual(expected);
});

test("the content of standard input and of a file decides what it is; a note says so if the name is wrong", async () => {
  for (const bytes of [json, good, readFileSync(scratch.at("plain.parquet")), gzipSync(json)]) {
    expect(await printed("-", { stdin: standardInput(bytes, 1000) })).toEqual(expected);
  }
  const start = (await printed(plain))[0]!;
  for (const [name, bytes, note] of [
    ["gzip.csv", good, "is decompressed, because it contains gzip data"],
    ["parquet.csv", readFileSync(scratch.at("plain.parquet")), "is read as Parquet, because it contains Parquet data"],
    ["json.parquet", json, "is read as JSON, because it contains JSON records"],
    ["records", json, "is read as JSON, because it contains JSON records"],
    ["table.of.rows", csv, "is read as CSV, because it contains text"],
    ["csv.parquet", csv, "is read as CSV, because it contains text"],
    ["csv.json", csv, "is read as CSV, because it contains text"],
  ] as const) {
    const path = scratch.file(name, bytes);
    expect((await printed(path))[0]).toEqual({
      ...start,
      notes: [{ code: "file", column: null, text: `${path} ${note}`, level: "information" }],
    });
  }
});

test("the advice of the errors works", async () => {
  const mixed = csv.replace("\n", "\r\n");
  const compressed = scratch.file("ends.csv.gz", gzipSync(mixed));
  expect((await train(compressed)).stderr).toContain(
    `Rewrite the file, for example with gunzip -c ${compressed} | tr -d '\\r' > tidy.csv.`,
  );
  expect(await printed(scratch.file("tidy.csv", gunzipSync(gzipSync(mixed)).toString().replaceAll("\r", "")))).toEqual(
    expected,
  );
  expect((await train("-", { stdin: standardInput(mixed, 1000) })).stderr).toContain(
    "Correct the lines first: put tr -d '\\r' < FILE | before the command.",
  );
});

test.each([
  ["the keyboard", "-", { stdin: { ...standardInput(""), isTerminal: true } }, [], 2],
  ["empty standard input", "-", {}, [], 3],
  ["a header alone", "-", { stdin: standardInput("a,color\n") }, [], 3],
  ["--format with a file", dataset("iris"), {}, ["--format", "csv"], 2],
  ["JSON with --format csv", "-", { stdin: standardInput(json, 1000) }, ["--format", "csv"], 3],
  ["CSV with --format parquet", "-", { stdin: standardInput(csv, 1000) }, ["--format", "parquet"], 3],
  ["CSV with --format json", "-", { stdin: standardInput(csv, 1000) }, ["--format", "json"], 3],
  ["an unknown format", "-", {}, ["--format", "xlsx"], 2],
])("%s is an error", async (_, data, world, options, code) => {
  const ran = await train(data, world, ...options);
  expect(ran).toMatchObject({ code, stdout: "" });
  expect(ran.stderr.replaceAll(dataset("iris"), "iris.csv")).toMatchSnapshot();
});

test.runIf(process.platform !== "win32")("a named pipe is read once", async () => {
  const pipe = scratch.at("pipe.csv");
  execFileSync("mkfifo", [pipe]);
  spawn("sh", ["-c", `cat ${plain} > ${pipe}`]);
  expect(await printed(pipe)).toEqual(expected);
});
