// From a state to the hash of a link: `#1&m=softmax&d=blobs,classes:3&lr=0.05`. Only values that differ from the initial state
// are in it.
import { fileFields, generators, tableFields } from "../state/dataFields.ts";
import { initialState, type LabState } from "../state/labState.ts";
import { models, optimizers, schedules } from "../state/trainingFields.ts";
import { linkKeys } from "./linkKeys.ts";
import { optionsText } from "./optionsText.ts";
import { packPoints } from "./packedPoints.ts";

/** The version of the links that this page writes. It reads all versions from 1. */
export const LINK_VERSION = 1;

/** The largest number of characters of drawn points in a link. */
export const MOST_PACKED = 6000;

/** A link, or the reason why there is none. */
export type Link = { readonly hash: string } | { readonly hash: null; readonly problem: string };

/** The link of a state. Drawn points that need more than 6000 characters have none. */
export async function encodeLink(state: LabState): Promise<Link> {
  const parts: string[] = [];
  const add = (key: string, text: string, initial: string) => {
    if (text !== initial) parts.push(`${key}=${text}`);
  };
  add("m", modelText(state), modelText(initialState));
  add("d", dataText(state.data), dataText(initialState.data));
  if (state.data.kind === "drawn") {
    const packed = await packPoints(state.data.points);
    if (packed.length > MOST_PACKED) {
      const problem = `The drawn points need ${packed.length} characters, and a link may have ${MOST_PACKED}. Save the run file instead.`;
      return { hash: null, problem };
    }
    parts.push(`points=${packed}`);
  }
  add("o", optimizerText(state), optimizerText(initialState));
  add("sc", scheduleText(state), scheduleText(initialState));
  for (const { key, field, get } of linkKeys) add(key, field.write(get(state)), field.write(get(initialState)));
  return { hash: ["#", LINK_VERSION, ...parts.map((part) => `&${part}`)].join("") };
}

const modelText = ({ model }: LabState): string => optionsText(model.name, models[model.name], model.options);

const optimizerText = ({ descent: { optimizer } }: LabState): string =>
  optionsText(optimizer.name, optimizers[optimizer.name], optimizer.options);

const scheduleText = ({ descent: { schedule } }: LabState): string =>
  optionsText(schedule.name, schedules[schedule.name], schedule.options);

function dataText(data: LabState["data"]): string {
  switch (data.kind) {
    case "generated":
      return optionsText(data.generator.name, generators[data.generator.name], data.generator.options);
    case "table": {
      const { table: _, ...fields } = tableFields;
      return optionsText(data.table, fields, { features: data.features });
    }
    case "file":
      return optionsText("file", fileFields, data);
    case "drawn":
      return `drawn,${data.holds}`;
  }
}
