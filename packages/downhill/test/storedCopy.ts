// Rows in memory as stored rows, for tests that compare the two.
import type { Chunks } from "../src/core/chunks.ts";
import { viewOf } from "../src/core/vector.ts";
import { allocate } from "../src/kernels/arena.ts";
import type { RowSources } from "../src/kernels/boundRows.ts";
import type { StoredRows } from "../src/kernels/storedRows.ts";
import { wasmKernels } from "../src/kernels/wasm.ts";

/** A copy of rows in chunks; `loads` lists the chunks that were loaded. */
export function storedCopy(
  { inputs, targets, weights }: RowSources,
  order: Omit<Chunks, "rows">,
): StoredRows & { readonly loads: number[] } {
  const elementType = inputs.elementType ?? targets.elementType ?? "float64";
  const pairs = inputs.elementType === undefined;
  const { rows, columns } = inputs;
  const [X, y, w] = allocate(wasmKernels, elementType, (arena) => {
    const at = [inputs, targets, ...(weights ? [weights] : [])].map((source) => source.store(arena).address);
    return (["X", "y", "w"] as const).map((part, i) => () => {
      const width = part === "X" ? columns : part === "y" ? targets.columns : 1;
      return part === "X" && pairs
        ? new Uint32Array(arena.memory.buffer, at[i], rows * width)
        : viewOf(elementType, arena.memory.buffer, at[i] ?? 0, at[i] === undefined ? 0 : rows * width);
    });
  }).map((view) => view().slice());
  const loads: number[] = [];
  return {
    ...{
      rows,
      columns,
      targets: targets.columns,
      weighted: weights !== undefined,
      elementType,
      pairs,
      loads,
      ...order,
    },
    load(chunk, intoX, intoY, intoW) {
      loads.push(chunk);
      const from = chunk * order.rowsPerChunk;
      const to = Math.min(from + order.rowsPerChunk, rows);
      intoX.set(X!.subarray(from * columns, to * columns));
      intoY.set(y!.subarray(from * targets.columns, to * targets.columns));
      intoW?.set(w!.subarray(from, to));
    },
  };
}
