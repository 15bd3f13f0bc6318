import { dense, factors, halfSquared, risk } from "downhill";
import { numberOf, readFloats, readIndices } from "../../src/data/tables.ts";
import type { MakeContestant } from "../../src/job.ts";
import { descending, matrixOf } from "../shared/descent.ts";

/** Ratings block by block of users and items, as LIBMF visits them, or shuffled. */
export const visiting =
  (order: "grid" | "shuffled"): MakeContestant =>
  (job) => {
    const pairs = readIndices(job, "pairs");
    const untimedEpochs = numberOf(job, "untimedEpochs");
    const predictor = factors(numberOf(job, "users"), numberOf(job, "items"), numberOf(job, "rank"), {
      perRating: numberOf(job, "l2"),
    });
    const problem = risk({
      predictor,
      loss: halfSquared(),
      inputs: predictor.inputs(
        pairs.filter((_, at) => at % 2 === 0),
        pairs.filter((_, at) => at % 2 === 1),
      ),
      targets: dense(matrixOf(job, "ratings")),
    });
    return descending(job, problem, untimedEpochs, {
      batchSize: 1,
      epochs: untimedEpochs + numberOf(job, "epochs"),
      order,
      start: readFloats(job, "start"),
    });
  };
