// npm run defaults: compares the default settings with the best of 25 learning rates, and writes the table of docs/diagnosis.md.
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { inRepository } from "../inRepository.ts";
import { groups } from "./cases.ts";
import type { CaseResult } from "./compareCase.ts";
import { defaultsSection, withSection } from "./section.ts";

const page = inRepository("docs/diagnosis.md");

/** The results of all cases, from one worker per processor. A worker gets a group when it has finished the one before. */
async function compareAll(): Promise<CaseResult[]> {
  const results: CaseResult[][] = [];
  let next = 0;
  const worker = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const thread = new Worker(new URL("worker.js", import.meta.url));
      let at = -1;
      const assign = (): void => {
        at = next++;
        if (at < groups.length) thread.postMessage(groups[at]);
        else void thread.terminate().then(() => resolve());
      };
      thread.on("error", reject);
      thread.on("message", (group: CaseResult[]) => {
        results[at] = group;
        process.stderr.write(`${at + 1} of ${groups.length}: ${JSON.stringify(group)}\n`);
        assign();
      });
      assign();
    });
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results.flat();
}

const section = defaultsSection(await compareAll());
writeFileSync(page, withSection(readFileSync(page, "utf8"), section));
