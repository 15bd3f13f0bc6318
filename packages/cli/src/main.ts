import { processIo } from "./process/io.ts";
import { launchOf } from "./process/launch.ts";
import { finalExitCode } from "./process/streams.ts";
import { runRank, startsRank } from "./ranks/rankProcess.ts";

// The process that waits for a rank does not load the command.
const io = processIo();
const argv = process.argv.slice(2);
const launch = launchOf(io.env);
process.exitCode = startsRank(launch, argv)
  ? await runRank(launch, (text) => io.stderr.write(`✖ ${text}\n`))
  : await finalExitCode(await (await import("./run.ts")).run(argv, io), io);
