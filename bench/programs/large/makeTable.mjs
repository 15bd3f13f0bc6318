// Makes a table of about 187 bytes per row as CSV or Parquet: node makeTable.mjs ROWS FILE. 54 million rows take 10.1 GB as CSV.
import { DuckDBInstance } from "@duckdb/node-api";

const [rows, file] = process.argv.slice(2);
const noise = (seed) => `((hash(i * 37 + ${seed}) % 2000003) / 1000001.5 - 1)`;
const numbers = Array.from({ length: 18 }, (_, k) => `round(${noise(k)} * ${k % 3 === 0 ? 100 : 1}, 6) AS x${k}`);
const score = Array.from({ length: 6 }, (_, k) => `${(k % 2 ? -1 : 1) * (0.6 + k / 10)} * ${noise(k)}`).join(" + ");
const instance = await DuckDBInstance.create(":memory:", { memory_limit: "1GB" });
const connection = await instance.connect();
const columns = [
  ...numbers,
  "'city' || (hash(i * 41) % 12) AS city",
  "CASE WHEN hash(i * 43) % 50 = 0 THEN NULL ELSE hash(i * 47) % 90 END AS age",
  `CASE WHEN ${score} + ${noise(22)} > 0 THEN 'yes' ELSE 'no' END AS answer`,
];
await connection.run(
  `COPY (SELECT ${columns.join(", ")} FROM range(${Number(rows)}) t(i)) TO '${file}' ${file.endsWith(".csv") ? "(HEADER)" : ""}`,
);
