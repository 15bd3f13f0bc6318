// Prints "N passed, N failed" from a JSON report of Vitest. A test file that cannot be loaded counts as one failed test. An
// empty report means that the tests did not start: it counts as none passed and one failed.
import { readFileSync } from "node:fs";

const text = readFileSync(process.argv[2], "utf8");
const { numPassedTests, numFailedTests, testResults } =
  text === "" ? { numPassedTests: 0, numFailedTests: 1, testResults: [] } : JSON.parse(text);
const unloaded = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
console.log(`${numPassedTests} passed, ${numFailedTests + unloaded.length} failed`);
