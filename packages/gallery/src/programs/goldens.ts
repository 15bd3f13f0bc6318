import { readFileSync } from "node:fs";

/** A program's numbers as NumPy computed them (goldens/make.py); tables are flat, row by row. */
export interface Golden {
  readonly data: Readonly<Record<string, number | number[]>>;
  readonly start: Readonly<Record<string, number | number[]>>;
  readonly params: Readonly<Record<string, number | number[]>>;
  readonly losses: readonly number[];
  /** Where rows are visited in a drawn order: that of the first epoch and that of the last. */
  readonly firstOrder?: readonly number[];
  readonly lastOrder?: readonly number[];
}

/** The golden of a program; read beside the package's own folder, from the sources as from the build. */
export const readGolden = (program: string): Golden =>
  JSON.parse(readFileSync(new URL(`../../goldens/${program}.json`, import.meta.url), "utf8"));
