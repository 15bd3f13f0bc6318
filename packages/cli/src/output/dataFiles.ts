// The files that DATA is read from: no output may be one of them.

import type { DuckDBConnection } from "@duckdb/node-api";
import { connect } from "../table/files/connect.ts";
import { isFile, isQuery, isStandardInput } from "../table/files/source.ts";
import { exactPath } from "../table/files/sqlText.ts";
import { readQuery } from "../table/query/query.ts";
import type { InputFile } from "./checkOutputs.ts";

const NOTHING = "(SELECT 1)"; // stands for the rows of a file while only its name matters

/** The files of DATA: itself if it is a file, none for standard input, else those that the SQL query names, its patterns resolved. */
export async function dataFiles(command: string, data: string): Promise<InputFile[]> {
  if (isStandardInput(data)) return [];
  const paths = isQuery(data) ? await queryFiles(command, data) : [data];
  return paths.map((path) => ({ what: "the data", path }));
}

async function queryFiles(command: string, query: string): Promise<string[]> {
  const connection = await connect({ kind: "query" });
  try {
    const { files } = await readQuery(command, connection, query, async () => NOTHING);
    const found = await Promise.all(files.map((file) => matches(connection, isFile(file) ? exactPath(file) : file)));
    return [...files, ...found.flat()];
  } catch {
    return []; // whoever opens the query will say what is wrong with it
  } finally {
    connection.closeSync();
  }
}

async function matches(connection: DuckDBConnection, pattern: string): Promise<string[]> {
  try {
    const rows = await (await connection.run("SELECT file FROM glob($1::VARCHAR)", [pattern])).getRows();
    return rows.map(([path]) => String(path));
  } catch {
    return []; // no pattern of files, as an address on the network
  }
}
