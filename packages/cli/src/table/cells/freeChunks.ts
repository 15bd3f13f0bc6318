// V8 does not know the size of DuckDB's chunks, so it collects them late: hundreds of them take more memory than the table.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

type Collect = (options?: { readonly type: "minor" }) => void;

function collector(): Collect {
  setFlagsFromString("--expose-gc"); // gives new contexts the function gc
  return runInNewContext("gc") as Collect;
}

/** A function that frees the chunks that are no longer used. It takes less than a millisecond. */
export function chunkCollector(): () => void {
  const collect = collector();
  return () => collect({ type: "minor" });
}

/** Frees all memory that is no longer used, also that of large arrays, which V8 collects late. It takes some 10 ms. */
export function freeMemory(): void {
  collector()();
}
