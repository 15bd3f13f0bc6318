// Joins the job, and then ends in the way of the first argument; the other ranks exchange numbers until the end of the job.
import { connect } from "@downhill/mpi";

const [way] = process.argv.slice(2);
const mpi = connect();
const numbers = new Uint8Array(8 * mpi.size);
const starts = Array.from({ length: mpi.size + 1 }, (_, r) => 8 * r);
for (let i = 0; i < 200; i++) mpi.allGather(numbers, starts);
if (mpi.rank === 1) {
  if (way === "kill") process.kill(process.pid, "SIGKILL");
  if (way === "throw") throw new Error("rank 1 fails");
  if (way === "exit") process.exit(0);
  if (way === "abort") mpi.abort(7);
}
if (way !== "end") for (;;) mpi.allGather(numbers, starts);
mpi.close();
console.log(`rank ${mpi.rank} ended`);
