// A report about a page's Content-Security-Policy: for each way to train, its result or the message of its error.
import { fitInBackground, linearRegression, threads } from "../../src/index.ts";

const [X, y] = [
  [[1], [2], [3]],
  [3, 5, 7],
];

const ways = {
  fit: () => linearRegression().fit(X, y),
  fitInBackground: () => fitInBackground(linearRegression(), X, y),
  async threads() {
    const pool = await threads(2);
    try {
      return linearRegression().fit(X, y, { threads: pool });
    } finally {
      pool.close();
    }
  },
};

/** The results as JSON: "fitted", or the message of an error. */
export async function report(): Promise<string> {
  const results: Record<string, string> = {};
  for (const [name, way] of Object.entries(ways)) {
    try {
      const fitted = await way();
      results[name] = Math.abs(fitted.predict([[10]])[0]! - 21) < 1e-4 ? "fitted" : "wrong";
    } catch (error) {
      results[name] = (error as Error).message;
    }
  }
  return JSON.stringify(results);
}
