// Every rank writes what it received: "rank of size, library: gathered and broadcast; the error of a wrong list".
import { connect } from "@downhill/mpi";

const mpi = connect();
const starts = [0, 1, 3, 6];
const bytes = new Uint8Array(6);
bytes.fill(mpi.rank, starts[mpi.rank], starts[mpi.rank + 1]);
mpi.allGather(bytes, starts);
const sent = new Uint8Array(3);
if (mpi.rank === 2) sent.set([20, 21, 22]);
mpi.broadcast(sent, 2);
let message = "";
try {
  mpi.allGather(bytes, [0, 1, 3, 5]);
} catch (error) {
  message = error.message;
}
mpi.barrier();
console.log(`${mpi.rank} of ${mpi.size}, ${mpi.library}: ${bytes.join()} and ${sent.join()}; ${message}`);
mpi.close();
