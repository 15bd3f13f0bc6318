import { numberSetting, readAsFloat32 } from "../../src/data/rawTables.ts";
import type { LoadProgram } from "../../src/job.ts";
import { startTensorflow } from "../shared/tensorflow.ts";

export const load: LoadProgram = async (job) => {
  const { tf, version } = await startTensorflow();
  const { rows, columns } = job.tables["X"]!;
  const X = tf.tensor2d(readAsFloat32(job, "X"), [rows, columns]);
  const y = tf.tensor2d(readAsFloat32(job, "y"), [rows, 1]);
  const totalUpdates = numberSetting(job, "updates");
  const optimizer = tf.train.sgd(numberSetting(job, "learningRate"));
  const w = tf.variable(tf.zeros([columns, 1]));
  const b = tf.variable(tf.zeros([1]));
  let updates = 0;
  const update = () => {
    optimizer.minimize(() => tf.softplus(tf.neg(tf.mul(y, X.matMul(w).add(b)))).mean());
    updates++;
  };
  return {
    version,
    async reset() {
      w.assign(tf.zeros([columns, 1]));
      b.assign(tf.zeros([1]));
      updates = 0;
      update();
      await b.data();
    },
    async run() {
      for (let t = 1; t < totalUpdates; t++) update();
      await b.data();
    },
    result: async () => ({ params: [...(await w.data()), ...(await b.data())], updates }),
  };
};
