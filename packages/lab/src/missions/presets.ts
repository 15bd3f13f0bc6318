// The seven programs of the two articles as states of the page.
import type { TableName } from "../state/dataFields.ts";
import { initialChoice } from "../state/field.ts";
import { initialState, type LabState } from "../state/labState.ts";
import { models } from "../state/trainingFields.ts";

/** A program of an article. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  /** The article that has the program. */
  readonly article: "first" | "second";
  /** What the article's program minimises, and its update, one formula each, in the notation of page/formula.ts. */
  readonly formulas: readonly string[];
  /** How the page's run relates to the article's program. */
  readonly sentence: string;
  readonly state: LabState;
}

type ModelName = keyof typeof models;

/** A state on the article's numbers, with plain descent on columns as they are, on all rows. */
function stateOf<Name extends ModelName>(
  table: TableName,
  name: Name,
  descent: Partial<LabState["descent"]>,
  options: object = {},
): LabState {
  const { options: initial } = initialChoice(models, name);
  return {
    ...initialState,
    data: { kind: "table", table, features: [] },
    model: { name, options: { ...initial, standardize: false, ...options } } as LabState["model"],
    descent: { ...initialState.descent, l2: 0, ...descent },
    heldOut: 0,
  };
}

const update = (rate: string, weights = "w"): string[] =>
  [weights, "b"].map((name) => `new ${name} = ${name} − ${rate} · slope of L along ${name}`);

/** The presets, in the order of the articles. */
export const presets: readonly Preset[] = [
  {
    id: "line",
    title: "A line through noisy points",
    article: "first",
    formulas: [
      "L = frac{1}{n} Σ (y − (m x + b))^{2}",
      "new m = m − 0.01 · slope of L along m",
      "new b = b − 0.01 · slope of L along b",
    ],
    sentence:
      "The page minimises half of this loss, so its learning rate is 0.02 for the same steps; m is the weight of x.",
    state: stateOf("article_line", "linear", { learningRate: 0.02, epochs: 1000 }),
  },
  {
    id: "linear",
    title: "Linear regression",
    article: "second",
    formulas: ["L = frac{1}{2 n} Σ (w x + b − y)^{2}", ...update("0.05")],
    sentence: "Each update is that of the article.",
    state: stateOf("article_linear", "linear", { learningRate: 0.05, epochs: 200, stopGradient: 0 }),
  },
  {
    id: "logistic",
    title: "Logistic regression",
    article: "second",
    formulas: [
      "p = frac{1}{1 + exp(−(w · x + b))}",
      "L = − frac{1}{n} Σ (y ln p + (1 − y) ln(1 − p))",
      ...update("0.2"),
    ],
    sentence: "Each update is that of the article.",
    state: stateOf("article_logistic", "logistic", { learningRate: 0.2, epochs: 300 }),
  },
  {
    id: "softmax",
    title: "Softmax regression",
    article: "second",
    formulas: [
      "z = W x + b",
      "p_{k} = frac{exp(z_{k})}{Σ_{j} exp(z_{j})}",
      "L = − frac{1}{n} Σ ln p of the own class",
      ...update("0.2", "W"),
    ],
    sentence: "Each update is that of the article.",
    state: stateOf("article_softmax", "softmax", { learningRate: 0.2, epochs: 300 }),
  },
  {
    id: "network",
    title: "A neural network",
    article: "second",
    formulas: [
      "h = max(0, W_{1} x + b_{1})",
      "z = W_{2} h + b_{2}",
      "L = − frac{1}{n} Σ ln p of the own class",
      "new W = W − 0.05 · slope of L along W, in batches of 64 rows",
    ],
    sentence:
      "The points are those of the article. The start and the row order come from the seed of the page, so the numbers differ a little.",
    state: stateOf(
      "article_network",
      "network",
      { learningRate: 0.05, batchSize: 64, epochs: 200 },
      { hidden: [32], activation: "relu" },
    ),
  },
  {
    id: "svm",
    title: "Linear support vector machine",
    article: "second",
    formulas: ["L = frac{1}{2} |w|^{2} + frac{C}{n} Σ max(0, 1 − y (w · x + b))", "C = 1", ...update("0.01")],
    sentence: "Each update is that of the article: l2 is 1/C.",
    state: stateOf("article_svm", "svm", { learningRate: 0.01, epochs: 500, l2: 1 }),
  },
  {
    id: "factorization",
    title: "Matrix factorization",
    article: "second",
    formulas: [
      "e = r − p_{u} · q_{i} for one rating r of user u and item i",
      "new p_{u} = p_{u} + 0.02 (e q_{i} − 0.1 p_{u})",
      "new q_{i} = q_{i} + 0.02 (e p_{u} − 0.1 q_{i})",
    ],
    sentence:
      "The ratings are those of the article. The page subtracts their mean first, and the start and the order come from its seed.",
    state: stateOf(
      "article_ratings",
      "factorization",
      { learningRate: 0.02, batchSize: 1, epochs: 80, l2: 0.1, order: "shuffled" },
      { rank: 4, biases: false },
    ),
  },
];
