// The worker of fitInBackground. Its script is a bundle of this file and its imports, without the module's bytes.
import { estimatorOfSpec } from "../../estimators/estimatorOfSpec.ts";
import type { FittedData } from "../../estimators/fitted/fittedData.ts";
import type { FactorizationData } from "../../estimators/ratings/factorization.ts";
import { useModule } from "../../kernels/wasm.ts";
import type { History } from "../../training/state/history.ts";
import type { Step } from "../../training/train.ts";
import { port } from "../engine/port.ts";
import { errorData } from "./errorData.ts";
import type { Report, Task } from "./messages.ts";
import { nextTurn } from "./nextTurn.ts";

interface Trainer {
  train(...args: readonly unknown[]): Iterable<Step & { fittedData(): FittedData | FactorizationData }>;
}

let readyForReport = true; // whether the caller has processed the last report

port.onmessage = ({ data }) => {
  port.onmessage = () => {
    readyForReport = true;
  };
  fit(data as Task).catch((error) => post({ kind: "failed", error: errorData(error) }));
};

const post = (report: Report, moved: readonly ArrayBuffer[] = []): void => port.postMessage(report, moved);

async function fit({ kernels, spec, data, options, reportEpochs }: Task): Promise<void> {
  useModule(kernels);
  const estimator = estimatorOfSpec(spec) as unknown as Trainer;
  const report = epochReporter();
  let fittedData: FittedData | FactorizationData | undefined;
  for (const step of estimator.train(...data, { ...options, every: "epoch" })) {
    if (step.stopped) fittedData = step.fittedData();
    if (!reportEpochs) continue;
    if (!readyForReport) await nextTurn();
    if (readyForReport || step.stopped) report(step);
    readyForReport = false;
  }
  post({ kind: "fitted", fittedData: fittedData! }, [fittedData!.params.buffer as ArrayBuffer]);
}

/** Reports the entries that the history has gained since the last report. */
function epochReporter(): (step: Step & { fittedData(): FittedData | FactorizationData }) => void {
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
