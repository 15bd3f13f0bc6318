// Random small objectives of every kind, each with its textbook formula.

import { type Random, random } from "../src/core/random.ts";
import type { Vector } from "../src/core/vector.ts";
import type { RowSources } from "../src/kernels/boundRows.ts";
import { column, dense } from "../src/kernels/source.ts";
import { absolute } from "../src/losses/absolute.ts";
import { crossEntropy } from "../src/losses/crossEntropy.ts";
import { halfSquared } from "../src/losses/halfSquared.ts";
import { hinge } from "../src/losses/hinge.ts";
import { huber } from "../src/losses/huber.ts";
import { logistic } from "../src/losses/logistic.ts";
import type { Loss } from "../src/losses/loss.ts";
import { pinball } from "../src/losses/pinball.ts";
import { poisson } from "../src/losses/poisson.ts";
import { squaredHinge } from "../src/losses/squaredHinge.ts";
import { factors } from "../src/predictors/factors.ts";
import { linear } from "../src/predictors/linear.ts";
import { type Activation, network } from "../src/predictors/network.ts";
import type { Predictor } from "../src/predictors/predictor.ts";
import type { Problem } from "../src/training/objective/objective.ts";
import { type RiskOptions, risk } from "../src/training/objective/risk.ts";
import {
  DELTA,
  layered,
  losses,
  number,
  paired,
  QUANTILE,
  ridge,
  type Scalar,
  scaled,
  sum,
  WIDTH,
} from "./oracles/scalar.ts";
import { normals } from "./problems.ts";

type LossName = keyof typeof losses;

/** A kind of objective: a predictor with `layers` hidden layers, or a factorization. */
export interface Kind {
  readonly loss: LossName;
  readonly predictor: "linear" | "network" | "factors";
  readonly activation: Activation;
  readonly layers: number;
  readonly biases: boolean;
}

/** One draw of a kind. */
export interface Trial {
  readonly problem: Problem;
  /** The options of the problem. */
  readonly options: RiskOptions & RowSources;
  readonly params: Float64Array;
  /** The objective by its formula. */
  textbook(params: readonly Scalar[]): Scalar;
  /** The arrays of the problem, which it must not change. */
  readonly arrays: readonly (Vector | Uint32Array)[];
  readonly shape: { readonly n: number; readonly d: number; readonly k: number; readonly hidden: readonly number[] };
  readonly weighted: boolean;
  readonly l2: number;
  readonly perRating: number;
}

const none = { activation: "relu", layers: 0, biases: false } as const;
const names = Object.keys(losses) as LossName[];

export const kinds: readonly (Kind & { readonly name: string })[] = [
  ...names.map((loss): Kind => ({ ...none, predictor: "linear", loss })),
  ...names.flatMap((loss) =>
    (["relu", "tanh", "sigmoid"] as const).flatMap((activation) =>
      [1, 2].map((layers): Kind => ({ ...none, predictor: "network", loss, activation, layers })),
    ),
  ),
  ...names.flatMap((loss) => [true, false].map((biases): Kind => ({ ...none, predictor: "factors", loss, biases }))),
].map((kind) => ({ ...kind, name: nameOf(kind) }));

function nameOf({ predictor, activation, layers, biases, loss }: Kind): string {
  const detail = { linear: "", network: ` of ${layers} ${activation}`, factors: biases ? " with biases" : "" };
  return `${predictor}${detail[predictor]} + ${loss}`;
}

const makeLoss: Record<LossName, (k: number) => Loss> = {
  halfSquared,
  logistic,
  crossEntropy,
  hinge,
  squaredHinge,
  huber: (k) => huber(DELTA, k),
  absolute: (k) => absolute(WIDTH, k),
  pinball: (k) => pinball(QUANTILE, WIDTH, k),
  poisson,
};

/** An integer from low to high. */
const integer = (draw: Random, low: number, high: number): number =>
  low + Math.floor(draw.uniform() * (high - low + 1));

function target(draw: Random, loss: LossName, k: number): number[] {
  if (loss === "crossEntropy") return [integer(draw, 0, k - 1)];
  if (/halfSquared|huber|absolute|pinball/.test(loss)) return [...normals(draw, k)];
  if (loss === "poisson") return Array.from({ length: k }, () => integer(draw, 0, 8) / 2);
  return Array.from({ length: k }, () => (draw.uniform() < 0.5 ? -1 : 1));
}

/**
 * Draw number `seed` of a kind: the bits of the seed decide whether there are weights, l2 and a penalty per pair, which then has
 * a different weight for each term in every second draw. Factors have several items per example with `crossEntropy`. `as` converts the numbers of the problem; the textbook's formula uses the drawn numbers.
 */
