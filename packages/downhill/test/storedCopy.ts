// Rows in memory as stored rows, for tests that compare the two.
import type { Chunks } from "../src/core/chunks.ts";
import { type ElementType, type Vector, viewOf } from "../src/core/vector.ts";
import { allocate } from "../src/kernels/arena.ts";
import type { RowSources } from "../src/kernels/boundRows.ts";
import type { Source } from "../src/kernels/source.ts";
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
  const copyOf = (source: Source, type: ElementType): Vector | Uint32Array =>
    allocate(wasmKernels, type, (arena) => {
      const { address } = source.store(arena);
      const length = rows * source.columns;
      return () =>
        source === inputs && pairs
          ? new Uint32Array(arena.memory.buffer, address, length)
          : viewOf(type, arena.memory.buffer, address, length);
    })().slice();
  const X = copyOf(inputs, elementType);
  const y = copyOf(targets, "float64");
  const w = weights && copyOf(weights, "float64");
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
      intoX.set(X.subarray(from * columns, to * columns));
      intoY.set(y.subarray(from * targets.columns, to * targets.columns));
      intoW?.set(w!.subarray(from, to));
    },
  };
}
