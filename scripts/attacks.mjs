// Runs the tests that attack the command, with thousands of hostile files, command lines and models, and that kill it at
// thousands of moments. This takes about an hour. `npm test` runs the same tests with small counts. DOWNHILL_SEED=n makes
// other cases.
import { spawnSync } from "node:child_process";

const env = { ...process.env, DOWNHILL_ATTACKS: "full", DOWNHILL_MUTANTS: "100000" };
const tests = ["packages/cli/test/attacks", "packages/downhill/test/load.mutants.test.ts"];
const vitest = ["node_modules/vitest/vitest.mjs", "run", ...tests, ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, vitest, { env, stdio: "inherit" });
process.exitCode = status ?? 1;
