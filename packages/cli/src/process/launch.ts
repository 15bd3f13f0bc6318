// Finds out whether mpirun or a scheduler started this process as one of several ranks.

/** The number of this process, and the number of all. */
export interface Launch {
  readonly rank: number;
  readonly size: number;
  /** Whether the processes can find each other through MPI. */
  readonly hasMpi: boolean;
}

function pair(rank: string | undefined, size: string | undefined, hasMpi: boolean): Launch | null {
  const isNumber = (text: string | undefined): boolean => text !== undefined && /^\d+$/.test(text);
  return isNumber(rank) && isNumber(size) ? { rank: Number(rank), size: Number(size), hasMpi } : null;
}

/**
 * The ranks of the job, from the variables that Open MPI, MPICH (also Intel MPI and MVAPICH) and Slurm's srun set; null if the process is
 * alone. The variables of sbatch and salloc do not count: they describe the job, but its script is one process.
 */
export function launchOf(env: Readonly<Record<string, string | undefined>>): Launch | null {
  const steps = env["SLURM_STEP_NUM_TASKS"];
  const found =
    pair(env["OMPI_COMM_WORLD_RANK"], env["OMPI_COMM_WORLD_SIZE"], true) ??
    pair(env["PMI_RANK"], env["PMI_SIZE"], true) ??
    pair(env["PMIX_RANK"], steps, true) ??
    pair(env["SLURM_PROCID"], steps, false);
  return found !== null && found.size > 1 ? found : null;
}
