import { lossCurve, panels, ratingMatrices } from "@downhill/plots";
import { formatNumber } from "@downhill/plots/format";
import { plottedFactorization, steadyFactorization } from "../programs/correctedRuns.ts";
import { type FactorizationProgram, rebuilt } from "../programs/factorization.ts";
import { jumpsOf } from "./lossRises.ts";
import { type Figure, lossFigure, type Part, type Section } from "./section.ts";

export const factorizationSection = (article: FactorizationProgram): Section => ({
  title: "Matrix factorization",
  parts: [
    {
      paragraphs: [
        "Thirty users, 25 items and 301 ratings out of 750. Every user and every item gets four numbers, and a rating is " +
          "the sum of their products. Each step looks at one rating, in an order that is shuffled on from epoch to epoch.",
        `On the 449 cells without a rating the rebuilt table misses the ratings before noise by ${formatNumber(article.unseenError, 3)} ` +
          "(root mean square), where a table of zeros misses them by " +
          `${formatNumber(missOfZeros(article), 3)}.`,
      ],
      figures: [
        lossFigure("factorization", article.losses, "Loss", "The article's curve: it rises."),
        tables(
          "factorization-ratings",
          "Ratings, observed and rebuilt",
          [
            { name: "Observed", values: observed(article) },
            { name: "Rebuilt", values: rebuilt(article.fitted) },
          ],
          "Hatched cells have no rating.",
        ),
      ],
    },
    wrongPart(article, plottedFactorization()),
    steadyPart(article, steadyFactorization()),
  ],
});

function wrongPart({ losses, descended }: FactorizationProgram, asPlotted: FactorizationProgram): Part {
  return {
    title: "What goes wrong",
    paragraphs: [
      `The plotted loss rises from ${formatNumber(losses[0]!)} to ${formatNumber(losses.at(-1)!)}, in ${jumpsOf(losses).rises} of the 79 epochs ` +
        "after the first. Yet the run is sound. It is the curve that shows something else than what is descended.",
      "The loop adds the penalty 0.1 (‖p‖² + ‖q‖²) at every rating, so it descends the mean over the ratings of " +
        "e² + 0.1 (‖p‖² + ‖q‖²), with the rows of that rating's user and item. That mean falls in every epoch, from " +
        `${formatNumber(descended[0]!)} to ${formatNumber(descended.at(-1)!)}. The curve adds the penalty of all rows to the mean of e²: the ` +
        "penalty is summed, the errors are averaged, and growing factors look like a growing loss.",
      "Nobody should descend the plotted number: its lowest value is at P = 0 and Q = 0, where it is the mean of the " +
        `squared ratings. A run that descends it ends there, at ${formatNumber(asPlotted.losses.at(-1)!)}, and predicts 0 for ` +
        "every rating.",
    ],
    figures: [
      {
        name: "factorization-objective",
        spec: lossCurve({
          title: "One run, two curves",
          runs: [
            { name: "plotted", values: losses },
            { name: "descended", values: descended },
          ],
        }),
        caption: "The article's run: what it plots rises while what it descends falls.",
      },
      {
        name: "factorization-as-plotted",
        spec: lossCurve({ title: "The plotted loss, descended", runs: [{ values: asPlotted.losses }] }),
        caption: "A run that descends the plotted loss: it falls to where all factors are 0.",
      },
    ],
  };
}

function steadyPart(article: FactorizationProgram, steady: FactorizationProgram): Part {
  return {
    title: "The article's formula, descended",
    paragraphs: [
      "The article's text states Σ e² + 0.1 (‖P‖² + ‖Q‖²): the sum of the squared errors, and every row's penalty once. " +
        "Descending this, and plotting it divided by the 301 ratings, is a run whose curve means what it says.",
      `The curve falls in every epoch, from ${formatNumber(steady.descended[0]!)} to ${formatNumber(steady.descended.at(-1)!)}. On the cells ` +
        `without a rating the table misses by ${formatNumber(steady.unseenError, 3)}, a little more than the article's run with ` +
        `${formatNumber(article.unseenError, 3)}: its penalty is about ten times weaker, since a row has about ten ratings.`,
    ],
    figures: [
      {
        name: "factorization-steady-loss",
        spec: lossCurve({
          title: "The formula in each epoch",
          runs: [{ values: steady.descended }],
          yName: "Formula / 301",
        }),
        caption: "Same ratings, same start, same orders; plotted is what is descended.",
      },
      tables(
        "factorization-steady-ratings",
        "Ratings, rebuilt and true",
        [
          { name: "Rebuilt", values: rebuilt(steady.fitted) },
          { name: "Before noise", values: steady.data["R_full"] as Float64Array },
        ],
        "The ratings before noise were never shown to the program.",
      ),
    ],
  };
}

/** Tables of ratings side by side on one colour scale; one above the other where the screen is narrow. */
function tables(
  name: string,
  title: string,
  given: readonly { readonly name: string; readonly values: Float64Array }[],
  caption: string,
): Figure {
  const matrices = given.map((table) => ({ ...table, rows: 30, columns: 25 }));
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

const missOfZeros = ({ data }: FactorizationProgram): number => {
  const mask = data["mask"] as Float64Array;
  const unseen = (data["R_full"] as Float64Array).filter((_, at) => !mask[at]);
  return Math.sqrt(unseen.reduce((sum, rating) => sum + rating * rating, 0) / unseen.length);
};
