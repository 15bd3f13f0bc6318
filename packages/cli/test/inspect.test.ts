import { readFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { downhill, Scratch } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());

const rows = Array.from({ length: 120 }, (_, i) =>
  [
    i + 1,
    i % 10 === 3 ? "NA" : 20 + (i % 7),
    i % 3 === 0 ? "Rome" : "Oslo",
    `2020-01-${String(1 + (i % 28)).padStart(2, "0")}`,
    i % 2 === 0 ? "yes" : "no",
  ].join(","),
);
const people = scratch.file("people.csv", `id,age,city,joined,bought\n${rows.join("\n")}\n`);

test("inspect prints a line per column with its kind, missing and different cells, range and distribution, then notes", async () => {
  const { code, stdout, stderr } = await downhill(["inspect", people, "--target", "bought"]);
  expect([code, stderr]).toEqual([0, ""]);
  const lines = stdout.split("\n");
  expect(lines[0]).toBe("120 rows and 5 columns");
  expect(lines[1]!.trim().split(/\s{2,}/)).toEqual([
    "column",
    "read as",
    "missing",
    "different",
    "smallest",
    "median",
    "largest",
    "distribution",
  ]);
  expect(
    lines
      .find((line) => line.startsWith("age"))!
      .trim()
      .split(/\s{2,}/)
      .slice(0, 7),
  ).toEqual(["age", "number", "12", "7", "20", "23", "26"]);
  expect(lines.find((line) => line.startsWith("age"))).toMatch(/[▁-█]{7}$/);
  expect(lines.find((line) => line.startsWith("city"))).toMatch(/category +0 +2 +Oslo 80, Rome 40$/);
  expect(lines.find((line) => line.startsWith("joined"))).toMatch(
    /date +0 +28 +2020-01-01 +2020-01-1\d[ :\d]* +2020-01-28/,
  );
  expect(lines.find((line) => line.startsWith("bought"))).toMatch(/category, target +0 +2 +no 60, yes 60$/);
  expect(stdout).toMatch(/^warning: "id" .*--drop id/m);
  expect(stdout).toMatch(/^the text "NA" in "age" is a missing cell$/m);
});

test("cells that do not fit are a warning with the file and the line, and the advice works", async () => {
  const ages = Array.from({ length: 60 }, (_, i) => `${i},1`);
  const file = scratch.file("ages.csv", `age,y\n${ages.join("\n")}\nabc,0\n`);
  const { code, stdout } = await downhill(["inspect", file]);
  expect(code).toBe(0);
  expect(stdout).toContain(
    `warning: column "age" must contain numbers, but 1 cell is not a number: "abc" at ${file}:62. Correct the cell, read it as missing with --na abc`,
  );
  expect((await downhill(["inspect", file, "--na", "abc"])).stdout).not.toContain("warning: column");
  expect((await downhill(["inspect", file, "--column", "age:category"])).stdout).toMatch(
    /^age +category, left out +0 +61/m,
  );
  expect((await downhill(["inspect", file, "--drop", "age"])).stdout).not.toContain("age");
});

test("--json prints the inspection as one object", async () => {
  const { stdout } = await downhill(["inspect", people, "--json"]);
  const { rows: count, columns } = JSON.parse(stdout) as { rows: number; columns: { name: string; missing: number }[] };
  expect(count).toBe(120);
  expect(columns.map(({ name }) => name)).toEqual(["id", "age", "city", "joined", "bought"]);
  expect(columns[1]!.missing).toBe(12);
});

test("--report writes a page with a chart per column, the same bytes again, and escapes names", async () => {
  const hostile = scratch.file(
    "hostile.csv",
    `<script>alert(1)</script>,y\n${Array.from({ length: 30 }, (_, i) => `${i % 4},${i}`).join("\n")}\n`,
  );
  const page = scratch.at("page.html");
  const ran = await downhill(["inspect", hostile, "--report", page]);
  expect(ran.stderr).toBe(`report written to ${page}\n`);
  const text = readFileSync(page, "utf8");
  expect(text).not.toContain("<script>alert");
  expect(text.match(/<figure/g)).toHaveLength(2);
  expect((await downhill(["inspect", hostile, "--report", page])).code).toBe(0);
  expect(readFileSync(page, "utf8")).toBe(text);
  const other = scratch.file("other.html", "mine");
  const refused = await downhill(["inspect", hostile, "--report", other]);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain("which is not a report of inspect of downhill");
});

test("a column that is not there is an error", async () => {
  const { code, stderr } = await downhill(["inspect", people, "--target", "bougt"]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^✖ inspect: --target "bougt" is not a column of the table\. .*"bought"/);
});

test("numbers below 10,000, which may be years, have no comma", async () => {
  const rows = Array.from({ length: 30 }, (_, i) => `${1900 + i},${9_990 + i},${i % 3}`);
  const { stdout } = await downhill(["inspect", scratch.file("years.csv", `built,price,y\n${rows.join("\n")}\n`)]);
  expect(stdout).toMatch(/built +number +0 +30 +1900 +1915 +1929/);
  expect(stdout).toMatch(/price .* 9990 +10,005 +10,019/);
});
