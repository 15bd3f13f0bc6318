// From the hash of a link to a state. What a link cannot set is reported, and the initial value stays.
import { checkState } from "../state/checkState.ts";
import { fileFields, generators, type TableName, tableFields, tables } from "../state/dataFields.ts";
import type { Variants } from "../state/field.ts";
import { type DrawnData, initialState, type LabState } from "../state/labState.ts";
import { models, optimizers, schedules } from "../state/trainingFields.ts";
import { LINK_VERSION } from "./encodeLink.ts";
import { type Draft, linkKeys } from "./linkKeys.ts";
import { readOptions } from "./optionsText.ts";
import { unpackPoints } from "./packedPoints.ts";

/** The state of a link, and sentences about all parts of the link that are not used. */
export interface DecodedLink {
  readonly state: LabState;
  /** Empty if the whole link is used and a run can be made of the state. */
  readonly problems: readonly string[];
}

/** Reads the hash of a link, with or without "#". An empty hash is the initial state. */
export async function decodeLink(hash: string): Promise<DecodedLink> {
  const [version = "", ...parts] = hash.replace(/^#/, "").split("&");
  if (version === "" && parts.length === 0) return { state: initialState, problems: [] };
  if (version !== String(LINK_VERSION)) {
    const problem = /^\d+$/.test(version)
      ? `The link has version ${version}, and this page reads version ${LINK_VERSION}.`
      : `The link does not begin with its version, #${LINK_VERSION}.`;
    return { state: initialState, problems: [`${problem} The page shows its first example.`] };
  }
  const problems: string[] = [];
  const state: Draft = { ...initialState };
  const texts = keyedTexts(parts, problems);
  const points = texts.get("points");
  texts.delete("points");
  for (const [key, text] of texts) await readPart(state, key, text, { points, problems });
  if (points !== undefined && !texts.get("d")?.startsWith("drawn"))
    problems.push("points is not used, because the data is not drawn.");
  return { state, problems: [...problems, ...checkState(state).map(({ text }) => text)] };
}

/** The texts of the keys. A key that occurs twice has its first text. */
function keyedTexts(parts: readonly string[], problems: string[]): Map<string, string> {
  const texts = new Map<string, string>();
  for (const part of parts) {
    const at = part.indexOf("=");
    const key = part.slice(0, Math.max(at, 0));
    if (at < 1) problems.push(`${shorten(part)} is not used, because it has no "=".`);
    else if (texts.has(key)) problems.push(`${shorten(part)} is not used, because an earlier ${key} sets it.`);
    else texts.set(key, part.slice(at + 1));
  }
  return texts;
}

const shorten = (text: string): string =>
  text === "" ? "An empty part" : text.length > 60 ? `${text.slice(0, 57)}…` : text;

interface Context {
  readonly points: string | undefined;
  readonly problems: string[];
}

async function readPart(state: Draft, key: string, text: string, { points, problems }: Context): Promise<void> {
  const report = (sentence: string) => problems.push(sentence);
  const [name = "", ...options] = text.split(",");
  const chosen = (variants: Variants) => {
    if (Object.hasOwn(variants, name)) return { name, options: readOptions(variants[name]!, options, report) };
    report(`${key}=${shorten(name)} is not used. Known names are ${Object.keys(variants).join(", ")}.`);
    return null;
  };
  switch (key) {
    case "m":
      state.model = (chosen(models) as LabState["model"] | null) ?? state.model;
      return;
    case "o":
      state.descent = {
        ...state.descent,
        optimizer: (chosen(optimizers) ?? state.descent.optimizer) as LabState["descent"]["optimizer"],
      };
      return;
    case "sc":
      state.descent = {
        ...state.descent,
        schedule: (chosen(schedules) ?? state.descent.schedule) as LabState["descent"]["schedule"],
      };
      return;
    case "d":
      state.data = (await readData(name, options, points, report)) ?? state.data;
      return;
  }
  const own = linkKeys.find((each) => each.key === key);
  if (own === undefined) {
    report(`${shorten(`${key}=${text}`)} is not used, because links have no ${shorten(key)}.`);
    return;
  }
  const value = own.field.read(text);
  if (value !== undefined && own.field.allows(value)) own.set(state, value);
  else {
    const initial = own.field.write(own.get(initialState)) || "empty";
    report(
      `${shorten(`${key}=${text}`)} is not used, because ${key} must be ${own.field.rule}. It is ${initial} instead.`,
    );
  }
}

async function readData(
  name: string,
  options: readonly string[],
  points: string | undefined,
  report: (sentence: string) => void,
): Promise<LabState["data"] | null> {
  if (Object.hasOwn(generators, name)) {
    const fields = generators[name as keyof typeof generators];
    return {
      kind: "generated",
      generator: { name, options: readOptions(fields, options, report) },
    } as LabState["data"];
  }
  if (Object.hasOwn(tables, name)) {
    const { table: _, ...fields } = tableFields;
    const { features } = readOptions(fields, options, report) as { features: readonly string[] };
    return { kind: "table", table: name as TableName, features };
  }
  if (name === "file") return { kind: "file", ...readOptions(fileFields, options, report) } as LabState["data"];
  if (name !== "drawn") {
    report(
      `d=${shorten(name)} is not used. Known data are ${[...Object.keys(generators), ...Object.keys(tables), "drawn", "file"].join(", ")}.`,
    );
    return null;
  }
  const [holds = "", ...others] = options;
  for (const other of others) report(`${shorten(other)} is not an option.`);
  const read = points === undefined ? null : await unpackPoints(points);
  if (!["classes", "numbers", "ratings"].includes(holds)) {
    const part = holds === "" ? "d=drawn" : `d=drawn,${shorten(holds)}`;
    report(`${part} is not used. Drawn points hold classes, numbers or ratings, as in d=drawn,classes.`);
    return null;
  }
  if (read === null) {
    report("The drawn points of the link are missing or damaged. Copy the whole link.");
    return null;
  }
  return { kind: "drawn", holds: holds as DrawnData["holds"], points: read };
}
