// A worker thread that compares the cases that it receives.
import { parentPort } from "node:worker_threads";
import type { Case } from "./cases.ts";
import { compareCase } from "./compareCase.ts";

parentPort!.on("message", (chosen: Case) => parentPort!.postMessage(compareCase(chosen)));
