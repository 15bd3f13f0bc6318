import type { numpy } from "@jax-js/jax";
import { numberSetting } from "../../src/data/rawTables.ts";
import type { LoadProgram } from "../../src/job.ts";
import { startJax } from "../shared/jax.ts";
import { batchesOf, startOf } from "./batches.ts";

type Four = [numpy.Array, numpy.Array, numpy.Array, numpy.Array];

export const load: LoadProgram = async (job) => {
  const { jax, version } = await startJax();
  const np = jax.numpy;
  const [d, h, k] = [job.tables["X"]!.columns, numberSetting(job, "hidden"), numberSetting(job, "classes")];
  const batches = batchesOf(job).map(({ rows, X, Y }) => ({
    X: np.array(X).reshape([rows, d]),
    Y: np.array(Y).reshape([rows, k]),
  }));
  const shapes = [[h, d], [h], [k, h], [k]];
  const fresh = () => startOf(job).map((numbers, i) => np.array(numbers).reshape(shapes[i]!)) as unknown as Four;
  const learningRate = numberSetting(job, "learningRate");
  const loss = (W1: numpy.Array, b1: numpy.Array, W2: numpy.Array, b2: numpy.Array, X: numpy.Array, Y: numpy.Array) => {
    const hidden = jax.nn.relu(np.matmul(X, np.transpose(W1)).add(b1));
    const scores = np.matmul(hidden, np.transpose(W2)).add(b2);
    return jax.nn.logSoftmax(scores).mul(Y).sum(1).mean().mul(-1);
  };
  const gradient = jax.grad(loss, { argnums: [0, 1, 2, 3] });
  const update = jax.jit((...all: numpy.Array[]) => {
    const [W1, b1, W2, b2, X, Y] = all as [...Four, numpy.Array, numpy.Array];
    const gradients = gradient(W1.ref, b1.ref, W2.ref, b2.ref, X, Y) as unknown as Four;
    return [W1, b1, W2, b2].map((param, i) => param.sub(gradients[i]!.mul(learningRate)));
  });
  let params = fresh();
  const [untimedEpochs, epochs] = [numberSetting(job, "untimedEpochs"), numberSetting(job, "epochs")];
  let updates = 0;
  const runEpoch = async () => {
    for (const { X, Y } of batches) {
      params = update(...params, X.ref, Y.ref) as unknown as Four;
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
