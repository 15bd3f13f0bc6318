// The rows of a SELECT, chunk by chunk, so that they are never all in DuckDB's memory.
import type { DuckDBConnection, DuckDBDataChunk } from "@duckdb/node-api";

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
    const result = await connection.stream(sql);
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
      take(chunk);
    }
    await connection.run("SELECT 1"); // fails in an aborted transaction; COMMIT does not
    await connection.run("COMMIT");
  } catch (error) {
    await connection.run("ROLLBACK");
    if (!(error instanceof Error) || !error.message.startsWith("TransactionContext Error")) throw error;
    await connection.run(`SELECT count(COLUMNS(*)) FROM (${sql})`); // throws the first error, and keeps no rows in memory
    throw error;
  }
}
