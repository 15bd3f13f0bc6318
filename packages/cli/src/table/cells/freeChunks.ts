// V8 does not know the size of DuckDB's chunks, so it collects them late: hundreds of them take more memory than the table.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** A function that frees the chunks that are no longer used. It takes less than a millisecond. */
export function chunkCollector(): () => void {
  setFlagsFromString("--expose-gc"); // gives new contexts the function gc
  const collect = runInNewContext("gc") as (options: { readonly type: "minor" }) => void;
  return () => collect({ type: "minor" });
}
