// The memory that a fit needs beyond its caller's arrays. This is a program of its own, because the peak memory of a
// process never falls. It prints JSON.
import { logisticRegression, matrix } from "downhill";

export interface FitMemory {
  /** Bytes of the caller's arrays. */
  readonly dataBytes: number;
  /** Peak memory of the process, with Node's own, minus `dataBytes`. */
  readonly extraBytes: number;
}

const [rows, columns] = process.argv[2] === "quick" ? [10_000, 100] : [1_000_000, 100];
const X = new Float64Array(rows * columns);
for (let i = 0, state = 1; i < X.length; i++) {
  state = Math.imul(state, 0x915f77f5);
  X[i] = state / 2 ** 31;
}
const y = Float64Array.from({ length: rows }, (_, i) => (X[i * columns]! > 0 ? 1 : -1));
logisticRegression({ epochs: 3, l2: 1 / rows }).fit(matrix(X, rows, columns), y);
const dataBytes = X.byteLength + y.byteLength;
const memory: FitMemory = { dataBytes, extraBytes: 1024 * process.resourceUsage().maxRSS - dataBytes };
process.stdout.write(JSON.stringify(memory));
