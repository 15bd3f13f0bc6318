// The exported program of a run on the user's own file.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { blockFolder } from "../../../test/blockFolder.ts";
import { typescriptOf } from "../src/exports/snippet.ts";
import { fileDataOf } from "../src/files/fileData.ts";
import { fileFacts } from "../src/files/fileFacts.ts";
import { readTable } from "../src/files/readTable.ts";
import { finalLoss } from "../src/state/finalLoss.ts";
import { labRun } from "../src/state/labRun.ts";
import { modelStates } from "./states.ts";

test.each([
  [
    "semicolons",
    `x;city;y\n${Array.from({ length: 60 }, (_, i) => `${i % 7},${i % 10};${["Rome", "", '"Oslo; N"'][i % 3]};${(i * 3) % 11},5`).join("\n")}\n`,
  ],
  [
    "commas",
    `x,city,y\n${Array.from({ length: 60 }, (_, i) => `${i % 9 === 4 ? "n/a" : i % 7},${["Rome", "", '"Oslo, N"'][i % 3]},${(i * 3) % 11}.5`).join("\n")}\n`,
  ],
])("the program of a file with %s prints the loss of the page", async (_, content) => {
  const reading = await readTable(Buffer.from(content), { name: "own.csv" });
  if (reading.table === null) throw new Error(reading.problems.join());
  const state = { ...modelStates.linear, data: fileDataOf(fileFacts(reading), { name: "own.csv" }, "ab") };
  let loss = 0;
  for (const step of labRun(state, reading.table).prepare({ every: "epoch" }).steps()) loss = finalLoss(step.history);
  const folder = blockFolder(new Map([["own.ts", typescriptOf(state, reading.table)]]));
  writeFileSync(join(folder.path, "own.csv"), content);
  expect(folder.compile()).toBe("");
  const { stdout, stderr } = spawnSync(process.execPath, ["out/own.js"], { cwd: folder.path, encoding: "utf8" });
  folder.remove();
  expect([stdout, stderr]).toEqual([`loss ${loss}\n`, ""]);
});
