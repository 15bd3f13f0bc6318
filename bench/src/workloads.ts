import { W1 } from "../workloads/articles.ts";
import { W9 } from "../workloads/digitsNetwork.ts";
import { W10 } from "../workloads/factorization.ts";
import { W6 } from "../workloads/smallNetwork.ts";
import { W11 } from "../workloads/tableToModel.ts";
import { W2 } from "../workloads/W2.ts";
import { W3 } from "../workloads/W3.ts";
import { W4 } from "../workloads/W4.ts";
import { W5 } from "../workloads/W5.ts";
import { W8 } from "../workloads/W8.ts";
import { W12 } from "../workloads/W12.ts";
import { W13 } from "../workloads/W13.ts";
import { W7 } from "../workloads/wideNetwork.ts";
import type { Workload } from "./workload.ts";

/** All workloads, in the order of docs/performance.md. */
export const workloads: readonly Workload[] = [W1, W2, W3, W4, W5, W6, W7, W8, W9, W10, W11, W12, W13];
