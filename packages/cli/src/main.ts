import { processIo } from "./io.ts";
import { run } from "./run.ts";
import { endingCode } from "./streams.ts";

const io = processIo();
process.exitCode = await endingCode(await run(process.argv.slice(2), io), io);
