import { processIo } from "./process/io.ts";
import { launchOf } from "./process/launch.ts";
import { finalExitCode } from "./process/streams.ts";
import { runRank, startsRank } from "./ranks/rankProcess.ts";
import { run } from "./run.ts";

const io = processIo();
const argv = process.argv.slice(2);
const launch = launchOf(io.env);
process.exitCode = startsRank(launch, argv)
  ? await runRank(launch, (text) => io.stderr.write(`✖ ${text}\n`))
  : await finalExitCode(await run(argv, io), io);
