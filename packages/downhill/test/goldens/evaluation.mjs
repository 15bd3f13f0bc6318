// Prints the permutations of permutationImportance for the default options and 40 rows, for evaluation.py.
import { random } from "../../dist/index.js";

const stream = random(0).fork("permutationImportance");
console.log(JSON.stringify(Array.from({ length: 5 }, () => [...stream.permutation(40)])));