export function drawTrial(
  kind: Kind,
  seed: number,
  rows?: number,
  as = (numbers: Float64Array): Vector => numbers,
): Trial {
  const draw = random(seed).fork(nameOf(kind));
  const weighted = (seed & 1) !== 0;
  const l2 = (seed & 2) !== 0 ? 0.05 + draw.uniform() : 0;
  const perRating = kind.predictor === "factors" && (seed & 4) !== 0 ? 0.05 + draw.uniform() : 0;
  const n = rows ?? integer(draw, 1, 13);
  const single = kind.loss === "logistic" || (kind.predictor === "factors" && kind.loss !== "crossEntropy");
  const k = single ? 1 : integer(draw, kind.loss === "crossEntropy" ? 2 : 1, 4);
  const d = integer(draw, 1, 6);
  const hidden = Array.from({ length: kind.layers }, () => integer(draw, 1, 5));

  const y = Array.from({ length: n }, () => target(draw, kind.loss, k));
  const raw = Array.from({ length: n }, (_, i) => (i === 1 ? 0 : 0.1 + draw.uniform())); // row 1 counts nothing
  const weights = raw.map((w) => (w * n) / raw.reduce((a, b) => a + b));
  const flat = as(Float64Array.from(y.flat()));
  const arrays: (Vector | Uint32Array)[] = [flat];
  const losses_ = losses[kind.loss];
  const share = (i: number): number => (weighted ? weights[i]! : 1) / n;
  const parts = {
    loss: makeLoss[kind.loss](k),
    targets: dense({ data: flat, rows: n, columns: flat.length / n }),
    ...(weighted ? { weights: column(as(Float64Array.from(weights))) } : {}),
    l2,
  };
  const common = { arrays, shape: { n, d, k, hidden }, weighted, l2, perRating };

  if (kind.predictor === "factors") {
    const [users, items, rank, mean] = [integer(draw, 1, 5), integer(draw, 1, 5), integer(draw, 1, 4), draw.normal()];
    const user = Uint32Array.from({ length: n }, () => integer(draw, 0, users - 1));
    const item = Uint32Array.from({ length: n * k }, () => integer(draw, 0, items - 1));
    const l2Terms =
      perRating > 0 && weighted ? { userFactors: 0.5, itemFactors: 2, userBiases: 0, itemBiases: 0.7 } : undefined;
    const predictor = factors(users, items, rank, {
      mean,
      biases: kind.biases,
      perRating,
      l2Terms,
      itemsPerExample: k,
    });
    const penaltyOf = (of: "user" | "item", own: readonly Scalar[]): Scalar =>
      sum([
        ridge(perRating * (l2Terms?.[`${of}Factors`] ?? 1), own.slice(0, rank)),
        ridge(perRating * (l2Terms?.[`${of}Biases`] ?? 1), own.slice(rank)),
      ]);
    const width = kind.biases ? rank + 1 : rank;
    const row = (params: readonly Scalar[], at: number): readonly Scalar[] =>
      params.slice(at * width, (at + 1) * width);
    arrays.push(user, item);
    const options = { ...parts, predictor, inputs: predictor.inputs(user, item) };
    return {
      ...common,
      options,
      problem: risk(options),
      params: normals(draw, predictor.size),
      textbook: (params) =>
        sum([
          ...y.flatMap((target, i) => {
            const p = row(params, user[i]!);
            const own = Array.from(item.subarray(i * k, (i + 1) * k), (each) => row(params, users + each));
            const loss = losses_(
              own.map((q) => paired(p, q, rank, mean)),
              target,
            );
            const penalties = own.map((q) => sum([penaltyOf("user", p), penaltyOf("item", q)]));
            return [scaled(share(i), loss), scaled(1 / n, sum(penalties))];
          }),
          ridge(l2, params),
        ]),
    };
  }
  const X = normals(draw, n * d);
  const data = as(X);
  arrays.push(data);
  const predictor: Predictor = kind.predictor === "linear" ? linear(d, k) : network(d, hidden, k, kind.activation);
  const outs = [...hidden, k];
  const penalised = (params: readonly Scalar[]): Scalar[] => {
    let [at, width] = [0, d];
    return outs.flatMap((out) => {
      const weights = params.slice(at, at + out * width);
      at += out * width + out;
      width = out;
      return weights;
    });
  };
  const options = { ...parts, predictor, inputs: dense({ data, rows: n, columns: d }) };
  return {
    ...common,
    options,
    problem: risk(options),
    params: normals(draw, predictor.size),
    textbook: (params) =>
      sum([
        ...y.map((target, i) =>
          scaled(
            share(i),
            losses_(layered(params, [...X.subarray(i * d, (i + 1) * d)], outs, kind.activation), target),
          ),
        ),
        ridge(l2, penalised(params)),
      ]),
  };
}

export const leaves = (params: ArrayLike<number>): Scalar[] => Array.from(params, number);
