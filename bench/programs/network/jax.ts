import type { numpy } from "@jax-js/jax";
import { numberSetting } from "../../src/data/rawTables.ts";
import type { LoadProgram } from "../../src/job.ts";
import { startJax } from "../shared/jax.ts";
import { batchesOf, startOf } from "./batches.ts";

export const load: LoadProgram = async (job) => {
  const { jax, version } = await startJax();
  const np = jax.numpy;
  const [d, k] = [job.tables["X"]!.columns, numberSetting(job, "classes")];
  const batches = batchesOf(job).map(({ rows, X, Y }) => ({
    X: np.array(X).reshape([rows, d]),
    Y: np.array(Y).reshape([rows, k]),
  }));
  const fresh = () => startOf(job).map(({ shape, numbers }) => np.array(numbers).reshape(shape));
  let params = fresh();
  const count = params.length;
  const learningRate = numberSetting(job, "learningRate");
  /** Of W₁, b₁, W₂, b₂, …, then X and Y. */
  const loss = (...all: numpy.Array[]) => {
    let values = all[count]!;
    for (let l = 0; l < count; l += 2) {
      const scores = np.matmul(values, np.transpose(all[l]!)).add(all[l + 1]!);
      values = l + 2 < count ? jax.nn.relu(scores) : scores;
    }
    return jax.nn
      .logSoftmax(values)
      .mul(all[count + 1]!)
      .sum(1)
      .mean()
      .mul(-1);
  };
  const gradient = jax.grad(loss, { argnums: params.map((_, i) => i) });
  const update = jax.jit((...all: numpy.Array[]) => {
    const own = all.slice(0, count);
    const gradients = gradient(...own.map((param) => param.ref), ...all.slice(count)) as unknown as numpy.Array[];
    return own.map((param, i) => param.sub(gradients[i]!.mul(learningRate)));
  });
  const [untimedEpochs, epochs] = [numberSetting(job, "untimedEpochs"), numberSetting(job, "epochs")];
  let updates = 0;
  const runEpoch = async () => {
    for (const { X, Y } of batches) {
      params = update(...params, X.ref, Y.ref) as numpy.Array[];
      updates++;
      await jax.blockUntilReady(params); // as the manual recommends, because many unfinished updates are slow
    }
  };
  return {
    version,
    async reset() {
      for (const param of params) param.dispose();
      params = fresh();
      updates = 0;
      for (let epoch = 0; epoch < untimedEpochs; epoch++) await runEpoch();
    },
    async run() {
      for (let epoch = 0; epoch < epochs; epoch++) await runEpoch();
    },
    result: async () => ({
      params: (await Promise.all(params.map((param) => param.ref.data()))).flatMap((numbers) => [...numbers]),
      updates,
    }),
  };
};
