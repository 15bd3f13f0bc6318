import { processIo } from "./process/io.ts";
import { endingCode } from "./process/streams.ts";
import { run } from "./run.ts";

const io = processIo();
process.exitCode = await endingCode(await run(process.argv.slice(2), io), io);
