// The parameters of a new user, from ratings and the factors of the items.
import { InputRangeError } from "../../core/check.ts";
import { solvePositiveDefinite } from "../../core/cholesky.ts";
import type { Terms } from "../../predictors/factors.ts";
import type { FactorizationData } from "./factorization.ts";

/** The ratings of a user: the positions of the items in the model, and the standardized ratings. */
export interface UserRatings {
  readonly items: Uint32Array;
  readonly ratings: Float64Array;
}

/** The weight of the penalty on the factors of a user, or on the bias. */
export function userPenalty({ l2 }: FactorizationData["options"], ofBias: boolean): number {
  if (typeof l2 === "number") return l2;
  const terms = l2 as Terms;
  return ofBias ? terms.userBiases : terms.userFactors;
}

/**
 * The parameters θ = (p, b) of a user that minimise Σ ½ (y_i − b_i − b − p · q_i)² + m · l2/2 (‖p‖² + b²) over the n ratings of the
 * user: the part of the objective of the training that the user changes. With the penalty per rating m = n; with the uniform
 * penalty m is the number of training ratings, because the objective is their mean. The solution is that of the normal equations.
 *
 * @returns null if the solution is not unique
 */
export function userRow(
  { settings, options, users, params }: FactorizationData,
  own: UserRatings,
): Float64Array | null {
  const { rank, biases, penalty } = settings;
  const width = rank + (biases ? 1 : 0);
  const A = new Float64Array(width * width);
  const b = new Float64Array(width);
  const q = new Float64Array(width).fill(1); // the factors of an item, and 1 for the bias of the user
  own.items.forEach((item, at) => {
    const from = (users.length + item) * width;
    for (let f = 0; f < rank; f++) q[f] = params[from + f]!;
    const y = own.ratings[at]! - (biases ? params[from + rank]! : 0);
    for (let f = 0; f < width; f++) {
      for (let g = 0; g <= f; g++) A[f * width + g]! += q[f]! * q[g]!;
      b[f]! += q[f]! * y;
    }
  });
  const count = penalty === "perRating" ? own.items.length : trainingRatings(options);
  for (let f = 0; f < width; f++) A[f * width + f]! += count * userPenalty(options, f === rank);
  return solvePositiveDefinite(A, b) ? b : null;
}

function trainingRatings({ ratings }: FactorizationData["options"]): number {
  if (typeof ratings === "number") return ratings;
  throw new InputRangeError(
    `foldIn: the model must have the number of its training ratings, got one of an earlier version. Train it again.`,
  );
}
