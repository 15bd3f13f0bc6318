import type { Vector } from "../../core/vector.ts";
import type { Arena } from "../../kernels/arena.ts";
import { lossCodes } from "../../kernels/kernels.ts";
import { type Placed, type Resident, residentAt } from "../../kernels/rowBlocks.ts";
import type { Loss } from "../../losses/loss.ts";
import { lossFromSpec } from "../../losses/lossFromSpec.ts";
import type { Predictor } from "../../predictors/predictor.ts";
import { predictorFromSpec } from "../../predictors/predictorFromSpec.ts";
import type { Objective, RiskSpec } from "./objective.ts";

/** What an empirical risk is made of, its data in the arena. */
export interface BoundParts {
  readonly predictor: Predictor;
  readonly loss: Loss;
  readonly X: Resident;
  readonly y: Resident;
  readonly w: Resident | undefined;
  readonly l2: number;
  readonly l1: number;
  /** Rows of a block. */
  readonly blockRows: number;
}

/** The objective of a risk, with scratch of its own. */
export function bindRisk(arena: Arena, { predictor, loss, X, y, w, l2, l1, blockRows }: BoundParts): Objective {
  const { kernels, bytes } = arena;
  const pass = predictor.bind(arena, X, blockRows);
  const block = { order: null as Uint32Array | null, from: 0, to: 0 };

  /** The block's losses; their slopes then stand in the pass's scores. */
  function lossOfBlock(params: Vector): number {
    pass.forward(params.byteOffset, block);
    return loss.sumAndSlope(kernels, pass.scores, y.at(block), w ? w.at(block) : 0, block.to - block.from);
  }

  const spec: RiskSpec | undefined = predictor.spec &&
    loss.spec && {
      predictor: predictor.spec,
      loss: loss.spec,
      X: placed(X),
      y: placed(y),
      w: w && placed(w),
      l2,
      l1,
      blockRows,
    };
  const objective: Objective = {
    blockRows,
    work: predictor.work,
    spec,
    add(params, { order, from, to }, gradient) {
      block.order = order;
      let sum = 0;
      for (block.from = from; block.from < to; block.from = block.to) {
        block.to = Math.min(block.from + blockRows, to);
        sum += lossOfBlock(params);
        sum += pass.pullback(params.byteOffset, gradient.byteOffset);
      }
      return sum;
    },
    finish(params, rows, sum, gradient) {
      const count = rows.to - rows.from;
      if (count > 1) kernels.scale(1 / count, gradient.byteOffset, gradient.length);
      let value = sum / count;
      for (const [from, to] of predictor.weights) {
        const at = params.byteOffset + from * bytes;
        if (l2 > 0) {
          value += 0.5 * l2 * kernels.dot(at, at, to - from);
          kernels.axpy(l2, at, gradient.byteOffset + from * bytes, to - from);
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
  const penalised = l2 > 0 || l1 > 0; // which reaches every parameter
  if (!penalised && pass.touched) objective.touched = (rows) => pass.touched!(rows);
  const code = loss.spec && lossCodes[loss.spec.loss];
  if (pass.sweep && code !== undefined && !(penalised && pass.touched)) {
    objective.sweep = (stretch) => pass.sweep!({ ...stretch, code, targets: y, weights: w, l2, l1 });
  }
  return objective;
}

const placed = ({ address, stride }: Resident): Placed => ({ address, stride });

/** The objective of another thread's risk, on the data that lie in their memory. */
export function riskFromSpec(arena: Arena, spec: RiskSpec): Objective {
  const at = (place: Placed): Resident => residentAt(arena, place, spec.blockRows);
  return bindRisk(arena, {
    ...spec,
    predictor: predictorFromSpec(spec.predictor),
    loss: lossFromSpec(spec.loss),
    X: at(spec.X),
    y: at(spec.y),
    w: spec.w && at(spec.w),
  });
}
