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
const text = lines.join("");
if (ranks === undefined) process.stdout.write(text);
else {
  const all = gathered(Buffer.from(text));
  if (ranks.rank === 0) process.stdout.write(all); // mpirun could mix the lines of several ranks
}
pool?.close();
ranks?.close();

/** The bytes of all ranks, one rank after another. */
function gathered(bytes) {
  const { rank, size } = ranks;
  const lengths = new Float64Array(size);
  lengths[rank] = bytes.length;
  ranks.allGather(
    new Uint8Array(lengths.buffer),
    Array.from({ length: size + 1 }, (_, r) => 8 * r),
  );
  const starts = [0];
  for (const length of lengths) starts.push(starts.at(-1) + length);
  const all = Buffer.alloc(starts.at(-1));
  all.set(bytes, starts[rank]);
  ranks.allGather(all, starts);
  return all;
}
