// The models, the optimizers and the schedules of the library, with those of their options that the page can change.
import { choice, either, flag, integer, list, number, or, scaledStart, text } from "./field.ts";

const standardize = flag(true);
const decay = number(0.9, 0, 0.9999);
const epsilon = number(1e-8, 0, 1, "above");
const beta = { beta1: number(0.9, 0, 0.9999), beta2: number(0.999, 0, 0.999999), epsilon };

/** The models, and their own options. */
export const models = {
  linear: {
    loss: choice("squared", ["squared", "huber", "absolute", "quantile", "poisson"]),
    delta: or("auto", number(1, 0, 1e9, "above")),
    quantile: number(0.5, 0.001, 0.999),
    standardize,
  },
  logistic: { standardize },
  softmax: { standardize },
  network: {
    hidden: list([8], integer(8, 1, 64), 1, 3),
    activation: choice("tanh", ["relu", "tanh", "sigmoid"]),
    standardize,
  },
  svm: { loss: choice("hinge", ["hinge", "squaredHinge"]), standardize },
  factorization: {
    rank: integer(2, 1, 16),
    biases: flag(true),
    penalty: choice("perRating", ["perRating", "uniform"]),
    standardize,
  },
} as const;

/** The optimizers, and their own options. "auto": the model chooses the optimizer and its learning rates. */
export const optimizers = {
  auto: {},
  plain: {},
  momentum: { decay },
  nesterov: { decay },
  adaGrad: { epsilon },
  rmsProp: { decay, epsilon },
  adam: beta,
  adamW: { ...beta, decay: number(0.01, 0, 10) },
  automatic: {},
  dog: {},
} as const;

const updates = (initial: number) => integer(initial, 1, 10_000_000);
const factor = number(0.5, 0, 1, "above");

/** The schedules of the learning rate, and their own options. */
export const schedules = {
  constant: {},
  inverseTime: { decay: number(0.01, 0, 1000) },
  step: { factor, every: updates(100) },
  exponential: { factor, every: updates(100) },
  cosine: { updates: updates(1000), last: number(0.001, 0, 100, "above") },
} as const;

/** The other settings of a run. */
export const descentFields = {
  /** The learning rate, or the first one of a schedule. "auto" for the optimizers that compute it. */
  learningRate: or("auto", number(0.1, 0, 1e6, "above"), 0.1),
  /** The number of updates in which the learning rate rises first. */
  warmUp: integer(0, 0, 10_000_000),
  batchSize: or("full", integer(32, 1, 1_000_000)),
  /** "auto": the default of the model. */
  l2: or("auto", number(0, 0, 1e6)),
  l1: number(0, 0, 1e6),
  epochs: integer(200, 1, 1_000_000),
  /** The order of the rows in mini-batches; a full batch has none. */
  order: choice("shuffled", ["shuffled", "replacement", "sequential"]),
  /** "auto": the start of the model. */
  start: or("auto", or("zeros", or("random", either(scaledStart, list<number>([], number(0, -1e9, 1e9), 1, 400))))),
  /**
   * The run ends when no entry of the gradient is larger than this. "off": linear models in full batch end when at most 1e-9 of the loss
   * can still be gained; 0 ends no run.
   */
  stopGradient: or("off", number(1e-6, 0, 1e6)),
  /** The run ends this number of epochs after the best loss of validation rows, which are a fifth of the training rows. */
  patience: or("off", integer(10, 1, 10_000)),
} as const;

/** The two seeds: one for generated data, one for the held-out rows, the start and the row order. */
export const seedFields = { data: integer(1, 0, 4_294_967_295), run: integer(1, 0, 4_294_967_295) } as const;

/** What the page shows. */
export const viewFields = {
  lossScale: choice("linear", ["linear", "log"]),
  lossAxis: choice("updates", ["updates", "epochs", "examples", "seconds"]),
  /** What the loss chart shows: the loss, or its distance to the lowest known loss. */
  lossValue: choice("loss", ["loss", "distance"]),
  /** Whether the loss chart smooths the losses of the batches. */
  smooth: flag(false),
  /** How the picture of a line shows the errors. */
  errors: choice("sticks", ["none", "sticks", "squares"]),
  /** The probability from which the second of two classes is predicted. */
  threshold: number(0.5, 0, 1),
  /** The plane of the loss surface; "auto" contains the start and the optimum of a convex loss, and otherwise the path. */
  plane: choice("auto", ["auto", "path", "parameters", "random"]),
  /** The numbers of the two parameters of the plane "parameters". */
  planeX: integer(0, 0, 10_000_000),
  planeY: integer(1, 0, 10_000_000),
  /** Whether the loss surface has arrows for other learning rates. */
  arrows: flag(false),
  /** Whether the loss surface has arrows against the gradient and of the momentum. */
  directions: flag(false),
  /** Whether the picture of a network has the lines at which its first hidden units bend. */
  kinks: flag(false),
  /** The size of the picture of the model, where the page is wide. */
  size: choice("medium", ["small", "medium", "large"]),
  /** The features on the axes of the picture of the model. */
  featureX: text("", 200),
  featureY: text("", 200),
  /** The number of updates that the page does at once when a link is opened. */
  updates: integer(0, 0, 10_000_000),
  /** The mission that the page shows; "" for none. */
  mission: text("", 40),
  /** The parts of the page that are hidden. */
  hide: list<"setup" | "surface" | "step" | "runs">([], choice("setup", ["setup", "surface", "step", "runs"]), 0, 4),
  /** Whether the page is a part of another page; it then has no header. */
  embed: flag(false),
  /** Whether the settings cannot be changed. */
  lock: flag(false),
} as const;
