import { type Vector, viewOf } from "../core/vector.ts";
import type { Arena } from "../kernels/arena.ts";
import type { Address, Kernels } from "../kernels/kernels.ts";
import type { RowBlocks } from "../kernels/rowBlocks.ts";
import { rowMaps } from "../kernels/rowMaps.ts";
import type { Tangent } from "./predictor.ts";

/** The pass of a network, as far as its tangent needs it. */
interface NetworkPass {
  /** The widths of each layer, and the indices of its weights and intercepts in the parameters. */
  readonly layers: readonly { readonly in: number; readonly out: number; readonly W: number; readonly b: number }[];
  /** s ← s · a′(z), from the activations. */
  back(kernels: Kernels, a: Address, s: Address, n: number): void;
  /** a″(z) / a′(z), from the activation a; null if it is 0. */
  readonly bend: ((a: number) => number) | null;
  readonly blockRows: number;
  /** The outputs of each layer; those of the last layer are the scores. */
  readonly outs: readonly Address[];
  /** Scratch buffers of the pass for the slopes of each hidden layer. */
  readonly slopes: readonly Address[];
}

/**
 * The tangent of a network along the direction (V, c) of each layer's (W, b). For the changes dz of the sums and da of the
 * activations: dz = W da + V a + c with the a and da of the layer before, da = a′(z) dz. For the slopes s of the sums and their
 * changes ds: out_W += ds aᵀ + s daᵀ, out_b += ds; the slopes of the layer before are e = Wᵀ s and de = Wᵀ ds + Vᵀ s, and its
 * changes are ds = a′(z) de + a″(z) dz e. At the kinks of a ReLU a″ counts as 0.
 */
export function bindNetworkTangent(arena: Arena, inputs: RowBlocks, pass: NetworkPass): Tangent {
  const { kernels, bytes, elementType, memory } = arena;
  const { layers, back, bend, blockRows, outs, slopes } = pass;
  const scratch = arena.affineScratch();
  const last = layers.length - 1;
  const reserve = (width: number): Address => arena.reserve(blockRows * width * bytes);
  const changes = layers.map((layer) => reserve(layer.out)); // da; for the scores dz, later ds
  const slopeChanges = layers.slice(0, last).map((layer) => reserve(layer.out));
  const widest = Math.max(...layers.map((layer) => layer.out));
  const product = reserve(widest); // one of two products that are added
  const zeros = arena.vector(widest).byteOffset;
  const unused = arena.reserve(widest * bytes);
  const view = (address: Address, l: number): Vector =>
    viewOf(elementType, memory.buffer, address, blockRows * layers[l]!.out);
  let views: { readonly a: Vector; readonly da: Vector; readonly e: Vector; readonly ds: Vector }[] | undefined;

  /** ds += a″(z) / a′(z) · da · e for the n numbers of hidden layer l. */
  function addBend(ratio: (a: number) => number, l: number, n: number): void {
    views ??= slopes.map((e, l) => ({
      a: view(outs[l]!, l),
      da: view(changes[l]!, l),
      e: view(e, l),
      ds: view(slopeChanges[l]!, l),
    }));
    const { a, da, e, ds } = views[l]!;
    for (let i = 0; i < n; i++) ds[i]! += ratio(a[i]!) * da[i]! * e[i]!;
  }

  const first = rowMaps(arena, inputs, layers[0]!.in);
  let X = 0;
  let n = 0;
  return {
    scores: changes[last]!,
    linear: false,
    forward(params, v, rows) {
      X = inputs.at(rows);
      n = rows.to - rows.from;
      for (let l = 0; l <= last; l++) {
        const layer = layers[l]!;
        const change = changes[l]!;
        const [V, c] = [v + layer.W * bytes, v + layer.b * bytes];
        if (l === 0) first.affine(X, V, c, change, n, layer.out);
        else {
          kernels.affine(outs[l - 1]!, V, c, change, n, layer.in, layer.out, scratch);
          const W = params + layer.W * bytes;
          kernels.affine(changes[l - 1]!, W, zeros, product, n, layer.in, layer.out, scratch);
          kernels.add(product, change, n * layer.out);
        }
        if (l < last) back(kernels, outs[l]!, change, n * layer.out);
      }
    },
    pullback(params, v, out) {
      for (let l = last; l >= 0; l--) {
        const layer = layers[l]!;
        const slope = l === last ? outs[l]! : slopes[l]!;
        const slopeChange = l === last ? changes[l]! : slopeChanges[l]!;
        const [outW, outB] = [out + layer.W * bytes, out + layer.b * bytes];
        if (l === 0) {
          first.affineBack(slopeChange, X, outW, outB, n, layer.out);
          break; // the inputs do not change and need no slopes
        }
        kernels.affineBack(slopeChange, outs[l - 1]!, outW, outB, n, layer.in, layer.out, scratch);
        kernels.affineBack(slope, changes[l - 1]!, outW, unused, n, layer.in, layer.out, scratch);
        const [e, de, size] = [slopes[l - 1]!, slopeChanges[l - 1]!, n * layer.in];
        kernels.affineInputs(slope, params + layer.W * bytes, e, n, layer.in, layer.out, scratch);
        kernels.affineInputs(slopeChange, params + layer.W * bytes, de, n, layer.in, layer.out, scratch);
        kernels.affineInputs(slope, v + layer.W * bytes, product, n, layer.in, layer.out, scratch);
        kernels.add(product, de, size);
        back(kernels, outs[l - 1]!, de, size);
        if (bend) addBend(bend, l - 1, size);
        back(kernels, outs[l - 1]!, e, size);
      }
    },
  };
}
