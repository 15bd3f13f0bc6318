// A worker thread that compares the groups of cases that it receives.
import { parentPort } from "node:worker_threads";
import type { Group } from "./cases.ts";
import { compareGroup } from "./compareCase.ts";

parentPort!.on("message", (group: Group) => parentPort!.postMessage(compareGroup(group)));
