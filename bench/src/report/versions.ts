// The products that were measured, with their versions.
import type { CaseResult } from "../run/caseResult.ts";

/** Years of release of the versions in bench/package.json, bench/python/requirements.txt and Debian 12. */
const releaseYears: Readonly<Record<string, number>> = {
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
  "ONNX Runtime Web 1.30.0": 2026,
};

export const versionColumns = [
  "product",
  "version",
  "year of release",
  "libraries that multiply matrices, with version and kernel",
] as const;

/** One row per product and version. */
export function versionRows(cases: readonly CaseResult[]): string[][] {
  const rows = new Map<string, { cells: readonly string[]; libraries: Set<string> }>();
  for (const { product, version, libraries } of cases.flatMap(({ programs }) => programs)) {
    if (version === undefined) continue;
    const key = `${product} ${version}`;
    const row = rows.get(key) ?? { cells: [product, version, String(releaseYears[key] ?? "")], libraries: new Set() };
    for (const library of libraries) row.libraries.add(library);
    rows.set(key, row);
  }
  return [...rows.values()].map(({ cells, libraries }) => [...cells, [...libraries].join(", ")]);
}
