import { createRequire } from "node:module";

const requireHere = createRequire(import.meta.url);

/**
 * DuckDB, which is loaded at the first call. `import` takes twice as long for this CommonJS package, because it first searches
 * each file for the names of its exports.
 */
export const duckDb = (): typeof import("@duckdb/node-api") => requireHere("@duckdb/node-api");
