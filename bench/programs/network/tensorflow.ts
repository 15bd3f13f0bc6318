import type { Tensor } from "@tensorflow/tfjs";
import { numberSetting } from "../../src/data/rawTables.ts";
import type { LoadProgram } from "../../src/job.ts";
import { startTensorflow } from "../shared/tensorflow.ts";
import { batchesOf, startOf } from "./batches.ts";

export const load: LoadProgram = async (job) => {
  const { tf, version } = await startTensorflow();
  const [d, h, k] = [job.tables["X"]!.columns, numberSetting(job, "hidden"), numberSetting(job, "classes")];
  const batches = batchesOf(job).map(({ rows, X, Y }) => ({
    X: tf.tensor2d(X, [rows, d]),
    Y: tf.tensor2d(Y, [rows, k]),
  }));
  const shapes = [[h, d], [h], [k, h], [k]];
  const start = startOf(job).map((numbers, i) => tf.tensor(numbers, shapes[i]));
  const params = start.map((tensor) => tf.variable(tensor));
  const [W1, b1, W2, b2] = params as unknown as [Tensor, Tensor, Tensor, Tensor];
  const optimizer = tf.train.sgd(numberSetting(job, "learningRate"));
  const [untimedEpochs, epochs] = [numberSetting(job, "untimedEpochs"), numberSetting(job, "epochs")];
  let updates = 0;
  const runEpoch = () => {
    for (const { X, Y } of batches) {
      optimizer.minimize(() => {
        const hidden = tf.relu(tf.matMul(X, W1, false, true).add(b1));
        return tf.losses.softmaxCrossEntropy(Y, tf.matMul(hidden, W2, false, true).add(b2)).asScalar();
      });
      updates++;
    }
  };
  const done = () => params[3]!.data();
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
