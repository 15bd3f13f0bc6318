// Products H v with the Hessian of a risk, without the matrix H.
import { type Vector, viewOf } from "../../core/vector.ts";
import type { Arena } from "../../kernels/arena.ts";
import type { LossSpec } from "../../losses/loss.ts";
import { type Scored, slopeChange, timesWeights } from "../../losses/slopeChange.ts";
import type { BoundParts } from "./boundRisk.ts";
import { laneCount, laneFrom, rowsOfLane, taskMemory } from "./evaluate.ts";
import { bindLaneTree } from "./laneTree.ts";

/** The second derivatives H of an objective, as products with vectors. */
export interface Hessian {
  /**
   * out ← H v at the parameters, for three vectors in the arena. l1 has no second derivatives; at the kinks of a loss or of an
   * activation H is that of one side. Small curvatures are accurate beside large ones. The sums have a fixed order.
   */
  times(params: Vector, v: Vector, out: Vector): void;
}

/** The parts of a risk whose loss is one of the library's. */
export type SpecParts = BoundParts & { readonly loss: { readonly spec: LossSpec } };

/** The Hessian of a risk of n rows, with scratch buffers in the arena. */
export function bindHessian(arena: Arena, parts: SpecParts, n: number) {
  const { predictor, loss, X, y, w, l2, blockRows } = parts;
  const { kernels, bytes, elementType } = arena;
  const { spec } = loss;
  const k = predictor.outputs;
  const pass = predictor.bind(arena, X, blockRows);
  const tangent = pass.bindTangent!();
  const needsScores = spec.loss !== "halfSquared" || !tangent.linear;
  const view = (address: number, length: number): Vector => viewOf(elementType, arena.memory.buffer, address, length);
  const block = { order: null, from: 0, to: 0 };
  const probabilities = ["logistic", "crossEntropy"].includes(spec.loss) ? arena.vector(blockRows * k) : null;
  const { size, work } = predictor;
  const lanes = laneCount(n, work, size);
  const range = { from: 0, to: n, laneRows: rowsOfLane(n, lanes, blockRows) };
  const { results, gradients } = taskMemory(arena, { work }, size, n);
  const tree = bindLaneTree(arena, size);
  let views: { readonly scores: Vector; readonly t: Vector } | undefined;

  /**
   * Calls `visit` for each block of some lanes until it returns false, with the scores of the parameters and, if v is not null, the
   * derivatives t of the scores along v.
   */
  function eachBlock(
    params: Vector,
    v: Vector | null,
    lanes: { readonly from: number; readonly to: number },
    visit: (scored: Scored, t: Vector) => boolean,
  ): boolean {
    views ??= { scores: view(pass.scores, blockRows * k), t: view(tangent.scores, blockRows * k) };
    const { scores, t } = views;
    const end = laneFrom(range, lanes.to);
    for (block.from = laneFrom(range, lanes.from); block.from < end; block.from = block.to) {
      block.to = Math.min(block.from + blockRows, end);
      const count = block.to - block.from;
      const targets = view(y.at(block), count * loss.targets);
      const weights = w ? view(w.at(block), count) : null;
      const scored: Scored = { scores, targets, weights, n: count };
      if (needsScores) pass.forward(params.byteOffset, block);
      if (v) tangent.forward(params.byteOffset, v.byteOffset, block);
      if (!visit(scored, t)) return false;
    }
    return true;
  }

  /** Whether a condition holds for all blocks. */
  const everyBlock = (params: Vector, v: Vector | null, test: (scored: Scored, t: Vector) => boolean): boolean =>
    tree.every(lanes, n * work, eachBlock(params, v, tree.own(lanes, n * work), test));

  let at = 0; // the addresses of the product's vectors
  let along = 0;
  let sum = 0;
  function addBlock(scored: Scored, t: Vector): boolean {
    const [P, T] = [probabilities?.byteOffset ?? 0, t.byteOffset];
    if (probabilities && spec.loss === "logistic") {
      for (let i = 0; i < scored.n; i++) probabilities[i] = -Math.abs(scored.scores[i]!); // σ(z) σ(−z) is accurate from the smaller one
      kernels.sigmoid(P, scored.n);
      kernels.sigmoidBack(P, T, scored.n);
    } else if (probabilities) {
      probabilities.set(scored.scores);
      kernels.softmax(P, scored.n, k);
      kernels.softmaxBack(P, T, scored.n, k);
    } else slopeChange(spec, scored, t);
    if (probabilities && scored.weights) timesWeights(scored.weights, k, t);
    if (!tangent.linear) loss.sumAndSlope(kernels, pass.scores, y.at(block), w ? w.at(block) : 0, scored.n);
    tangent.pullback(at, along, sum);
    return true;
  }

  function times(params: Vector, v: Vector, out: Vector): void {
    at = params.byteOffset;
    along = v.byteOffset;
    const vectorOf = (l: number): Vector => (l === 0 ? out : gradients[l - 1]!);
    const own = tree.own(lanes, n * work);
    for (let l = own.from; l < own.to; l++) {
      sum = vectorOf(l).fill(0).byteOffset;
      eachBlock(params, v, { from: l, to: l + 1 }, addBlock);
    }
    tree.add(lanes, n * work, results, vectorOf);
    sum = out.byteOffset;
    kernels.scale(1 / n, sum, out.length);
    for (const [from, to] of predictor.weights) kernels.axpy(l2, along + from * bytes, sum + from * bytes, to - from);
  }

  return { times, everyBlock };
}
