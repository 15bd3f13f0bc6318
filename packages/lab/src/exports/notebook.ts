// "Notebook": the program of a state as a Jupyter notebook for Deno's kernel, with a chart of the loss.
import type { TableData } from "downhill";
import type { LabState } from "../state/labState.ts";
import { dataFileName } from "./commandLine.ts";
import { printing, snippetOf } from "./snippet.ts";

/** The text of an .ipynb file. @param version  the version of the library that the notebook imports */
export function notebookOf(state: LabState, table: TableData, version: string): string {
  const { imports, modules, data, training } = snippetOf(state, table);
  const isFile = state.data.kind === "table" || state.data.kind === "file";
  const note = isFile ? ` It reads \`${dataFileName(state)}\`, which must be in the folder of the notebook.` : "";
  const cells = [
    markdown(
      `# ${state.model.name} with gradient descent\n\nRun the cells with the Deno kernel (\`deno jupyter --install\`).${note}`,
    ),
    code([`import { ${imports.join(", ")} } from "npm:downhill@${version}";`, ...modules.map(fromNpm), "", ...data]),
    code([...training, ...printing(state)]),
    code([
      `import { draw, lossCurve } from "npm:@downhill/plots@${version}";`,
      "",
      'const chart = lossCurve({ title: "Loss", xName: "Update", runs: [{ name: "training", x: history.updates, values: history.objective ?? [] }] });',
      'const svg = draw(chart, { theme: "light", width: 640 });',
      `Deno.jupyter.svg\`\${svg}\`;`,
    ]),
  ];
  const notebook = {
    cells: cells.map((cell, i) => ({ id: `cell-${i + 1}`, ...cell })),
    metadata: {
      kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
      language_info: { file_extension: ".ts", mimetype: "text/x.typescript", name: "typescript" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

/** Deno reads Node's modules as they are, and other packages with "npm:". */
const fromNpm = (statement: string): string => statement.replace(/from "(?!node:)/, 'from "npm:');

const lines = (texts: readonly string[]): string[] =>
  texts.map((text, i) => (i < texts.length - 1 ? `${text}\n` : text));

const markdown = (text: string) => ({ cell_type: "markdown", metadata: {}, source: lines(text.split("\n")) });

const code = (texts: readonly string[]) => ({
  ...{ cell_type: "code", execution_count: null, metadata: {}, outputs: [] },
  source: lines(texts),
});
