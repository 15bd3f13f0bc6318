import { articlePrograms } from "../workloads/articles.ts";
import { digitsNetwork } from "../workloads/digitsNetwork.ts";
import { doctor } from "../workloads/doctor.ts";
import { factorization } from "../workloads/factorization.ts";
import { hingeToGap } from "../workloads/hingeToGap.ts";
import { fullBatchFloat32, fullBatchFloat64 } from "../workloads/logisticFullBatch.ts";
import { oneRow20Features, oneRow100Features } from "../workloads/logisticOneRow.ts";
import { onePrediction } from "../workloads/onePrediction.ts";
import { smallNetwork } from "../workloads/smallNetwork.ts";
import { sparseText } from "../workloads/sparseText.ts";
import { tableToModel } from "../workloads/tableToModel.ts";
import { logisticToOptimum, softmaxToOptimum } from "../workloads/toOptimum.ts";
import { twoWideLayers, wideNetworkLargeBatch, wideNetworkSmallBatch } from "../workloads/wideNetwork.ts";
import type { Workload } from "./workload.ts";

/** All workloads. */
export const workloads: readonly Workload[] = [
  articlePrograms,
  fullBatchFloat64,
  fullBatchFloat32,
  oneRow100Features,
  oneRow20Features,
  smallNetwork,
  wideNetworkSmallBatch,
  wideNetworkLargeBatch,
  digitsNetwork,
  factorization,
  tableToModel,
  softmaxToOptimum,
  logisticToOptimum,
  twoWideLayers,
  onePrediction,
  doctor,
  hingeToGap,
  sparseText,
];
