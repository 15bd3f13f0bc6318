import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { duckDb } from "./duckDb.ts";
import type { Source } from "./source.ts";

/**
 * The databases of this process by their settings, for later calls: to open one takes 9 ms. A garbage collection may close a
 * database without connections, which frees its memory.
 */
const databases = new Map<string, WeakRef<DuckDBInstance>>();

/**
 * Connects to a database in memory. Connections share nothing but its settings: their tables are temporary. It loads no
 * extensions, and a query cannot change its settings.
 *
 * @param streamed  whether it uses little memory, also for a query that sorts or groups many rows
 */
export async function connect({ kind }: Pick<Source, "kind">, streamed = false): Promise<DuckDBConnection> {
  if (streamed) return (await open(kind, { memory_limit: "160MB", threads: "1" })).connect();
  const isQuery = kind === "query";
  // A query has one thread, so that its sums are the same on every computer.
  const key = isQuery ? "query" : "file";
  const database = databases.get(key)?.deref() ?? (await open(kind, isQuery ? { threads: "1" } : {}));
  databases.set(key, new WeakRef(database));
  return database.connect();
}

async function open(kind: Source["kind"], settings: Readonly<Record<string, string>>): Promise<DuckDBInstance> {
  const database = await duckDb().DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
    temp_directory: join(tmpdir(), `downhill-${randomUUID()}`), // for a query that does not fit into memory
    ...settings,
  });
  if (kind === "query") {
    const connection = await database.connect();
    await connection.run("SET lock_configuration = true");
    connection.closeSync();
  }
  return database;
}
