// What a fit takes beyond its caller's arrays: a program of its own, since a process's peak never falls. Prints JSON.
import { logisticRegression, matrix } from "downhill";

export interface Memory {
  /** Of the caller's arrays. */
  readonly dataBytes: number;
  /** Of the process at its peak, Node's own included, less these. */
  readonly beyondBytes: number;
}

const [rows, columns] = process.argv[2] === "quick" ? [10_000, 100] : [1_000_000, 100];
const X = new Float64Array(rows * columns);
for (let at = 0, state = 1; at < X.length; at++) {
  state = Math.imul(state, 0x915f77f5);
  X[at] = state / 2 ** 31;
}
const y = Float64Array.from({ length: rows }, (_, i) => (X[i * columns]! > 0 ? 1 : -1));
logisticRegression({ epochs: 3, l2: 1 / rows }).fit(matrix(X, rows, columns), y);
const dataBytes = X.byteLength + y.byteLength;
const memory: Memory = { dataBytes, beyondBytes: 1024 * process.resourceUsage().maxRSS - dataBytes };
process.stdout.write(JSON.stringify(memory));
