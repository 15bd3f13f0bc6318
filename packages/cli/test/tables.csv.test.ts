// Many forms of CSV files: each is read, or is an error that names the cause.
import { execFileSync } from "node:child_process";
import { afterAll, expect, test } from "vitest";
import { openTable } from "./openTable.ts";
import { downhill, Scratch } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());

async function read(data: string): Promise<unknown[][]> {
  const open = await openTable("train", data);
  return [[...open.columns], ...(await open.rows())];
}

const table = [
  ["a", "b"],
  [1, "ä"],
  [3, "z"],
];
const utf16 = (text: string) => Buffer.from(text, "utf16le");

test.each<[string, string | Uint8Array, unknown[][]]>([
  ["UTF-8 with a mark", "\ufeffa,b\n1,ä\n3,z\n", table],
  ["UTF-16 with a mark", utf16("\ufeffa,b\n1,ä\n3,z\n"), table],
  ["UTF-16 without a mark", utf16("a,b\n1,ä\n3,z\n"), table],
  ["UTF-16 with the high byte first", utf16("\ufeffa,b\n1,ä\n3,z\n").swap16(), table],
  ["UTF-16 with the high byte first, without a mark", utf16("a,b\n1,ä\n3,z\n").swap16(), table],
  ["Windows-1252", Buffer.from("a,b\n1,\xe4\n3,z\n", "latin1"), table],
  ["UTF-16 with \\r\\n and semicolons", utf16("\ufeffa;b\r\n1;ä\r\n3;z\r\n"), table],
  ["lines that end in \\r\\n", "a,b\r\n1,ä\r\n3,z\r\n", table],
  ["lines that end in \\r", "a,b\r1,ä\r3,z\r", table],
  ["no end of the last line", "a,b\n1,ä\n3,z", table],
  ["blank lines before the header", "\n \r\n\na,b\n1,ä\n3,z\n".replace("\r", ""), table],
  ["blank lines between and after the rows", "a,b\n\n1,ä\n\n\n3,z\n\n", table],
  ["sep=;", "sep=;\na;b\n1;ä\n3;z\n", table],
  ["sep=; with \\r\\n and a mark", "\ufeffsep=;\r\na;b\r\n1;ä\r\n3;z\r\n", table],
  ['"sep=|"', '"sep=|"\na|b\n1|ä\n3|z\n', table],
  ["tabs", "a\tb\n1\tä\n3\tz\n", table],
  ["bars", "a|b\n1|ä\n3|z\n", table],
  ["spaces around names", "a , b\n1,ä\n3,z\n", table],
  [
    "quoted line ends",
    'a,b\n1,"ä\n,ö"\n3,z\n',
    [
      ["a", "b"],
      [1, "ä\n,ö"],
      [3, "z"],
    ],
  ],
  [
    "a comma in a header of semicolons",
    "length, in m, of x;b\n1;ä\n3;z\n",
    [
      ["length, in m, of x", "b"],
      [1, "ä"],
      [3, "z"],
    ],
  ],
  ["one column with decimal commas", "a\n1,5\n2,5\n", [["a"], ["1,5"], ["2,5"]]],
  ["one column whose name contains a comma", "a, b\n1\n2\n", [["a, b"], [1], [2]]],
  [
    "a name that is missing",
    ",b\n1,ä\n3,z\n",
    [
      ["column0", "b"],
      [1, "ä"],
      [3, "z"],
    ],
  ],
  [
    "names that differ in their case",
    "a,A\n1,2\n3,4\n",
    [
      ["a", "A"],
      [1, 2],
      [3, 4],
    ],
  ],
  ["a single column", "a\n1\n2\n", [["a"], [1], [2]]],
  ["a single column with a blank line, which is a missing cell", "a\n1\n\n2\n", [["a"], [1], [null], [2]]],
])("%s", async (_, content, expected) => {
  const file = scratch.file("t.csv", content);
  expect(await read(file)).toEqual(expected);
  const caseOnly = expected[0]!.includes("A");
  if (!caseOnly) expect(await read(`SELECT * FROM '${file}'`)).toEqual(expected);
});

const at = (line: number) => `${scratch.at("t.csv")}:${line}`;
const file = () => scratch.at("t.csv");

test.each<[string, string | Uint8Array, () => string]>([
  [
    "a line with too few cells",
    "a,b\n1,2\n\n3\n",
    () => `${at(4)} has 1 cell, but the header has 2. Correct the line.`,
  ],
  [
    "a line with too many cells",
    "a,b\n1,2,3,4\n",
    () => `${at(2)} has 4 cells, but the header has 2. Correct the line.`,
  ],
  [
    "a late line",
    `a,b\n${"1,2\n".repeat(300_000)}3\n`,
    () => `${at(300_002)} has 1 cell, but the header has 2. Correct the line.`,
  ],
  [
    "a quote that never ends",
    'a,b\n1,2\n3,"x\n4,y\n',
    () => `a quote at ${at(3)} is never closed. Close it, or write it twice if it is part of the text.`,
  ],
  [
    "a quote that ends early",
    'a,b\n1,2\n3,"x"y\n',
    () =>
      `a quote at ${at(3)} is not closed correctly: "3,\\"x\\"y". Close it, or write it twice if it is part of the text.`,
  ],
])("%s is an error, also in a query", async (_, content, sentence) => {
  scratch.file("t.csv", content);
  await expect(read(file())).rejects.toThrow(`train: ${sentence()}`);
  await expect(read(`SELECT * FROM '${file()}'`)).rejects.toThrow(`train: ${sentence()}`);
});

test.each([
  ["a,b\r\n1,2\n3,4\r\n", '"\\r\\n" and "\\n"'],
  [`a,b\n${"1,2\n".repeat(300_000)}3,4\r\n${"5,6\n".repeat(1000)}`, '"\\n" and "\\r\\n"'],
  ["a,b\n1,2\r3,4\r\n", '"\\n" and "\\r" and "\\r\\n"'],
])("different line ends are an error, and the advice works without a lost row (%#)", async (content, ends) => {
  const path = scratch.file("ends.csv", content);
  const error = await read(path).then(
    () => "read",
    (thrown: Error) => thrown.message,
  );
  expect(error).toContain(
    `train: the lines of "${path}" have different line ends, ${ends}. Rewrite the file, for example with `,
  );
  const advice = /with (.+) > tidy\.csv\.$/.exec(error)![1]!;
  const tidy = scratch.file("tidy.csv", execFileSync("sh", ["-c", advice], { maxBuffer: 2 ** 26 }));
  const rows = content.split(/[\r\n]+/).filter((line) => line !== "").length;
  expect((await read(tidy)).length).toBe(rows);
});

test("the line number of a row counts blank lines, sep=, quoted line ends and a million characters", async () => {
  const long = "x".repeat(1_200_000);
  const path = scratch.file("lines.csv", `\nsep=;\na;b\n"1\n2";${long}\n\n3;"say ""hi"""\n4;\n`);
  const open = await openTable("train", path);
  const rows = await open.rows();
  const row = rows.findIndex((cells) => cells[1] === null);
  expect(await open.locate(row)).toBe(`${path}:8`);
});

test("a row without a target is left out, and the first lines of the run print it", async () => {
  const path = scratch.file("gap.csv", "x,y\n1,2\n2,\n3,4\n");
  const { code, stderr } = await downhill(["train", path, "--target", "y", "--hold-out", "0", "--no-save"]);
  expect([code, stderr]).toEqual([0, expect.stringContaining("1 row is left out, because the target is missing\n")]);
});
