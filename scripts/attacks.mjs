// Attacks the command with thousands of hostile files, command lines, models, reports and kills; about an hour.
// The same tests run with small counts in `npm test`. DOWNHILL_SEED=n makes other cases.
import { spawnSync } from "node:child_process";

const env = { ...process.env, DOWNHILL_ATTACKS: "full", DOWNHILL_MUTANTS: "100000" };
const tests = ["packages/cli/test/attacks", "packages/downhill/test/load.mutants.test.ts"];
const { status } = spawnSync("npx", ["vitest", "run", ...tests, ...process.argv.slice(2)], {
  env,
  stdio: "inherit",
});
process.exitCode = status ?? 1;
