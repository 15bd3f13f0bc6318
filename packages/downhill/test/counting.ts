import type { ThreadPool } from "../src/training/threads/threadPool.ts";

/** The same pool; `workerTasks` counts the tasks that its workers did. */
export function counting(pool: ThreadPool): ThreadPool & { workerTasks: number } {
  const counted = {
    ...pool,
    workerTasks: 0,
    join(run: Parameters<ThreadPool["join"]>[0]) {
      const workers = pool.join(run);
      return {
        ...workers,
        share(count: number, job: Parameters<typeof workers.share>[1], ownTask: (task: number) => void) {
          counted.workerTasks += count;
          workers.share(count, job, (task) => {
            counted.workerTasks--;
            ownTask(task);
          });
        },
      };
    },
  };
  return counted;
}
