import { lossCurve, panels, ratingMatrices } from "@downhill/plots";
import { formatNumber, formatPercent } from "@downhill/plots/format";
import { formulaFactorization, plottedLossFactorization } from "../programs/correctedRuns.ts";
import { type FactorizationProgram, predictedTable } from "../programs/factorization.ts";
import { lossRises } from "./lossRises.ts";
import { ratePart } from "./ratePart.ts";
import { type Figure, lossFigure, type Part, type Section } from "./section.ts";

export const factorizationSection = (article: FactorizationProgram): Section => ({
  title: "Matrix factorization",
  parts: [
    {
      paragraphs: [
        "Thirty users gave 301 ratings to 25 items, so 449 of the 750 cells of the table have no rating. The model learns " +
          "four numbers for each user and four for each item. The prediction of a rating is the dot product of the " +
          "user's and the item's four numbers. " +
          "Each step uses one rating, and the ratings are shuffled before each epoch.",
        "The cells without a rating show how well the model predicts, because the program that made the data knows the " +
          `true ratings, without noise. On these cells the root mean squared error is ${formatNumber(article.unseenError, 3)}. A table of ` +
          `zeros would have ${formatNumber(errorOfZeros(article), 3)}.`,
      ],
      figures: [
        lossFigure("factorization", article.losses, "Loss", "The loss that the article plots rises."),
        tablesFigure(
          "factorization-ratings",
          "Observed and predicted ratings",
          [
            { name: "Observed", values: observed(article) },
            { name: "Predicted", values: predictedTable(article.fitted) },
          ],
          "Hatched cells have no rating.",
        ),
      ],
    },
    wrongPart(article, plottedLossFactorization()),
    ratePart("factorization", article.fit, 2),
    formulaPart(article, formulaFactorization()),
  ],
});

function wrongPart(
  { losses, objective, errors, epochs }: FactorizationProgram,
  onPlottedLoss: FactorizationProgram,
): Part {
  const last = epochs - 1;
  const penalty = (total: Float64Array, epoch: number): number => total[epoch]! - errors[epoch]!;
  const row = (name: string, at: (epoch: number) => number): string[] => [
    name,
    ...[0, last].map((epoch) => formatNumber(at(epoch))),
  ];
  return {
    title: "What goes wrong",
    paragraphs: [
      `The plotted loss rises from ${formatNumber(losses[0]!)} to ${formatNumber(losses.at(-1)!)}, in ${lossRises(losses).rises} of the 79 epochs ` +
        "after the first. Yet training works. The plotted loss is not the objective that training minimises.",
      "The article's loop adds the penalty 0.1 (‖p‖² + ‖q‖²) in each step, where p and q are the four numbers of the " +
        "rating's user and item. So training minimises the mean of e² + 0.1 (‖p‖² + ‖q‖²) over the ratings, where e is " +
        `the error of a rating. This mean falls in every epoch, from ${formatNumber(objective[0]!)} to ${formatNumber(objective.at(-1)!)}.`,
      "The article plots another number: the mean of e² plus the penalty of all users and items. The errors are averaged, " +
        "but the penalties are summed.",
      "The table below shows the two parts of each number. The errors become smaller: the mean of e² " +
        `falls from ${formatNumber(errors[0]!)} to ${formatNumber(errors[last]!)}. The factors become longer, so the penalty in the ` +
        `plotted loss grows from ${formatNumber(penalty(losses, 0))} to ${formatNumber(penalty(losses, last))}, and at the end it is ` +
        `${formatPercent(penalty(losses, last) / losses[last]!)} of the plotted loss. This growth is larger than the fall of the errors. ` +
        `In the training objective the penalty grows only from ${formatNumber(penalty(objective, 0))} to ` +
        `${formatNumber(penalty(objective, last))}, which is less than the errors fall.`,
      "The plotted loss would be a bad objective. The plotted loss is lowest at P = 0 and Q = 0, where it is the mean of the squared " +
        `ratings. A run that minimises the plotted loss ends there, at ${formatNumber(onPlottedLoss.losses.at(-1)!)}, and ` +
        "predicts 0 for every rating.",
    ],
    table: {
      head: ["", "After epoch 1", `After epoch ${epochs}`],
      rows: [
        row("Mean of e²", (epoch) => errors[epoch]!),
        row("Penalty in the plotted loss", (epoch) => penalty(losses, epoch)),
        row("Plotted loss", (epoch) => losses[epoch]!),
        row("Penalty in the training objective", (epoch) => penalty(objective, epoch)),
        row("Training objective", (epoch) => objective[epoch]!),
      ],
    },
    figures: [
      {
        name: "factorization-objective",
        spec: lossCurve({
          title: "One run, two curves",
          runs: [
            { name: "plotted loss", values: losses },
            { name: "training objective", values: objective },
          ],
        }),
        caption: "In the article's run the plotted loss rises while the training objective falls.",
      },
      {
        name: "factorization-plotted-loss",
        spec: lossCurve({ title: "Training on the plotted loss", runs: [{ values: onPlottedLoss.losses }] }),
        caption: "This run minimises the loss that the article plots, and ends where all factors are 0.",
      },
    ],
  };
}

