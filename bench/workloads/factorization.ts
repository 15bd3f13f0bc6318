import { drawRatings } from "../src/data/ratings.ts";
import { writeTable } from "../src/data/tables.ts";
import { halfSquared, judgeOf } from "../src/evaluate/losses.ts";
import { factorScores } from "../src/evaluate/scores.ts";
import { downhill, onTwo } from "../src/program.ts";
import { type Case, type Entrant, twoThreadsTarget, type Workload } from "../src/workload.ts";

const SAME_EPOCHS = 0.15; // of the mean squared error

const ours = downhill("factorization/grid", { name: "Downhill (float32)", element: "float32", tolerance: SAME_EPOCHS });
const inDoubles = downhill("factorization/grid", { name: "Downhill (float64)", tolerance: SAME_EPOCHS });
const shuffled = downhill("factorization/shuffled", {
  name: "Downhill (float64), shuffled",
  tolerance: SAME_EPOCHS,
});
const libmf: Entrant = {
  name: "LIBMF (float32)",
  family: "LIBMF",
  program: { node: "factorization/libmf" },
  tolerance: SAME_EPOCHS,
};

/** Matrix factorization, one rating per update. */
export const W10: Workload = {
  id: "W10",
  title: "factorization, 1 000 000 ratings, rank 16, one rating per update",
  *cases(size) {
    const quick = size === "quick";
    const [users, items, count, rank] = quick ? [200, 100, 5000, 16] : [20_000, 5000, 1_000_000, 16];
    const { pairs, ratings, start } = drawRatings(users, items, count, rank);
    const [untimedEpochs, epochs] = quick ? [1, 1] : [1, 5];
    const of: Case = {
      name: "",
      unit: "one epoch",
      units: epochs,
      floor: { bytes: 12 * count, multiplyAdds: 5 * rank * count, element: "float32" }, // a dot product, two steps with l2
      entrants: [ours, onTwo(ours), inDoubles, shuffled, libmf, onTwo(libmf)],
      targets: [
        { against: ["LIBMF"], atLeast: 1, stretch: 1.2 },
        { against: ["LIBMF"], atLeast: 1, stretch: 1.2, threads: 2 },
        twoThreadsTarget,
      ],
      note:
        "LIBMF's steps follow AdaGrad at its own default rate, so that only about equal errors after the same epochs can " +
        "be asked. It visits the ratings block by block, as Downhill does in the order of a grid.",
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
