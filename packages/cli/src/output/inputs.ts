// The files that a command reads, as far as its arguments name them: no output may be one of them.
import { existsSync } from "node:fs";
import type { InputFile } from "./check.ts";

/** The files that DATA names: itself, or those that an SQL query has in quotes. */
export function dataFiles(data: string): InputFile[] {
  if (existsSync(data)) return [{ what: "the data", path: data }];
  const quoted = [...data.matchAll(/'((?:[^']|'')+)'|"((?:[^"]|"")+)"/g)].map(
    ([, single, double]) => single?.replaceAll("''", "'") ?? double!.replaceAll('""', '"'),
  );
  return quoted.filter((path) => existsSync(path)).map((path) => ({ what: "the data", path }));
}
