// Layers of linear maps with an activation between them; it uses the block size of linear.ts.
// d features, h units of a hidden layer, k outputs. Parameters: for each layer W (out × in), b (out), one after another.
import { requireOneOf, requireSize } from "../core/check.ts";
import { withSpec } from "../core/spec.ts";
import type { Address, Kernels } from "../kernels/kernels.ts";
import { rowMaps } from "../kernels/rowMaps.ts";
import { blockRowsOf } from "./linear.ts";
import { bindNetworkTangent } from "./networkTangent.ts";
import type { Predictor } from "./predictor.ts";

const WIDE = 131072; // weights of a layer that do not stay in the second cache beside their gradient; then larger blocks read them less often

/** The function of the hidden units of a network. */
export type Activation = "relu" | "tanh" | "sigmoid";

/** Each activation in place; and its slope, and a″(z) / a′(z) (null: 0), computed from the activation alone. */
const activations: Record<
  Activation,
  {
    apply(kernels: Kernels, x: Address, n: number): void;
    back(kernels: Kernels, a: Address, s: Address, n: number): void;
    bend: ((a: number) => number) | null;
  }
> = {
  relu: {
    apply: (kernels, x, n) => kernels.relu(x, n),
    back: (kernels, a, s, n) => kernels.reluBack(a, s, n),
    bend: null,
  },
  tanh: {
    apply: (kernels, x, n) => kernels.tanh(x, n),
    back: (kernels, a, s, n) => kernels.tanhBack(a, s, n),
    bend: (a) => -2 * a,
  },
  sigmoid: {
    apply: (kernels, x, n) => kernels.sigmoid(x, n),
    back: (kernels, a, s, n) => kernels.sigmoidBack(a, s, n),
    bend: (a) => 1 - 2 * a,
  },
};

/**
 * Feed-forward network: a⁰ = x; aˡ = activation(Wˡ aˡ⁻¹ + bˡ) for each hidden layer; z = W a + b for the outputs.
 *
 * The random start is normal with deviation √(2 / in) before a ReLU (He et al., 2015), √(2 / (in + out)) otherwise
 * (Glorot and Bengio, 2010), layer by layer; intercepts start at 0.
 *
 * @param d  features: numbers per example in the inputs
 * @param hidden  the number of units of each hidden layer, from the inputs on
 * @param k  outputs: scores per example
 * @param activation  of the hidden layers ["relu"]
 * @throws RangeError when d, k or a number of units is not a whole number of at least 1, or `hidden` is empty
 *
 * @example
 * ```ts
 * import { network } from "downhill";
 *
 * network(2, [8], 3, "tanh").size; // 51
 * ```
 */
export function network(d: number, hidden: readonly number[], k: number, activation: Activation = "relu"): Predictor {
  requireSize("network", "features", d);
  requireSize("network", "outputs", k);
  requireSize("network", "hidden layers", hidden.length);
  for (const h of hidden) requireSize("network", "hidden", h);
  requireOneOf("network", "activation", activation, Object.keys(activations));
  const widths = [d, ...hidden, k];
  const layers = widths.slice(1).map((out, l) => ({ in: widths[l]!, out, W: 0, b: 0 }));
  const isWide = layers.some((layer) => layer.in * layer.out >= WIDE);
  let size = 0;
  for (const layer of layers) {
    layer.W = size;
    layer.b = size + layer.in * layer.out;
    size = layer.b + layer.out;
  }
  const { apply, back, bend } = activations[activation];
  const predictor: Predictor = {
    size,
    inputColumns: d,
    outputs: k,
    weights: layers.map((layer) => [layer.W, layer.b]),
    blockRows: Math.max(isWide ? 128 : 64, blockRowsOf(Math.max(...widths))),
    work: size,
    init(params, random) {
      layers.forEach((layer, l) => {
        const he = activation === "relu" && l < hidden.length;
        const deviation = Math.sqrt(2 / (he ? layer.in : layer.in + layer.out));
        for (let i = layer.W; i < layer.b; i++) params[i] = deviation * random.normal();
        params.fill(0, layer.b, layer.b + layer.out);
      });
    },
    bind(arena, inputs, blockRows) {
      const { kernels, bytes } = arena;
      const outs = layers.map((layer) => arena.reserve(blockRows * layer.out * bytes));
      const slopes = hidden.map((h) => arena.reserve(blockRows * h * bytes));
      const scores = outs.at(-1)!;
      const scratch = arena.affineScratch();
      const first = rowMaps(arena, inputs, d);
      let X = 0;
      let n = 0;
      return {
        scores,
        forward(params, rows) {
          X = inputs.at(rows);
          n = rows.to - rows.from;
          for (let l = 0; l < layers.length; l++) {
            const layer = layers[l]!;
            const [W, b] = [params + layer.W * bytes, params + layer.b * bytes];
            if (l === 0) first.affine(X, W, b, outs[0]!, n, layer.out);
            else kernels.affine(outs[l - 1]!, W, b, outs[l]!, n, layer.in, layer.out, scratch);
            if (l < hidden.length) apply(kernels, outs[l]!, n * layer.out);
          }
        },
        pullback(params, gradient) {
          for (let l = hidden.length; l >= 0; l--) {
            const layer = layers[l]!;
            const slope = l === hidden.length ? scores : slopes[l]!;
            const [GW, Gb] = [gradient + layer.W * bytes, gradient + layer.b * bytes];
            if (l === 0) {
              first.affineBack(slope, X, GW, Gb, n, layer.out);
              break; // the inputs need no slopes
            }
            const from = outs[l - 1]!;
            kernels.affineBack(slope, from, GW, Gb, n, layer.in, layer.out, scratch);
            kernels.affineInputs(slope, params + layer.W * bytes, slopes[l - 1]!, n, layer.in, layer.out, scratch);
            back(kernels, from, slopes[l - 1]!, n * layer.in);
          }
          return 0;
        },
        bindTangent: () => bindNetworkTangent(arena, inputs, { layers, back, bend, blockRows, outs, slopes }),
      };
    },
  };
  return withSpec(predictor, { predictor: "network", features: d, hidden, outputs: k, activation });
}
