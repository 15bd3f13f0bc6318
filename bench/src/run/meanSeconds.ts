import type { LoadedProgram } from "../job.ts";

const now = (): number => performance.now() / 1000;

/**
 * Repeats runs until `minSeconds` have been timed, at least once, and returns the mean seconds of a run. Resets are not
 * timed.
 */
export async function meanSeconds(
  program: Pick<LoadedProgram, "reset" | "run" | "seconds">,
  minSeconds: number,
  clock = now,
): Promise<number> {
  let [elapsed, counted, runs] = [0, 0, 0];
  while (runs === 0 || elapsed < minSeconds) {
    await program.reset();
    const began = clock();
    await program.run();
    const seconds = clock() - began;
    elapsed += seconds;
    counted += program.seconds?.() ?? seconds;
    runs++;
  }
  return counted / runs;
}
