// Fits all cases on the ranks of the job and writes a line for each case: "rank name: hash". With the argument "alone" there are no
// ranks; with "threads" each rank has two threads.
import { createHash } from "node:crypto";
import { connect } from "@downhill/mpi";
import { threads } from "downhill";
import { cases } from "./cases.mjs";

const [mode, filter = ""] = process.argv.slice(2); // a regular expression
const ranks = mode === "alone" ? undefined : connect();
const pool = mode === "threads" ? await threads(2) : undefined;
const lines = [];
for (const { name, fit } of cases()) {
  if (!new RegExp(filter).test(name)) continue;
  const result = fit({ ...(ranks && { ranks }), ...(pool && { threads: pool }) });
  const hash = createHash("sha256").update(result).digest("hex").slice(0, 16);
  lines.push(`${ranks?.rank ?? 0} ${name}: ${hash}\n`);
}
process.stdout.write(lines.join(""));
pool?.close();
ranks?.close();
