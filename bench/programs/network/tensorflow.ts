import type { Tensor } from "@tensorflow/tfjs";
import { numberOf } from "../../src/data/tables.ts";
import type { MakeContestant } from "../../src/job.ts";
import { tensorflow } from "../shared/tensorflow.ts";
import { batchesOf, startOf } from "./batches.ts";

export const make: MakeContestant = async (job) => {
  const { tf, version } = await tensorflow();
  const [d, h, k] = [job.tables["X"]!.columns, numberOf(job, "hidden"), numberOf(job, "classes")];
  const batches = batchesOf(job).map(({ rows, X, Y }) => ({
    X: tf.tensor2d(X, [rows, d]),
    Y: tf.tensor2d(Y, [rows, k]),
  }));
  const shapes = [[h, d], [h], [k, h], [k]];
  const start = startOf(job).map((numbers, at) => tf.tensor(numbers, shapes[at]));
  const params = start.map((tensor) => tf.variable(tensor));
  const [W1, b1, W2, b2] = params as unknown as [Tensor, Tensor, Tensor, Tensor];
  const optimizer = tf.train.sgd(numberOf(job, "rate"));
  const [untimedEpochs, epochs] = [numberOf(job, "untimedEpochs"), numberOf(job, "epochs")];
  let updates = 0;
  const pass = () => {
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
      for (const [at, variable] of params.entries()) variable.assign(start[at]!);
      for (let epoch = 0; epoch < untimedEpochs; epoch++) pass();
      await done();
    },
    async run() {
      for (let epoch = 0; epoch < epochs; epoch++) pass();
      await done();
    },
    result: async () => ({
      params: (await Promise.all(params.map((variable) => variable.data()))).flatMap((numbers) => [...numbers]),
      updates,
    }),
  };
};
