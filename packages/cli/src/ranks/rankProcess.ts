// A rank trains in a second process. The process that mpirun started waits for it, and reports it if the system kills the training, for
// example because the memory is full. mpirun itself would end with the code of a killed process, 137.
import { spawn } from "node:child_process";
import { writeSync } from "node:fs";
import { constants } from "node:os";
import { exitCodes } from "../errors/errors.ts";
import type { Launch } from "../process/launch.ts";

const ADVICE = "All ranks end. Continue from a checkpoint with --resume, or start again.";
const PARENT = "DOWNHILL_RANK_PARENT";

/** Whether this process must start the process of its rank. */
export const startsRank = (launch: Launch | null, argv: readonly string[]): launch is Launch =>
  launch !== null && isTraining(launch, argv) && process.env[PARENT] !== String(process.ppid);

const isTraining = ({ hasMpi }: Launch, [command]: readonly string[]): boolean => hasMpi && command === "train";

/**
 * Runs this command line in a second process, and waits for its end.
 *
 * @param report  prints the line about a killed process
 * @returns  the exit code of the rank: 1 if a signal ended it
 */
export function runRank({ rank }: Launch, report: (text: string) => void): Promise<number> {
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: inherited(process.env["PMI_FD"]),
    env: { ...process.env, [PARENT]: String(process.pid) },
  });
  process.title = `downhill waits for rank ${rank}`; // so a list of processes shows which of the two trains
  const signals = ["SIGINT", "SIGTERM"] as const;
  let isEnding = false; // mpirun ends this rank
  for (const signal of signals) {
    process.on(signal, () => {
      isEnding = true;
      child.kill(signal);
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      if (signal === null) return resolve(code!);
      if (isEnding) return resolve(128 + constants.signals[signal]);
      report(
        `train: rank ${rank} was lost, because its process was ended by ${signal}` +
          `${signal === "SIGKILL" ? ", as the system does when the memory is full" : ""}. ${ADVICE}`,
      );
      resolve(exitCodes.bug);
    });
  });
}

/** The streams of the second process: those of this one, and the descriptor over which MPICH's launcher talks with the rank. */
function inherited(descriptor: string | undefined): (number | "ignore")[] {
  const streams: (number | "ignore")[] = [0, 1, 2];
  if (descriptor === undefined || !/^\d+$/.test(descriptor)) return streams;
  while (streams.length < Number(descriptor)) streams.push("ignore");
  streams[Number(descriptor)] = Number(descriptor);
  return streams;
}

/**
 * Ends this process when the process that observes it has ended.
 *
 * @returns  a check for loops that do not return to the event loop
 */
export function endWithParent(rank: number): () => void {
  const parent = process.ppid;
  const check = (): void => {
    if (process.ppid === parent) return;
    writeSync(2, `✖ train: rank ${rank} was lost, because its first process was ended by a signal. ${ADVICE}\n`);
    process.kill(process.pid, "SIGKILL"); // MPI would wait for other ranks at a normal end
  };
  setInterval(check, 200).unref();
  return check;
}
