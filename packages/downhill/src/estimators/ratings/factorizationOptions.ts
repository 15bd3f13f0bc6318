import type { Pairs } from "../../core/pairs.ts";
import type { Terms } from "../../predictors/factors.ts";
import type { Order } from "../../training/order/rowOrder.ts";
import type { TrainOptions } from "../../training/trainOptions.ts";
import type { FitOptions } from "../fit/estimator.ts";
import type { DescentOptions } from "../fit/options.ts";
import type { Duplicates } from "./duplicates.ts";
import type { ImplicitLoss } from "./implicitProblem.ts";

/** Options of `matrixFactorization`. */
export interface FactorizationOptions extends Omit<DescentOptions, "order" | "l2" | "localEpochs"> {
  /**
   * The order of the ratings: "grid" processes blocks of ratings, "shuffled" draws a new order in each epoch, "replacement" draws each
   * rating independently from all ratings, "sequential" is that of the lists, and a function of the epoch returns all indices ["grid"
   * for one rating per update, otherwise "shuffled"].
   */
  readonly order?: Order;
  /**
   * "explicit": users rate items with numbers. "implicit": a pair means that the user chose the item, such as a click or a purchase;
   * there are no ratings, and items without a pair serve as negative examples ["explicit"].
   */
  readonly feedback?: "explicit" | "implicit";
  /**
   * The loss of implicit feedback. "bpr" compares two items: ln(1 + e^−(z_ui − z_uj)) for a pair (u, i) and a negative item j.
   * "logistic" is ln(1 + e^−z_ui) for a pair and ln(1 + e^z_uj) for a negative item ["bpr"].
   */
  readonly loss?: ImplicitLoss;
  /** With implicit feedback, the number of negative items for each pair. Each epoch draws others [1 for "bpr", 4 for "logistic"]. */
  readonly negatives?: number;
  /** Numbers that multiply the learning rate of each kind of parameter, with `plain` and batches of at most 256 [all 1]. */
  readonly rates?: Terms;
  /**
   * What several ratings of one pair of user and item become: "mean" is one rating, their mean; "last" is the last one in the
   * list; "error" throws ["mean"].
   */
  readonly duplicates?: Duplicates;
  /** Number of factors per user and item [10]. */
  readonly rank?: number;
  /**
   * "perRating" adds l2/2 (‖p_u‖² + ‖q_i‖² + biases²) to the loss of each rating, or of each pair of an example of implicit
   * feedback. "uniform" adds l2/2 (‖p_u‖² + biases²) once per
   * user and item ["perRating"].
   */
  readonly penalty?: "perRating" | "uniform";
  /**
   * Weight of the penalty, or for "perRating" a weight for each kind of parameter [0.1 for "perRating", 0.2 / (users + items) for
   * "uniform"; 0.05 with implicit feedback].
   */
  readonly l2?: number | Terms;
  /**
   * Whether ratings are divided by their standard deviation for training, after the mean is subtracted. The penalty, the losses
   * and `params()` are in these units; predictions are in the units of the ratings [true].
   */
  readonly standardize?: boolean;
  /** Whether each user and each item has a bias beside its factors [true]. */
  readonly biases?: boolean;
  /** The mean in each prediction, in the units of the ratings. It is not trained [the mean of the training ratings]. */
  readonly mean?: number;
  /** Predictions are limited to [lowest, highest]; null for no limits [the lowest and the highest rating]. */
  readonly scale?: readonly [number, number] | null;
}

/** Options of a factorization's `fit`. */
export interface FactorizationFitOptions extends Pick<FitOptions, "resume" | "threads" | "ranks"> {
  /**
   * Further pairs that users have rated and that are not used for training. `recommend` leaves them out, like the pairs of the
   * training ratings. Their users and items must have training ratings, which `splitRatings` ensures [none].
   */
  readonly seen?: Pairs;
}

/** Options of a factorization's `train`. */
export interface FactorizationStepOptions extends FactorizationFitOptions {
  /** The number of updates from step to step; the end of each epoch has a step, too. "epoch": only the end has one [1]. */
  readonly every?: TrainOptions["every"];
}
