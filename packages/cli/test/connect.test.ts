// Connections to DuckDB: those of one process share a database, and nothing in it.
import { expect, test } from "vitest";
import { connect } from "../src/table/files/connect.ts";

const setting = async (connection: Awaited<ReturnType<typeof connect>>, name: string) =>
  String((await (await connection.run(`SELECT current_setting('${name}')`)).getRows())[0]![0]);

test("a connection has neither the tables nor the settings of another one", async () => {
  const first = await connect({ kind: "file" });
  const before = await setting(first, "streaming_buffer_size");
  await first.run("CREATE TEMP TABLE result (x INTEGER)");
  await first.run("SET streaming_buffer_size = '3MB'");
  const second = await connect({ kind: "file" });
  await expect(second.run("SELECT * FROM result")).rejects.toThrow("result does not exist");
  expect(await setting(second, "streaming_buffer_size")).toBe(before);
});

test("queries have one thread and cannot change it, before and after a file is open", async () => {
  for (const kind of ["query", "file", "query"] as const) {
    const connection = await connect({ kind });
    if (kind === "file") await connection.run("SET threads = 3");
    else {
      expect(await setting(connection, "threads")).toBe("1");
      await expect(connection.run("SET threads = 4")).rejects.toThrow("locked");
    }
  }
});

test("a connection that uses little memory does not change the limit of others", async () => {
  const limits = [];
  for (const streamed of [false, true, false])
    limits.push(await setting(await connect({ kind: "file" }, streamed), "memory_limit"));
  expect(limits[1]).toBe("152.5 MiB");
  expect(limits[0]).toBe(limits[2]);
  expect(limits[0]).not.toBe(limits[1]);
});
