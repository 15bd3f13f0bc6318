import type { Tensor, Tensor2D } from "@tensorflow/tfjs";
import { numberSetting } from "../../src/data/rawTables.ts";
import type { LoadProgram } from "../../src/job.ts";
import { startTensorflow } from "../shared/tensorflow.ts";
import { batchesOf, startOf } from "./batches.ts";

export const load: LoadProgram = async (job) => {
  const { tf, version } = await startTensorflow();
  const [d, k] = [job.tables["X"]!.columns, numberSetting(job, "classes")];
  const batches = batchesOf(job).map(({ rows, X, Y }) => ({
    X: tf.tensor2d(X, [rows, d]),
    Y: tf.tensor2d(Y, [rows, k]),
  }));
  const start = startOf(job).map(({ shape, numbers }) => tf.tensor(numbers, shape));
  const params = start.map((tensor) => tf.variable(tensor));
  const optimizer = tf.train.sgd(numberSetting(job, "learningRate"));
  const [untimedEpochs, epochs] = [numberSetting(job, "untimedEpochs"), numberSetting(job, "epochs")];
  let updates = 0;
  const runEpoch = () => {
    for (const { X, Y } of batches) {
      optimizer.minimize(() => {
        let values: Tensor = X;
        for (let l = 0; l < params.length; l += 2) {
          const scores = tf
            .matMul(values as Tensor2D, params[l] as unknown as Tensor2D, false, true)
            .add(params[l + 1]!);
          values = l + 2 < params.length ? tf.relu(scores) : scores;
        }
        return tf.losses.softmaxCrossEntropy(Y, values).asScalar();
      });
      updates++;
    }
  };
  const done = () => params.at(-1)!.data();
  return {
    version,
    async reset() {
      updates = 0;
      for (const [i, variable] of params.entries()) variable.assign(start[i]!);
      for (let epoch = 0; epoch < untimedEpochs; epoch++) runEpoch();
      await done();
    },
    async run() {
      for (let epoch = 0; epoch < epochs; epoch++) runEpoch();
      await done();
    },
    result: async () => ({
      params: (await Promise.all(params.map((variable) => variable.data()))).flatMap((numbers) => [...numbers]),
      updates,
    }),
  };
};
