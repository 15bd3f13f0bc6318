// Bundles the compiled library into dist/bundle: index.js, and a file for each part that loads later. Node needs much more
// time to load 140 small files than one large file.

import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const dist = fileURLToPath(new URL("../packages/downhill/dist/", import.meta.url));
const build = await rolldown({ input: `${dist}index.js` });
await build.write({ dir: `${dist}bundle`, chunkFileNames: "[name].js", cleanDir: true });
await build.close();
