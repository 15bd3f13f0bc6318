// The products that were measured, each with its version and the year of that version.
import type { Measured } from "../run/caseResult.ts";

/** Of those versions that bench/package.json, bench/python/requirements.txt and Debian 12 bring. */
const years: Readonly<Record<string, number>> = {
  "NumPy 1.24.2": 2023,
  "NumPy 2.4.6": 2026,
  "scikit-learn 1.2.1": 2023,
  "scikit-learn 1.9.1": 2026,
  "PyTorch 1.13.0a0": 2022,
  "PyTorch 2.13.0+cpu": 2026,
  "pandas 1.5.3": 2023,
  "pandas 3.0.6": 2026,
  "TensorFlow.js 4.22.0": 2024,
  "jax-js 0.1.25": 2026,
  "numpy-ts 1.4.0": 2026,
  "LIBLINEAR 2.3.0": 2020,
};

/** What a row that is a script of ours says in place of a version. */
const SCRIPT = "a script";

/** The name of the product, without how it was run: "Downhill (float32), 2 threads" is Downhill. */
export const productOf = (name: string): string =>
  name.replace(/ (\(|\+|by default|lbfgs|SGDClassifier|MLPClassifier|wasm).*|,.*/, "");

/** One row per product and version: name, version, year. */
export function peerRows(measured: readonly Measured[]): string[][] {
  const all = measured.flatMap(({ figures }) =>
    figures.map(({ name, version }): [string, string] => [productOf(name), version]),
  );
  const released = all.filter(([, version]) => version !== SCRIPT);
  const different = new Map(
    released.map(([product, version]) => [`${product} ${version}`, [product, version] as const]),
  );
  return [...different].map(([key, [product, version]]) => [product, version, String(years[key] ?? "")]);
}

export const peerColumns = ["", "version", "year"] as const;
