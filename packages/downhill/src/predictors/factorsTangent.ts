import { type Vector, viewOf } from "../core/vector.ts";
import type { Arena } from "../kernels/arena.ts";
import type { Address } from "../kernels/kernels.ts";
import type { RowBlocks } from "../kernels/rowBlocks.ts";
import type { Tangent } from "./predictor.ts";

/** The pass of a factorization, as far as its tangent needs it. */
interface FactorsPass {
  readonly rank: number;
  readonly biased: 0 | 1;
  readonly perRating: number;
  /** The address of the terms of the penalty; 0 if there are none. */
  readonly l2s: Address;
  /** The scores of the pass. */
  readonly scores: Address;
  /** Pairs of an example. */
  readonly perRow: number;
  readonly blockRows: number;
}

/**
 * The tangent of z = mean + p · q (+ b_p + b_q), with the direction (dp, dq, …) and the change t of the slope s:
 * dz = p · dq + dp · q (+ db_p + db_q); out_p += t q + s dq + c l2 dp, and the same for q.
 */
export function bindFactorsTangent(arena: Arena, inputs: RowBlocks, pass: FactorsPass): Tangent {
  const { kernels, bytes, elementType, memory } = arena;
  const { rank: r, biased, perRating, l2s } = pass;
  const blockBytes = pass.blockRows * pass.perRow * bytes;
  const changes = arena.reserve(blockBytes);
  const zeros = arena.vector(pass.blockRows * pass.perRow).byteOffset; // slopes of the call that adds the penalty alone
  let numbers: Vector | undefined; // the whole memory
  let integers: Uint32Array;
  let pairs = 0;
  let n = 0;

  return {
    scores: changes,
    linear: false,
    forward(params, v, rows) {
      pairs = inputs.at(rows);
      n = (rows.to - rows.from) * pass.perRow;
      numbers ??= viewOf(elementType, memory.buffer, 0, memory.buffer.byteLength / bytes);
      integers ??= new Uint32Array(memory.buffer);
      for (let i = 0; i < n; i++) {
        const left = integers[pairs / 4 + 2 * i]!;
        const right = integers[pairs / 4 + 2 * i + 1]!;
        const p = params / bytes + left;
        const q = params / bytes + right;
        const dp = v / bytes + left;
        const dq = v / bytes + right;
        let change = biased ? numbers[dp + r]! + numbers[dq + r]! : 0;
        for (let f = 0; f < r; f++) {
          change += numbers[p + f]! * numbers[dq + f]! + numbers[dp + f]! * numbers[q + f]!;
        }
        numbers[changes / bytes + i] = change;
      }
    },
    pullback(params, v, out) {
      kernels.pairBack(pairs, changes, params, out, 0, n, r, biased, 0);
      kernels.pairBack(pairs, pass.scores, v, out, 0, n, r, 0, 0);
      if (perRating > 0) kernels.pairBack(pairs, zeros, v, out, perRating, n, r, biased, l2s);
    },
  };
}