function formulaPart(article: FactorizationProgram, run: FactorizationProgram): Part {
  return {
    title: "Training on the article's formula",
    paragraphs: [
      "The article's text gives a third formula, Σ e² + 0.1 (‖P‖² + ‖Q‖²). The formula is the sum of the squared errors plus the " +
        "penalty of all users and items. The run below minimises this formula divided by the 301 ratings, and the chart " +
        "plots the same number.",
      `The curve falls in every epoch, from ${formatNumber(run.objective[0]!)} to ${formatNumber(run.objective.at(-1)!)}. On the cells ` +
        `without a rating the root mean squared error is ${formatNumber(run.unseenError, 3)}, a little more than the ` +
        `${formatNumber(article.unseenError, 3)} of the article's run. The reason is the penalty: a user or an item has about ten ` +
        "ratings, the article's loop adds its penalty once per rating, and the formula adds it only once.",
    ],
    figures: [
      {
        name: "factorization-formula-loss",
        spec: lossCurve({
          title: "The formula in each epoch",
          runs: [{ values: run.objective }],
          yName: "Formula / 301",
        }),
        caption:
          "The ratings, the start and the orders are the article's. The plotted loss is the one that training minimises.",
      },
      tablesFigure(
        "factorization-formula-ratings",
        "Predicted and true ratings",
        [
          { name: "Predicted", values: predictedTable(run.fitted) },
          { name: "True", values: run.data["R_full"] as Float64Array },
        ],
        "The true ratings have no noise. Training does not use them.",
      ),
    ],
  };
}

/** Tables of ratings with one colour scale, side by side; on a narrow screen one below the other. */
function tablesFigure(
  name: string,
  title: string,
  tables: readonly { readonly name: string; readonly values: Float64Array }[],
  caption: string,
): Figure {
  const matrices = tables.map((table) => ({ ...table, rows: 30, columns: 25 }));
  const charts = matrices.map((matrix) => ratingMatrices({ title: matrix.name, matrices: [{ ...matrix, name: "" }] }));
  return {
    name,
    spec: ratingMatrices({ title, matrices }),
    narrow: { spec: panels({ title, charts, columns: 1 }), height: 820 },
    caption,
  };
}

const observed = ({ data }: FactorizationProgram): Float64Array => {
  const mask = data["mask"] as Float64Array;
  return (data["R"] as Float64Array).map((rating, at) => (mask[at] ? rating : NaN));
};

const errorOfZeros = ({ data }: FactorizationProgram): number => {
  const mask = data["mask"] as Float64Array;
  const unseen = (data["R_full"] as Float64Array).filter((_, at) => !mask[at]);
  return Math.sqrt(unseen.reduce((sum, rating) => sum + rating * rating, 0) / unseen.length);
};
