// npm run surveys [FILE…]: runs the tests with all of their cases, which takes about twenty minutes. `npm test` runs the same tests
// with a part of the cases.
import { spawnSync } from "node:child_process";

const vitest = ["node_modules/vitest/vitest.mjs", "run", ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, vitest, {
  env: { ...process.env, DOWNHILL_CASES: "all" },
  stdio: "inherit",
});
process.exitCode = status ?? 1;
