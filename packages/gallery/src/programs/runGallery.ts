import { readGolden } from "./goldens.ts";
import { type Differences, differencesFrom } from "./numpyComparison.ts";
import { type ProgramName, programNames, programs, type Result } from "./programs.ts";

/** One program, run and compared with NumPy. */
export interface GalleryRun {
  readonly program: ProgramName;
  readonly epochs: number;
  /** The first and the last number that the article plots. */
  readonly firstLoss: number;
  readonly lastLoss: number;
  /** Largest |a − b| / |b| of all numbers a from NumPy's b: data, start, parameters and every loss. */
  readonly maxRelativeDifference: number;
  readonly differences: Differences;
  readonly result: Result;
}

/** Runs all seven programs, in the articles' order. */
export function runGallery(): GalleryRun[] {
  return programNames.map((program) => {
    const result = programs[program]();
    const differences = differencesFrom(readGolden(program), result);
    return {
      program,
      epochs: result.epochs,
      firstLoss: result.losses[0]!,
      lastLoss: result.losses.at(-1)!,
      maxRelativeDifference: Math.max(...Object.values(differences)),
      differences,
      result,
    };
  });
}
