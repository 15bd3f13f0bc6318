import { type MpiLibrary, openLibrary } from "./library.ts";

/** The processes of an MPI job, and this process among them. Pass it as the option `ranks` of `fit` or `train`. */
export interface Communicator {
  /** The number of this process: 0 … size − 1. */
  readonly rank: number;
  /** The number of processes. */
  readonly size: number;
  /** Name and version of the MPI library: "Open MPI 4.1.4". */
  readonly library: string;
  /**
   * Fills a list with the parts of all processes: process r has written the bytes starts[r] … starts[r + 1] − 1, and afterwards each
   * process has all bytes. No number is added or rounded.
   *
   * @param starts  size + 1 integers that rise from 0 to the length of the list, the same in all processes
   */
  allGather(bytes: Uint8Array, starts: readonly number[]): void;
  /** Copies the bytes of process `root` to all others; all pass lists of the same length. */
  broadcast(bytes: Uint8Array, root?: number): void;
  /** Waits until all processes have called it. */
  barrier(): void;
  /** Ends all processes of the job, this one included, with an exit code. */
  abort(code: number): void;
  /** Ends the use of MPI. Each process must call it before it exits, or the job counts as failed. */
  close(): void;
}

const MOST = 2 ** 31 - 1; // MPI counts with 32-bit integers

// MPI itself waits in a loop. This takes the processor from other ranks if there are more ranks than processors, so a process here
// sleeps between its tests as soon as it has waited for longer than the operation needs.
const SPIN = 0.2; // ms
const SPIN_PER_BYTE = 4e-6; // ms; 0.25 GB/s
const SLEEP = 0.05; // ms

/**
 * Joins the processes that `mpirun` or a scheduler started. A process that was started alone is rank 0 of 1.
 *
 * The library is that of the computer: the one at the path in the variable DOWNHILL_MPI_LIBRARY, or the first that the system finds. A
 * sum over all processes checks that its interface was recognised correctly.
 *
 * @throws Error if there is no library, its interface is unknown, or the check fails
 */
export function connect(path: string | undefined = process.env["DOWNHILL_MPI_LIBRARY"]): Communicator {
  const library = openLibrary(path || undefined);
  const calls = bind(library);
  const { abi } = library;
  const { world } = abi;
  check("MPI_Init", calls.init(null, null));
  const rank = numberOf("MPI_Comm_rank", (out) => calls.rank(world, out));
  const size = numberOf("MPI_Comm_size", (out) => calls.size(world, out));
  const request = new Uint8Array(64); // an MPI_Request has at most 8 bytes
  const status = new Uint8Array(256); // an MPI_Status has at most 48
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  const sum = Float64Array.of(rank + 1, 1);
  check("MPI_Allreduce", calls.sum(abi.inPlace, sum, sum.length, abi.double, abi.sum, world));
  const expected = (size * (size + 1)) / 2;
  if (sum[0] !== expected || sum[1] !== size) {
    throw new Error(
      `connect: the sum of 1 … ${size} over all processes must be ${expected}, got ${sum[0]}. ` +
        `The interface of ${library.path} is not that of ${abi.name}. Set DOWNHILL_MPI_LIBRARY to another library.`,
    );
  }

  function broadcast(bytes: Uint8Array, root = 0): void {
    for (let at = 0; at < bytes.length; at += MOST) {
      const part = bytes.subarray(at, Math.min(bytes.length, at + MOST));
      wait("MPI_Ibcast", part.length, (request) => calls.broadcast(part, part.length, abi.byte, root, world, request));
    }
  }

  /** Starts an operation and waits for its end. */
  function wait(name: string, bytes: number, start: (request: Uint8Array) => number): void {
    check(name, start(request));
    const spinUntil = performance.now() + SPIN + bytes * SPIN_PER_BYTE;
    while (numberOf("MPI_Test", (out) => calls.test(request, out, status)) === 0) {
      if (performance.now() > spinUntil) Atomics.wait(sleeper, 0, 0, SLEEP);
    }
  }

  return {
    rank,
    size,
    library: library.version,
    broadcast,
    allGather(bytes, starts) {
      checkStarts(starts, size, bytes.length);
      if (bytes.length > MOST) {
        for (let root = 0; root < size; root++) broadcast(bytes.subarray(starts[root], starts[root + 1]), root);
        return;
      }
      const counts = Int32Array.from({ length: size }, (_, r) => starts[r + 1]! - starts[r]!);
      const from = Int32Array.from(starts.slice(0, size));
      wait("MPI_Iallgatherv", bytes.length, (request) =>
        calls.gather(abi.inPlace, 0, abi.byte, bytes, counts, from, abi.byte, world, request),
      );
    },
    barrier: () => wait("MPI_Ibarrier", 0, (request) => calls.barrier(world, request)),
    abort: (code) => check("MPI_Abort", calls.abort(world, code)),
    close: () => check("MPI_Finalize", calls.finalize()),
  };
}

function bind({ abi: { handle }, function: declared }: MpiLibrary) {
  return {
    init: declared("int MPI_Init(void*, void*)"),
    rank: declared(`int MPI_Comm_rank(${handle}, _Out_ int*)`),
    size: declared(`int MPI_Comm_size(${handle}, _Out_ int*)`),
    sum: declared(`int MPI_Allreduce(void*, void*, int, ${handle}, ${handle}, ${handle})`),
    gather: declared(`int MPI_Iallgatherv(void*, int, ${handle}, void*, void*, void*, ${handle}, ${handle}, void*)`),
    broadcast: declared(`int MPI_Ibcast(void*, int, ${handle}, int, ${handle}, void*)`),
    barrier: declared(`int MPI_Ibarrier(${handle}, void*)`),
    test: declared("int MPI_Test(void*, _Out_ int*, void*)"),
    abort: declared(`int MPI_Abort(${handle}, int)`),
    finalize: declared("int MPI_Finalize()"),
  };
}

function check(name: string, code: number): void {
  if (code === 0) return;
  throw new Error(`${name}: the MPI library returned the error ${code}. Another process of the job may have ended.`);
}

function numberOf(name: string, call: (out: [number]) => number): number {
  const out: [number] = [0];
  check(name, call(out));
  return out[0];
}

function checkStarts(starts: readonly number[], size: number, length: number): void {
  const rises = starts.every((at, r) => Number.isInteger(at) && at >= (r === 0 ? 0 : starts[r - 1]!));
  if (starts.length === size + 1 && starts[0] === 0 && starts[size] === length && rises) return;
  throw new RangeError(
    `allGather: starts must be ${size + 1} integers that rise from 0 to ${length}, got ${starts.join(", ")}. ` +
      "Pass the same list in every process.",
  );
}
