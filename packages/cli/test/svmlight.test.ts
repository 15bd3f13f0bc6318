// svmlight files: the command rejects them by name or by content, and its advice works.
import { readFileSync } from "node:fs";
import { logisticRegression, readSvmlight } from "downhill";
import { afterAll, expect, test } from "vitest";
import { failure } from "./badFiles.ts";
import { Scratch } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());

const text = "+1 1:0.5 3:2 # first\n-1 2:1e-3\n+1 1:1 2:2\n";

test.each(["rows.svm", "rows.libsvm", "rows.svmlight", "rows.SVM.gz", "rows.txt", "rows.data"])("%s", async (name) => {
  const path = scratch.file(name, text);
  for (const line of [
    ["train", path, "--target", "y"],
    ["inspect", path],
  ]) {
    const message = await failure(3, line);
    expect(message).toContain(`${name}" is an svmlight file, but the command reads only tables.`);
    expect(message).toContain("readSvmlight of the package downhill reads its text");
  }
});

test("the advice of the message trains a model", () => {
  const { X, y } = readSvmlight(readFileSync(scratch.file("advice.svm", text), "utf8"));
  expect(logisticRegression({ l2: 1e-3 }).fit(X, y).predict(X)).toEqual([1, -1, 1]);
});

test("tables with spaces, colons and times are no svmlight files", async () => {
  const rows = (first: string): string => `${first}\n${"1 2\n".repeat(9)}`;
  for (const first of ["a b", "time 12:30", "1:a 2:b", "7 8", "12:30 13:45"]) {
    const message = await failure(2, ["train", scratch.file("table.txt", rows(first)), "--target", "no such column"]);
    expect(message).toContain('--target "no such column" is not a column of the table');
  }
});
