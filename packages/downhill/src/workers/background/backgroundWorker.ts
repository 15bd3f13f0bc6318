// The worker of fitInBackground: what runs is this file with all that it imports, but for the module's bytes.
import { estimatorFromSpec } from "../../estimators/estimatorFromSpec.ts";
import type { FittedData } from "../../estimators/fitted/fittedData.ts";
import type { FactorizationData } from "../../estimators/ratings/fittedFactorization.ts";
import { useModule } from "../../kernels/wasm.ts";
import type { History } from "../../training/state/history.ts";
import type { Step } from "../../training/train.ts";
import { port } from "../engine/port.ts";
import { errorData } from "./errorData.ts";
import type { Report, Task } from "./messages.ts";
import { turn } from "./nextTurn.ts";

interface Trainer {
  train(...given: readonly unknown[]): Iterable<Step & { fittedData(): FittedData | FactorizationData }>;
}

let welcome = true; // whether the last report has been dealt with

port.onmessage = ({ data }) => {
  port.onmessage = () => {
    welcome = true;
  };
  fit(data as Task).catch((error) => post({ kind: "failed", error: errorData(error) }));
};

const post = (report: Report, moved: readonly ArrayBuffer[] = []): void => port.postMessage(report, moved);

async function fit({ kernels, spec, data, how, watched }: Task): Promise<void> {
  useModule(kernels);
  const estimator = estimatorFromSpec(spec) as unknown as Trainer;
  const report = reporter();
  let fittedData: FittedData | FactorizationData | undefined;
  for (const step of estimator.train(...data, { ...how, every: "epoch" })) {
    if (step.stopped) fittedData = step.fittedData();
    if (!watched) continue;
    if (!welcome) await turn();
    if (welcome || step.stopped) report(step);
    welcome = false;
  }
  post({ kind: "fitted", fittedData: fittedData! }, [fittedData!.params.buffer as ArrayBuffer]);
}

/** Reports what the history has gained since the last report. */
function reporter(): (step: Step & { fittedData(): FittedData | FactorizationData }) => void {
  const sent: Record<string, number> = {};
  let epochs: number | undefined;
  return (step) => {
    epochs ??= step.fittedData().options["epochs"] as number;
    const lists = Object.entries(step.history) as [string, number[]][];
    const entries = Object.fromEntries(lists.map(([name, list]) => [name, list.slice(sent[name])]));
    for (const [name, list] of lists) sent[name] = list.length;
    post({ kind: "epochs", epoch: step.epoch, epochs, entries: entries as unknown as History });
  };
}
