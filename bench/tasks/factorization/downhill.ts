import { dense, factors, halfSquared, plain, risk, type Step, train } from "downhill";
import { numberOf, readFloats, readIndices } from "../../src/data/tables.ts";
import type { MakeContestant } from "../../src/job.ts";
import { matrixOf, requireElement, threadsOf } from "../downhill.ts";
import { versionOf } from "../version.ts";

/** Ratings block by block of users and items, as LIBMF visits them, or shuffled. */
export const visiting =
  (order: "grid" | "shuffled"): MakeContestant =>
  async (job) => {
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
    const options = {
      batchSize: 1,
      epochs: untimedEpochs + numberOf(job, "epochs"),
      order,
      start: readFloats(job, "start"),
      trace: "running",
      every: "epoch",
      ...(await threadsOf(job)),
    } as const;
    const descent = () => train(problem, plain(numberOf(job, "rate")), options);
    let steps = descent();
    let last: Step;
    return {
      version: versionOf("downhill"),
      reset() {
        steps = descent();
        for (let epoch = 0; epoch < untimedEpochs; epoch++) last = steps.next().value as Step;
        requireElement(job, last.params);
      },
      run() {
        for (const step of steps) last = step;
      },
      result: () => ({ params: last.params, updates: last.t }),
    };
  };
