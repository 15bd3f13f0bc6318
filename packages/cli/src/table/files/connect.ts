import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { duckDb } from "./duckDb.ts";
import type { Source } from "./source.ts";

/**
 * Opens an empty database in memory. It loads no extensions, and a query cannot change its settings.
 *
 * @param streamed  whether it uses little memory, also for a query that sorts or groups many rows
 */
export async function connect(source: Pick<Source, "kind">, streamed = false): Promise<DuckDBConnection> {
  const { DuckDBInstance } = duckDb();
  const instance = await DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
    temp_directory: join(tmpdir(), `downhill-${randomUUID()}`), // for a query that does not fit into memory
    allocator_bulk_deallocation_flush_threshold: "1MB", // freed chunks go back to the computer; otherwise they take 30 MB
    ...(streamed ? { memory_limit: "160MB", threads: "1" } : {}),
    ...(source.kind === "query" ? { threads: "1" } : {}), // so that the sums of a query are the same on every computer
  });
  const connection = await instance.connect();
  if (source.kind === "query") await connection.run("SET lock_configuration = true");
  return connection;
}
