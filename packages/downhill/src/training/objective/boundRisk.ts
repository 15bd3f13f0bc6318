import type { Vector } from "../../core/vector.ts";
import type { Arena } from "../../kernels/arena.ts";
import type { BoundRows } from "../../kernels/boundRows.ts";
import { lossCodes } from "../../kernels/kernels.ts";
import { type RowBlocks, rowBlocksAt } from "../../kernels/rowBlocks.ts";
import type { RowLocation } from "../../kernels/source.ts";
import { slopeLimits } from "../../losses/limitedSlope.ts";
import type { Loss } from "../../losses/loss.ts";
import { lossFromSpec } from "../../losses/lossFromSpec.ts";
import type { Predictor } from "../../predictors/predictor.ts";
import { predictorFromSpec } from "../../predictors/predictorFromSpec.ts";
import type { RiskSpec } from "../threads/threadPool.ts";
import type { Objective } from "./objective.ts";

/** The parts of an empirical risk; its data are in the arena. */
export interface BoundParts extends BoundRows {
  readonly predictor: Predictor;
  readonly loss: Loss;
  readonly l2: number;
  readonly l1: number;
  readonly blockRows: number;
}

/** The objective of a risk, with scratch buffers of its own. */
export function bindRisk(arena: Arena, { predictor, loss, X, y, w, chunks, l2, l1, blockRows }: BoundParts): Objective {
  const { kernels, bytes } = arena;
  const pass = predictor.bind(arena, X, blockRows);
  const block = { order: null as Uint32Array | null, from: 0, to: 0 };

  /** Returns the sum of the block's losses; their slopes overwrite the scores of the pass. */
  function lossOfBlock(params: Vector): number {
    pass.forward(params.byteOffset, block);
    objective.onScores?.(params, block, pass.scores);
    return loss.sumAndSlope(kernels, pass.scores, y.at(block), w ? w.at(block) : 0, block.to - block.from);
  }

  const spec: RiskSpec | undefined = predictor.spec &&
    loss.spec && {
      predictor: predictor.spec,
      loss: loss.spec,
      X: locationOf(X),
      y: locationOf(y),
      w: w && locationOf(w),
      l2,
      l1,
      blockRows,
    };
  const inOneCall = loss.spec?.loss === "logistic" && pass.addLogistic !== undefined;
  const objective: Objective = {
    blockRows,
    work: X.entries ? workOf(predictor, X.entries.perRow) : predictor.work,
    spec,
    ...(chunks && { chunks }),
    meanGradient: l2 === 0,
    add(params, { order, from, to }, gradient, before = 0) {
      block.order = order;
      let sum = before;
      for (block.from = from; block.from < to; block.from = block.to) {
        block.to = Math.min(block.from + blockRows, to);
        if (inOneCall) {
          sum += pass.addLogistic!(params.byteOffset, block, y.at(block), w ? w.at(block) : 0, gradient.byteOffset);
          continue;
        }
        sum += lossOfBlock(params);
        sum += pass.pullback(params.byteOffset, gradient.byteOffset);
      }
      return sum;
    },
    finish(params, rows, sum, gradient) {
      const count = rows.to - rows.from;
      if (gradient && count > 1) kernels.scale(1 / count, gradient.byteOffset, gradient.length);
      let value = sum / count;
      for (const [from, to] of predictor.weights) {
        const at = params.byteOffset + from * bytes;
        if (l2 > 0) {
          value += 0.5 * l2 * kernels.dot(at, at, to - from);
          if (gradient) kernels.axpy(l2, at, gradient.byteOffset + from * bytes, to - from);
        }
        if (l1 > 0) value += l1 * kernels.sumAbsolute(at, to - from);
      }
      return value;
    },
    loss(params, { order, from, to }) {
      block.order = order;
      let sum = 0;
      for (block.from = from; block.from < to; block.from = block.to) {
        block.to = Math.min(block.from + blockRows, to);
        sum += lossOfBlock(params);
      }
      return sum;
    },
  };
  if (l1 > 0) {
    objective.proximal = (params, rate) => {
      for (const [from, to] of predictor.weights) {
        kernels.shrink(params.byteOffset + from * bytes, to - from, rate * l1);
      }
    };
  }
  if (pass.needsSparse) objective.needsSparse = true;
  const penalised = l2 > 0 || l1 > 0; // a penalty changes every parameter
  if (!penalised && pass.touched) objective.touched = (rows) => pass.touched!(rows);
  const canSweep = X.entries ? l1 === 0 : !(penalised && pass.touched);
  if (pass.bindSweep && loss.spec && canSweep) {
    if (X.entries) objective.writesAll = true;
    const sweep = pass.bindSweep({
      loss: lossCodes[loss.spec.loss],
      limits: slopeLimits(loss.spec),
      targets: y,
      weights: w,
      l2,
      l1,
    });
    objective.sweep = chunks ? (updates) => sweep({ ...updates, rows: chunks.local(updates.rows)! }) : sweep;
  }
  return objective;
}

const locationOf = ({ address, stride, entries }: RowBlocks): RowLocation => ({
  address,
  stride,
  ...(entries && { entries }),
});

/** The multiply-adds for the scores of a sparse row: each output of the first layer has one per entry. */
const workOf = ({ work, outputs, inputColumns, spec }: Predictor, perRow: number): number => {
  const first = (spec?.["hidden"] as readonly number[] | undefined)?.[0] ?? outputs;
  return work - first * (inputColumns - perRow);
};

/** The objective of a risk that another thread has bound, on the same data in shared memory. */
export function riskFromSpec(arena: Arena, spec: RiskSpec): Objective {
  const at = (location: RowLocation): RowBlocks => rowBlocksAt(arena, location, spec.blockRows);
  return bindRisk(arena, {
    ...spec,
    predictor: predictorFromSpec(spec.predictor),
    loss: lossFromSpec(spec.loss),
    X: at(spec.X),
    y: at(spec.y),
    w: spec.w && at(spec.w),
  });
}
