// The rows of a SELECT, chunk by chunk, so that DuckDB never holds all of them.
import type { DuckDBConnection, DuckDBDataChunk } from "@duckdb/node-api";

/**
 * Hands each chunk of a result over, in order. An error behind the first chunks ends a streamed result without a word, but
 * it also spoils the transaction that it happens in: so there is one, and it is tried at the end.
 *
 * @throws what DuckDB says of the statement
 */
export async function eachChunk(
  connection: DuckDBConnection,
  sql: string,
  take: (chunk: DuckDBDataChunk) => void,
): Promise<void> {
  await connection.run("BEGIN TRANSACTION");
  try {
    const result = await connection.stream(sql);
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk())
      take(chunk);
    await connection.run("SELECT 1"); // fails in a spoilt transaction; COMMIT would not
    await connection.run("COMMIT");
  } catch (error) {
    await connection.run("ROLLBACK");
    if (!(error instanceof Error) || !error.message.startsWith("TransactionContext Error")) throw error;
    await connection.run(`SELECT count(COLUMNS(*)) FROM (${sql})`); // says what went wrong, and holds no rows
    throw error;
  }
}
