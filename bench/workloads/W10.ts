import { drawRatings } from "../src/data/ratings.ts";
import { writeTable } from "../src/data/tables.ts";
import { downhill } from "../src/entrants.ts";
import { halfSquared, judgeOf } from "../src/judge/losses.ts";
import { factorScores } from "../src/judge/scores.ts";
import type { Case, Workload } from "../src/workload.ts";

const SAME_EPOCHS = 0.15; // of the mean squared error

/** Matrix factorization, one rating per update. */
export const W10: Workload = {
  id: "W10",
  title: "factorization, 1 000 000 ratings, rank 16, float64",
  *cases(size) {
    const quick = size === "quick";
    const [users, items, count, rank] = quick ? [200, 100, 5000, 16] : [20_000, 5000, 1_000_000, 16];
    const { pairs, ratings, start } = drawRatings(users, items, count, rank);
    const [untimedEpochs, epochs] = quick ? [1, 1] : [1, 5];
    const of: Case = {
      name: "",
      unit: "one epoch",
      units: epochs,
      floor: { bytes: 16 * count, multiplyAdds: 5 * rank * count }, // each update: a dot product, two steps with l2
      entrants: [
        downhill("factorization/downhill"),
        { name: "LIBMF (float32)", family: "LIBMF", program: { node: "factorization/libmf" }, tolerance: SAME_EPOCHS },
      ],
      targets: [{ against: ["LIBMF"], atLeast: 1, stretch: 1.2 }],
      note: "LIBMF's steps follow AdaGrad at its own default rate, so that only about equal errors after the same epochs can be asked.",
      lay: (folder) => ({
        tables: {
          pairs: writeTable(folder, "pairs", pairs, 2),
          ratings: writeTable(folder, "ratings", ratings),
          start: writeTable(folder, "start", start),
        },
        settings: { users, items, rank, rate: 0.04, l2: 0.05, untimedEpochs, epochs },
      }),
      judge: judgeOf({ scores: factorScores(pairs, users, rank), outputs: 1, loss: halfSquared, targets: ratings }),
    };
    yield of;
  },
};
