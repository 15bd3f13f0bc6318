import { drawRatings } from "../src/data/ratings.ts";
import { writeTable } from "../src/data/rawTables.ts";
import { evaluatorOf, halfSquared } from "../src/evaluate/losses.ts";
import { factorScores } from "../src/evaluate/scores.ts";
import { downhill, onTwoThreads, type Program } from "../src/program.ts";
import { twoThreadsTarget, type Workload } from "../src/workload.ts";

const SIMILAR_LOSS = 0.15; // LIBMF has other step sizes, so its loss is only similar after the same epochs

const ours = downhill("factorization/downhill", {
  name: "Downhill (float32)",
  elementType: "float32",
  tolerance: SIMILAR_LOSS,
  settings: { order: "grid" },
});
const inFloat64 = downhill("factorization/downhill", {
  name: "Downhill (float64)",
  tolerance: SIMILAR_LOSS,
  settings: { order: "grid" },
});
const shuffled = downhill("factorization/downhill", {
  name: "Downhill (float64), shuffled",
  tolerance: SIMILAR_LOSS,
  settings: { order: "shuffled" },
});
const libmf: Program = {
  name: "LIBMF (float32)",
  product: "LIBMF",
  source: { node: "factorization/libmf" },
  tolerance: SIMILAR_LOSS,
};

export const factorization: Workload = {
  id: "W10",
  title: "matrix factorization, 1,000,000 ratings, rank 16, one rating per update",
  *cases(size) {
    const quick = size === "quick";
    const [users, items, count] = quick ? [200, 100, 5000] : [20_000, 5000, 1_000_000];
    const rank = 16;
    const { pairs, ratings, start } = drawRatings({ users, items, count, rank });
    const [untimedEpochs, epochs] = quick ? [1, 1] : [1, 5];
    yield {
      name: "",
      unit: "one epoch",
      unitsPerRun: epochs,
      // per rating: a dot product and two steps with l2
      lowerBound: { bytes: 12 * count, multiplyAdds: 5 * rank * count, elementType: "float32" },
      programs: [ours, onTwoThreads(ours), inFloat64, shuffled, libmf, onTwoThreads(libmf)],
      targets: [
        { against: ["LIBMF"], atLeast: 1, stretch: 1.2 },
        { against: ["LIBMF"], atLeast: 1, stretch: 1.2, threads: 2 },
        twoThreadsTarget,
      ],
      note:
        "LIBMF uses AdaGrad with its own default step size, so its loss after the same number of epochs is similar but not " +
        "equal. It processes the ratings block by block, as Downhill does in grid order.",
      prepare: (folder) => ({
        tables: {
          pairs: writeTable(folder, "pairs", { numbers: pairs, columns: 2 }),
          ratings: writeTable(folder, "ratings", { numbers: ratings }),
          start: writeTable(folder, "start", { numbers: start }),
        },
        settings: { users, items, rank, learningRate: 0.04, l2: 0.05, untimedEpochs, epochs },
      }),
      evaluate: evaluatorOf({
        scores: factorScores(pairs, users, rank),
        outputs: 1,
        loss: halfSquared,
        targets: ratings,
      }),
    };
  },
};
