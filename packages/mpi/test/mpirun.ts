// Starts programs with mpirun. Where it is not installed, the tests that need it are not run, and their titles say so.
import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe } from "vitest";

/** Every process sleeps while it waits, so a computer may run more ranks than it has processors. */
export const OPTIONS = ["--allow-run-as-root", "--oversubscribe", "--mca", "btl_base_warn_component_unused", "0"];

export const program = (name: string): string => fileURLToPath(new URL(`programs/${name}`, import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command on n ranks of Open MPI. Each job has a folder of its own for its sockets: one that ends at the same time could
 * remove the folder that they share by default.
 */
export async function mpirun(n: number, command: readonly string[], options: readonly string[] = []): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), "mpi-"));
  try {
    return await run("mpirun", [...OPTIONS, ...options, "-n", String(n), ...command], { TMPDIR: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const options = { env: { ...process.env, ...env }, timeout: 240_000, maxBuffer: 1 << 26 };
  return new Promise((resolve) => {
    const child = execFile(command, args, options, (error, stdout, stderr) => {
      const failure = typeof error?.code === "string" ? error.message : "";
      resolve({ code: child.exitCode, stdout, stderr: stderr + failure });
    });
  });
}

const version = spawnSync("mpirun", ["--version"], { encoding: "utf8" }).stdout ?? "";

/** Whether Open MPI is installed. */
export const hasOpenMpi = /Open MPI/.test(version);

/** A group of tests that need mpirun. They run beside each other, because a job mostly waits for its processes to start and end. */
export function describeMpi(title: string, tests: () => void): void {
  if (hasOpenMpi) describe.concurrent(title, tests);
  else describe.skip(`${title} (not run: mpirun of Open MPI is not installed)`, tests);
}

/** An unpacked or installed MPICH: the folder in DOWNHILL_TEST_MPICH, or that of the system; null if there is none. */
export function mpich(): { readonly mpiexec: string; readonly library: string; readonly folder: string } | null {
  for (const root of [process.env["DOWNHILL_TEST_MPICH"] ?? "", "/usr"]) {
    const mpiexec = `${root}/bin/mpiexec.hydra`;
    for (const folder of [
      `${root}/lib/x86_64-linux-gnu`,
      `${root}/lib/aarch64-linux-gnu`,
      `${root}/lib64`,
      `${root}/lib`,
    ]) {
      const library = `${folder}/libmpich.so.12`;
      if (root && existsSync(mpiexec) && existsSync(library)) return { mpiexec, library, folder };
    }
  }
  return null;
}
