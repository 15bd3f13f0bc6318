import { dense, factors, halfSquared, risk } from "downhill";
import { numberSetting, readFloat64, readUint32 } from "../../src/data/rawTables.ts";
import type { LoadProgram } from "../../src/job.ts";
import { matrixOf, plainDescent } from "../shared/plainDescent.ts";

/** The setting `order`: "grid" processes ratings in blocks of users × items, as LIBMF does; or "shuffled". */
export const load: LoadProgram = (job) => {
  const pairs = readUint32(job, "pairs");
  const untimedEpochs = numberSetting(job, "untimedEpochs");
  const [users, items, rank] = ["users", "items", "rank"].map((name) => numberSetting(job, name));
  const predictor = factors(users!, items!, rank!, { perRating: numberSetting(job, "l2") });
  const problem = risk({
    predictor,
    loss: halfSquared(),
    inputs: predictor.inputs(
      pairs.filter((_, i) => i % 2 === 0),
      pairs.filter((_, i) => i % 2 === 1),
    ),
    targets: dense(matrixOf(job, "ratings")),
  });
  return plainDescent(job, problem, {
    untimedEpochs,
    batchSize: 1,
    epochs: untimedEpochs + numberSetting(job, "epochs"),
    order: job.settings["order"] as "grid" | "shuffled",
    start: readFloat64(job, "start"),
  });
};
