// The files that DATA is read from. No output may replace one of them.

import type { DuckDBConnection } from "@duckdb/node-api";
import { connect } from "../table/files/connect.ts";
import { isFile, isFilePattern, isQuery, isStandardInput } from "../table/files/source.ts";
import { exactPath } from "../table/files/sqlText.ts";
import { readQuery } from "../table/query/query.ts";
import type { InputFile } from "./checkOutputs.ts";

const NO_ROWS = "(SELECT 1)"; // replaces the rows of a file, because only its name matters here

/** The files of DATA: the file itself, the files of a pattern, or those that a query names; none for standard input. */
export async function dataFiles(command: string, data: string): Promise<InputFile[]> {
  if (isStandardInput(data)) return [];
  const paths = isQuery(data)
    ? await queryFiles(command, data)
    : isFilePattern(data)
      ? await patternFiles(data)
      : [data];
  return paths.map((path) => ({ what: "the data", path }));
}

async function queryFiles(command: string, query: string): Promise<string[]> {
  const connection = await connect({ kind: "query" });
  try {
    const { files } = await readQuery(command, connection, { text: query, relationOf: async () => NO_ROWS });
    const found = await Promise.all(files.map((file) => matches(connection, isFile(file) ? exactPath(file) : file)));
    return [...files, ...found.flat()];
  } catch {
    return []; // the code that opens the query reports this error
  } finally {
    connection.closeSync();
  }
}

async function patternFiles(pattern: string): Promise<string[]> {
  const connection = await connect({ kind: "pattern" });
  try {
    return await matches(connection, pattern);
  } finally {
    connection.closeSync();
  }
}

async function matches(connection: DuckDBConnection, pattern: string): Promise<string[]> {
  try {
    const rows = await (await connection.run("SELECT file FROM glob($1::VARCHAR)", [pattern])).getRows();
    return rows.map(([path]) => String(path));
  } catch {
    return []; // not a pattern, for example an address on the network
  }
}
