import { numberSetting, readAsFloat32 } from "../../src/data/rawTables.ts";
import type { LoadProgram } from "../../src/job.ts";
import { startTensorflow } from "../shared/tensorflow.ts";
import { eachRow } from "./rows.ts";

export const load: LoadProgram = async (job) => {
  const { tf, version } = await startTensorflow();
  const { columns } = job.tables["X"]!;
  const [hidden, classes] = [numberSetting(job, "hidden"), numberSetting(job, "classes")];
  const params = readAsFloat32(job, "weights");
  let at = 0;
  const next = (...shape: number[]) => {
    const from = at;
    at += shape.reduce((product, size) => product * size);
    return tf.tensor(params.subarray(from, at), shape);
  };
  const outputs = classes === 2 ? 1 : classes;
  const first = hidden === 0 ? null : { W: next(hidden, columns), b: next(hidden) };
  const last = { W: next(outputs, hidden || columns), b: next(outputs) };
  return eachRow(job, version, (row) =>
    tf.tidy(() => {
      const x = tf.tensor2d(row, [1, columns]);
      const features = first ? tf.relu(tf.matMul(x, first.W, false, true).add(first.b)) : x;
      const scores = tf.matMul(features, last.W, false, true).add(last.b);
      return outputs === 1 ? Number(scores.dataSync()[0]! > 0) : scores.argMax(1).dataSync()[0]!;
    }),
  );
};
