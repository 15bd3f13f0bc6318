import type { numpy } from "@jax-js/jax";
import { numberSetting, readAsFloat32 } from "../../src/data/rawTables.ts";
import type { LoadProgram } from "../../src/job.ts";
import { startJax } from "../shared/jax.ts";

export const load: LoadProgram = async (job) => {
  const { jax, version } = await startJax();
  const np = jax.numpy;
  const { rows, columns } = job.tables["X"]!;
  const X = np.array(readAsFloat32(job, "X")).reshape([rows, columns]);
  const y = np.array(readAsFloat32(job, "y"));
  const [learningRate, totalUpdates] = [numberSetting(job, "learningRate"), numberSetting(job, "updates")];
  const loss = (w: numpy.Array, b: numpy.Array, X: numpy.Array, y: numpy.Array) =>
    jax.nn.softplus(np.matmul(X, w).add(b).mul(y).mul(-1)).mean();
  const gradient = jax.grad(loss, { argnums: [0, 1] });
  const next = jax.jit((w: numpy.Array, b: numpy.Array, X: numpy.Array, y: numpy.Array) => {
    const [gw, gb] = gradient(w.ref, b.ref, X, y) as unknown as [numpy.Array, numpy.Array];
    return [w.sub(gw.mul(learningRate)), b.sub(gb.mul(learningRate))];
  });
  let w = np.zeros([columns]);
  let b = np.zeros([]);
  let updates = 0;
  const update = async () => {
    [w, b] = next(w, b, X.ref, y.ref) as unknown as [numpy.Array, numpy.Array];
    updates++;
    await jax.blockUntilReady([w, b]); // as the manual recommends, because many unfinished updates are slow
  };
  return {
    version,
    async reset() {
      w.dispose();
      b.dispose();
      w = np.zeros([columns]);
      b = np.zeros([]);
      updates = 0;
      await update();
    },
    async run() {
      for (let t = 1; t < totalUpdates; t++) await update();
    },
    result: async () => ({ params: [...(await w.ref.data()), ...(await b.ref.data())], updates }),
  };
};
