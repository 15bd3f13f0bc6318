import type { ThreadPool } from "../src/training/threads/threadPool.ts";

/** The same pool; `shared` counts the tasks of all jobs, and `workerTasks` those that its workers did. */
export function counting(pool: ThreadPool): ThreadPool & { shared: number; workerTasks: number } {
  const counted = {
    ...pool,
    shared: 0,
    workerTasks: 0,
    join(run: Parameters<ThreadPool["join"]>[0]) {
      const workers = pool.join(run);
      return {
        ...workers,
        share(...[count, job, ownTask, first]: Parameters<typeof workers.share>) {
          counted.shared += count;
          counted.workerTasks += count;
          const own = (task: number): void => {
            counted.workerTasks--;
            ownTask(task);
          };
          workers.share(count, job, own, first);
        },
      };
    },
  };
  return counted;
}
