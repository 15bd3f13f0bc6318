import { numberOf, readSingles } from "../../src/data/tables.ts";
import type { MakeContestant } from "../../src/job.ts";
import { tensorflow } from "../shared/tensorflow.ts";

export const make: MakeContestant = async (job) => {
  const { tf, version } = await tensorflow();
  const { rows, columns } = job.tables["X"]!;
  const X = tf.tensor2d(readSingles(job, "X"), [rows, columns]);
  const y = tf.tensor2d(readSingles(job, "y"), [rows, 1]);
  const wanted = numberOf(job, "updates");
  const optimizer = tf.train.sgd(numberOf(job, "rate"));
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
      for (let t = 1; t < wanted; t++) update();
      await b.data();
    },
    result: async () => ({ params: [...(await w.data()), ...(await b.data())], updates }),
  };
};
