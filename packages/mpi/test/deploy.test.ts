// The files of deploy/: their forms, and that the command understands the lines that they run.
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const textOf = (name: string): string => readFileSync(join(root, "deploy", name), "utf8");
const { version } = JSON.parse(readFileSync(join(root, "packages/mpi/package.json"), "utf8")) as { version: string };

const folder = mkdtempSync(join(tmpdir(), "downhill-deploy-"));
const bin = join(folder, "bin");
const isWindows = process.platform === "win32";

beforeAll(async () => {
  mkdirSync(bin);
  // mpirun leaves out its own options; downhill is the built command.
  const record = `printf '%s\\n' "$1" >> "$OPTIONS"`;
  script("mpirun", `while [ "$1" != downhill ]; do ${record}; shift; done\nexec "$@"`);
  script("downhill", `exec "${process.execPath}" "${join(root, "packages/cli/bin/downhill.js")}" "$@"`);
  mkdirSync(join(folder, "data"));
  const connection = await (await DuckDBInstance.create()).connect();
  for (const part of [1, 2]) {
    const rows = `SELECT i::DOUBLE AS size, (3 * i + ${part})::DOUBLE AS price FROM range(40) t(i)`;
    await connection.run(`COPY (${rows}) TO '${join(folder, "data", `part-${part}.parquet`)}' (FORMAT parquet)`);
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

function script(name: string, body: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`);
  chmodSync(join(bin, name), 0o755);
}

/** Runs a script in the folder, and returns the options that mpirun received. */
function runs(shell: string, text: string, env: NodeJS.ProcessEnv): string[] {
  const options = join(folder, "options.txt");
  rmSync(options, { force: true });
  const PATH = `${bin}:${process.env["PATH"]}`;
  const { status, stderr } = spawnSync(shell, ["-c", text], {
    cwd: folder,
    env: { ...process.env, PATH, OPTIONS: options, ...env },
    encoding: "utf8",
  });
  expect(status, stderr).toBe(0);
  return readFileSync(options, "utf8").trim().split("\n");
}

const modelExists = (path: string): boolean => existsSync(path) && readFileSync(path, "utf8").includes('"kind"');

describe.skipIf(isWindows)("train.sbatch", () => {
  const text = textOf("train.sbatch");

  test("is a script of bash, and its directives are options of sbatch", () => {
    execFileSync("bash", ["-n", join(root, "deploy/train.sbatch")]);
    const directives = [...text.matchAll(/^#SBATCH (.*)$/gm)].map(([, directive]) => directive!);
    const known =
      /^--(job-name=[\w-]+|nodes=\d+|ntasks-per-node=\d+|cpus-per-task=\d+|time=[\d:]+|requeue|open-mode=append)$/;
    expect(directives.length).toBeGreaterThan(4);
    for (const directive of directives) expect(directive).toMatch(known);
    const firstCommand = text.split("\n").findIndex((line) => line !== "" && !line.startsWith("#"));
    expect(text.split("\n").slice(firstCommand).join("\n")).not.toContain("#SBATCH"); // sbatch reads none after a command
  });

  test("trains with all ranks", () => {
    const env = { SLURM_NTASKS: "2", SLURM_CPUS_PER_TASK: "4" };
    expect(runs("bash", text, env).slice(0, 4)).toEqual(["-n", "2", "--map-by", "slot:PE=4"]);
    expect(modelExists(join(folder, "model.json"))).toBe(true);
  }, 60_000);
});

describe("mpijob.yaml", () => {
  interface Replica {
    readonly replicas: number;
    readonly template: {
      readonly spec: {
        readonly containers: readonly {
          readonly image: string;
          readonly command: readonly string[];
          readonly args: readonly string[];
          readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
        }[];
        readonly volumes: readonly {
          readonly name: string;
          readonly persistentVolumeClaim: { readonly claimName: string };
        }[];
      };
    };
  }
  const job = parse(textOf("mpijob.yaml"), { strict: true, uniqueKeys: true }) as {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: { readonly name: string };
    readonly spec: {
      readonly slotsPerWorker: number;
      readonly mpiImplementation: string;
      readonly sshAuthMountPath: string;
      readonly runPolicy: { readonly cleanPodPolicy: string; readonly backoffLimit: number };
      readonly mpiReplicaSpecs: { readonly Launcher: Replica; readonly Worker: Replica };
    };
  };
  const { Launcher, Worker } = job.spec.mpiReplicaSpecs;

  test("has the members of an MPIJob of the operator, and no others", () => {
    expect(Object.keys(job)).toEqual(["apiVersion", "kind", "metadata", "spec"]);
    expect([job.apiVersion, job.kind]).toEqual(["kubeflow.org/v2beta1", "MPIJob"]);
    const members = ["slotsPerWorker", "mpiImplementation", "sshAuthMountPath", "runPolicy", "mpiReplicaSpecs"];
    expect(Object.keys(job.spec)).toEqual(members);
    expect(job.spec.mpiImplementation).toBe("OpenMPI");
    expect(job.spec.runPolicy.cleanPodPolicy).toBe("Running");
    expect(Object.keys(job.spec.mpiReplicaSpecs)).toEqual(["Launcher", "Worker"]);
  });

  test("starts as many ranks as the workers have slots, with one image and one volume", () => {
    const ranks = /mpirun -n (\d+)/.exec(Launcher.template.spec.containers[0]!.args[0]!)![1];
    expect(Number(ranks)).toBe(Worker.replicas * job.spec.slotsPerWorker);
    for (const { template } of [Launcher, Worker]) {
      const [container] = template.spec.containers;
      expect(container!.image).toBe(`downhill:${version}`);
      expect(container!.volumeMounts.map(({ name }) => name)).toEqual(template.spec.volumes.map(({ name }) => name));
    }
  });

  test("has the paths of the image", () => {
    const dockerfile = textOf("Dockerfile");
    expect(dockerfile).toContain(`${job.spec.sshAuthMountPath}/id_rsa`);
    const [config] = Worker.template.spec.containers[0]!.args.slice(-1);
    expect(dockerfile).toContain(`> ${config}`);
  });

  test.skipIf(isWindows)(
    "trains",
    () => {
      const { command, args } = Launcher.template.spec.containers[0]!;
      expect(command).toEqual(["sh", "-c"]);
      const text = args[0]!.replaceAll("/data/", `${folder}/data/`);
      expect(runs("sh", text, {}).slice(0, 2)).toEqual(["-n", "2"]);
      expect(modelExists(join(folder, "data/model.json"))).toBe(true);
    },
    60_000,
  );
});

test("the Dockerfile installs this version of the command and of the package", () => {
  const text = textOf("Dockerfile");
  expect(text).toContain(`@downhill/cli@${version} @downhill/mpi@${version}`);
  const instructions = text
    .replaceAll(/\\\n/g, "")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  for (const line of instructions) expect(line).toMatch(/^(FROM|RUN|USER|WORKDIR|ENTRYPOINT|CMD) /);
});
