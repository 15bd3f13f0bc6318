import type { Contestant } from "../job.ts";

const now = (): number => performance.now() / 1000;

/** Mean seconds of as many runs as take `least` seconds together, one at least; what precedes a run is not timed. */
export async function meanSeconds(
  contestant: Pick<Contestant, "reset" | "run" | "seconds">,
  least: number,
  clock = now,
): Promise<number> {
  let [spent, counted, runs] = [0, 0, 0];
  while (runs === 0 || spent < least) {
    await contestant.reset();
    const began = clock();
    await contestant.run();
    const seconds = clock() - began;
    spent += seconds;
    counted += contestant.seconds?.() ?? seconds;
    runs++;
  }
  return counted / runs;
}
