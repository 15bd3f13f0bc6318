import { processIo } from "./process/io.ts";
import { finalExitCode } from "./process/streams.ts";
import { run } from "./run.ts";

const io = processIo();
process.exitCode = await finalExitCode(await run(process.argv.slice(2), io), io);
