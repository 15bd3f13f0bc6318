// The rows of a SELECT, chunk by chunk, so that they are never all in DuckDB's memory.
import type { DuckDBConnection, DuckDBDataChunk, DuckDBResult } from "@duckdb/node-api";
import { chunkCollector } from "./freeChunks.ts";

const CHUNKS = 16; // between two collections: some 7 MB for 20 numbers per row

/**
 * Calls `take` with each chunk of the result, in order. After the first chunks DuckDB does not report an error: the stream
 * just ends. But the error aborts the transaction, so this function uses one and checks it at the end.
 *
 * @throws DuckDB's error
 */
export async function eachChunk(
  connection: DuckDBConnection,
  sql: string,
  take: (chunk: DuckDBDataChunk) => void,
): Promise<void> {
  await connection.run("BEGIN TRANSACTION");
  try {
    await eachChunkOf(await connection.stream(sql), take);
    await connection.run("SELECT 1"); // fails in an aborted transaction; COMMIT does not
    await connection.run("COMMIT");
  } catch (error) {
    await connection.run("ROLLBACK");
    if (!(error instanceof Error) || !error.message.startsWith("TransactionContext Error")) throw error;
    await connection.run(`SELECT count(COLUMNS(*)) FROM (${sql})`); // throws the first error, and keeps no rows in memory
    throw error;
  }
}

/** DuckDB reads the next chunk while `take` has the last one. */
async function eachChunkOf(result: DuckDBResult, take: (chunk: DuckDBDataChunk) => void): Promise<void> {
  let next = result.fetchChunk();
  let free: (() => void) | undefined;
  for (let count = 1; ; count++) {
    const chunk = await next;
    if (chunk === null || chunk.rowCount === 0) return;
    next = result.fetchChunk();
    next.catch(() => {}); // if `take` throws, nothing waits for this chunk
    take(chunk);
    if (count % CHUNKS !== 0) continue;
    free ??= chunkCollector();
    free();
  }
}
