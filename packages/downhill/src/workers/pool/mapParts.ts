// Affine maps in parts that threads share: of the rows, or of the outputs for a gradient. Each number is computed as by one thread, so it has
// the same bits.
import type { Arena } from "../../kernels/arena.ts";
import type { Address, Kernels } from "../../kernels/kernels.ts";
import type { MapJob, RunWorkers } from "../../training/threads/threadPool.ts";

const LEAST_WORK = 262144; // multiply-adds of a map that is shared: 12 µs in float32 and 24 µs in float64; half of it is slower on two threads

const FORWARD = 0;
const GRADIENT = 1;
const INPUTS = 2;

/** Does a part of a map. `bytes`: of a number; `scratch`: AFFINE_SCRATCH bytes of this thread. */
export function doMapPart(kernels: Kernels, bytes: number, scratch: Address, { numbers }: MapJob, part: number): void {
  const [map, p, q, r, s, n, d, k, size] = numbers as MapNumbers;
  const from = part * size;
  const [ofInputs, ofOutputs] = [d * bytes, k * bytes];
  if (map === GRADIENT) {
    const at = from * bytes;
    kernels.affineBackColumns(
      p + at,
      ofOutputs,
      q,
      r + from * ofInputs,
      s + at,
      n,
      d,
      Math.min(size, k - from),
      scratch,
    );
    return;
  }
  const rows = Math.min(size, n - from);
  if (map === FORWARD) kernels.affine(p + from * ofInputs, q, r, s + from * ofOutputs, rows, d, k, scratch);
  else kernels.affineInputs(p + from * ofOutputs, q, r + from * ofInputs, rows, d, k, scratch);
}

/** The map, its four addresses in the order of the kernel's arguments (0 for a missing one), n, d, k, and the rows or outputs of a part. */
type MapNumbers = readonly [number, Address, Address, Address, Address, number, number, number, number];

/**
 * The kernels of an arena, whose large affine maps are shared by threads.
 *
 * @param threads  their number, with the caller's own
 * @param workers  the other threads; null: the caller's thread does all
 */
export function sharedMaps(
  { kernels, bytes }: Pick<Arena, "kernels" | "bytes">,
  threads: number,
  workers: () => RunWorkers | null,
): Kernels {
  /** A map whose parts have a multiple of `unit` rows or outputs. */
  const shared =
    (map: number, unit: number, alone: Kernels["affine"]): Kernels["affine"] =>
    (p, q, r, s, n, d, k, scratch) => {
      const sharing = n * d * k >= LEAST_WORK ? workers() : null;
      if (!sharing) return alone(p, q, r, s, n, d, k, scratch);
      const count = map === GRADIENT ? k : n;
      const size = Math.ceil(count / threads / unit) * unit;
      const job: MapJob = { kind: "map", numbers: [map, p, q, r, s, n, d, k, size] };
      sharing.share(Math.ceil(count / size), job, (part) => doMapPart(kernels, bytes, scratch, job, part));
    };
  const { affine, affineBack, affineInputs } = kernels;
  const inputs = shared(INPUTS, 4, (S, W, T, _, n, d, k, scratch) => affineInputs(S, W, T, n, d, k, scratch));
  return {
    ...kernels,
    affine: shared(FORWARD, 4, affine),
    affineBack: shared(GRADIENT, 8, affineBack),
    affineInputs: (S, W, T, n, d, k, scratch) => inputs(S, W, T, 0, n, d, k, scratch),
  };
}
