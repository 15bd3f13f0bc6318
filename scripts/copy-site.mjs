// Copies the built page of the lab into the command, which serves it.
import { cpSync, existsSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const site = fileURLToPath(new URL("../packages/lab/dist/site", import.meta.url));
const copy = fileURLToPath(new URL("../packages/cli/dist/site", import.meta.url));
rmSync(copy, { recursive: true, force: true });
if (existsSync(site)) cpSync(site, copy, { recursive: true });
