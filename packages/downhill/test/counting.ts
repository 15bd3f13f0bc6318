import type { Team } from "../src/training/threads/threadPool.ts";

/** A team that counts the tasks its helpers took. */
export function counting(team: Team): Team & { helped: number } {
  const counted = {
    ...team,
    helped: 0,
    join(run: Parameters<Team["join"]>[0]) {
      const crew = team.join(run);
      return {
        ...crew,
        share(count: number, job: Parameters<typeof crew.share>[1], own: (task: number) => void) {
          counted.helped += count;
          crew.share(count, job, (task) => {
            counted.helped--;
            own(task);
          });
        },
      };
    },
  };
  return counted;
}
