// The files that the user opens: runs that are computed again, and tables that are shown before they are used.

import type { FileData } from "../files/fileData.ts";
import { atStart, type LabState } from "../state/labState.ts";
import { withData } from "./changes.ts";
import { readingText } from "./fileTexts.ts";
import { laterParts } from "./later.ts";
import { fileReader, type OpenedFile, rememberFacts } from "./ownFiles.ts";
import { type Lab, LOCKED, type PageContext } from "./pageState.ts";
import { openRun } from "./runFiles.ts";
import { readingChoices } from "./sources.ts";

type FileActions = Pick<
  Lab,
  "open" | "openAgain" | "readAgain" | "describeFile" | "repairFile" | "closeFile" | "useFile" | "undoFile"
>;

/** The actions on files. */
export function fileActions(page: PageContext, lab: Pick<Lab, "set" | "replace" | "reset">): FileActions {
  const reader = fileReader();
  const closed = { share: null, read: null, failed: null } as const;

  /** Reads a file, and shows the progress; null if the user has cancelled it. */
  const read = (file: OpenedFile): Promise<OpenedFile | null> => reader.open(file, (now) => page.show({ file: now }));

  /** Shows a file that was read. */
  async function show(file: OpenedFile, notes: readonly string[] = []): Promise<void> {
    const opened = await read(file);
    if (opened === null) return;
    await laterParts().catch(() => null); // the panel of the file; a note says if it could not be loaded
    page.show({ file: opened, notes });
    document.getElementById("file-title")?.focus();
  }

  async function openSavedRun(name: string, content: Blob): Promise<boolean> {
    const run = await openRun(name, content);
    if (run === null) return false;
    if (run.state === null) {
      page.show({ notes: run.problems });
      return true;
    }
    page.saved = run.end && { end: run.end, isNext: true };
    lab.replace(run.state, run.problems);
    return true;
  }

  /** Uses the file if it is the one that a link or a saved run needs; it can have another name. */
  async function isUsed(content: Blob, needed: FileData): Promise<boolean> {
    const opened = await read({ ...closed, content, choices: readingChoices(needed) });
    if (opened?.read?.data.sha256 !== needed.sha256) return false;
    page.files.add(needed.sha256, content);
    rememberFacts(needed, opened.read.facts);
    page.show({ file: null });
    lab.reset();
    return true;
  }

  const actions: FileActions = {
    async open(name, content, isPasted = false) {
      const { data, view } = page.state.lab;
      // The file of a link or of a saved run.
      const needed = data.kind === "file" && page.files.contentOf(data) === undefined ? data : null;
      if (view.lock && needed === null) {
        page.show({ notes: [LOCKED] });
        return;
      }
      if (await openSavedRun(name, content)) return;
      if (needed !== null && (await isUsed(content, needed))) return;
      const notes = needed === null ? [] : [`${name} is not the file ${needed.name} of the link or of the saved run.`];
      await show({ ...closed, content, choices: { name, ...(isPasted && { isPasted }) } }, notes);
    },
    async openAgain() {
      const { data } = page.state.lab;
      const content = data.kind === "file" ? page.files.contentOf(data) : undefined;
      if (data.kind !== "file" || content === undefined) return;
      await show({ ...closed, content, choices: { ...readingChoices(data), isPasted: data.format === "pasted" } });
      actions.describeFile(data);
    },
    async readAgain(change) {
      const { file } = page.state;
      if (file === null) return;
      const choices = Object.entries({ ...file.choices, ...change }).filter(([, value]) => value !== undefined);
      const opened = await read({ ...file, choices: Object.fromEntries(choices) as unknown as OpenedFile["choices"] });
      if (opened === null) return;
      page.show({ file: opened });
      keepFocus();
    },
    describeFile(data) {
      const { file } = page.state;
      if (file?.read == null) return;
      page.show({ file: { ...file, read: { ...file.read, data } } });
      reader.report(data, (report) => {
        const { file: now } = page.state;
        if (now?.read != null) page.show({ file: { ...now, read: { ...now.read, report } } });
        keepFocus();
      });
    },
    repairFile({ reading, na, kind, leaveOut }) {
      const { file } = page.state;
      if (reading !== undefined) void actions.readAgain(reading);
      if (file?.read == null) return;
      const { data, facts } = file.read;
      if (na !== undefined) actions.describeFile({ ...data, na: [...new Set([...data.na, ...na])] });
      if (kind !== undefined) {
        const [column] = kind;
        const kinds = data.kinds.filter((entry) => !entry.startsWith(`${column}:`));
        actions.describeFile({ ...data, kinds: [...kinds, kind.join(":")] });
      }
      if (leaveOut !== undefined) {
        const names = facts.columns.map(({ name }) => name).filter((name) => name !== data.target);
        const used = data.features.length === 0 ? names : data.features;
        actions.describeFile({ ...data, features: used.filter((name) => name !== leaveOut) });
      }
    },
    closeFile() {
      reader.cancel();
      page.show({ file: null });
      document.getElementById("file")?.focus();
    },
    useFile() {
      const { file } = page.state;
      if (file?.read == null || file.read.report.use === null) return;
      const { data, facts } = file.read;
      reader.cancel();
      page.files.add(data.sha256, file.content);
      rememberFacts(data, facts);
      page.show({ file: null, tour: null });
      const { run, failure, before: known } = page.state;
      const next = usingData(page.state.lab, data);
      const { view } = next.state;
      lab.set({ ...atStart(next.state), view: { ...view, updates: 0, featureX: "", featureY: "" } }, [
        readingText(file.choices.name, file.read),
        ...next.notes,
      ]);
      // A run that could not start is none to go back to.
      if (page.state.run !== run) page.show({ before: failure === null ? run : known });
      document.getElementById("file")?.focus();
    },
    undoFile() {
      const { before } = page.state;
      if (before === null) return;
      page.clear(before);
      const notes = ["The data, the settings and the run before the file are back."];
      page.show({ lab: before, run: before, problems: {}, typed: {}, failure: null, notes });
      page.onSettings(before);
      page.send({ type: "goBack" });
    },
  };
  return actions;
}

/** Moves the focus to the title of the file if the focused button is no longer shown. */
function keepFocus(): void {
  if (document.activeElement === document.body) document.getElementById("file-title")?.focus();
}

/** The settings with the data: with the first model that can learn from other columns than before. */
function usingData(state: LabState, data: FileData): ReturnType<typeof withData> {
  const before = state.data;
  const isOther = before.kind !== "file" || before.sha256 !== data.sha256 || before.target !== data.target;
  return withData(state, data, isOther);
}
