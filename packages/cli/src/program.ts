// Defines the commands for commander. The code of a command is loaded when it runs, so that help and errors are fast.
import { Argument, type Command } from "commander";
import { UsageError } from "./errors/errors.ts";
import { type DiagnoseOptions, diagnoseOptions } from "./options/diagnoseOptions.ts";
import { addOptions } from "./options/option.ts";
import {
  type EvaluateOptions,
  type ExportOptions,
  evaluateOptions,
  exportOptions,
  type GalleryOptions,
  galleryOptions,
  type InspectOptions,
  inspectOptions,
  type LabOptions,
  labOptions,
  type PredictOptions,
  predictOptions,
  type RecommendOptions,
  recommendOptions,
} from "./options/otherOptions.ts";
import { type TrainOptions, trainOptions } from "./options/trainOptions.ts";
import { version } from "./process/version.ts";
import type { Printer, Terminal } from "./terminal/terminal.ts";

const DATA =
  "a CSV, Parquet or JSON file (also compressed: .csv.gz, .csv.zst), a pattern such as 'part-*.csv', - for standard input, " +
  "or an SQL query over such files";
const MODEL = "a model file that train wrote";
const COMPLETION_HELP = `How to use the script:
  bash   add this line to ~/.bashrc:                    eval "$(downhill completion bash)"
  zsh    add this line to ~/.zshrc after compinit:      source <(downhill completion zsh)
  fish   add this line to ~/.config/fish/config.fish:   downhill completion fish | source`;

/** The surroundings of the commands. */
interface Context {
  readonly terminal: Terminal;
  /** The command line after `downhill`. */
  readonly argv: readonly string[];
  /** Receives the exit code of the command. */
  readonly done: (code: number) => void;
}

/** Adds the commands to the program. */
export function addCommands(program: Command, { terminal, argv, done }: Context): void {
  program
    .description(
      "Gradient descent from the command line: inspect, diagnose, train, predict, evaluate and recommend on tables.",
    )
    .version(version)
    .exitOverride()
    .helpCommand(false) // commander's help command prints no error for an unknown command
    .configureOutput({
      writeOut: (text) => printLines(text, terminal.stdout),
      writeErr: (text) => printLines(text, terminal.stderr),
    })
    .configureHelp({ helpWidth: Math.min(100, terminal.columns()) })
    .showHelpAfterError("See downhill --help.")
    .hook("preAction", (_, command) => {
      if (terminal.launch === null || command.name() === "train") return;
      throw new UsageError(
        `${command.name()}: only train runs on several processes, but ${terminal.launch.size} were started. Start it without mpirun.`,
      );
    });

  const train = program
    .command("train")
    .description("train a model on a table, measure it on held-out rows, and save it")
    .argument("<data>", DATA)
    .showHelpAfterError("See downhill train --help.")
    .action(async (data: string, options: TrainOptions) => {
      const { trainCommand } = await import("./commands/train.ts");
      done(await trainCommand({ data, argv }, options, terminal));
    });
  addOptions(train, trainOptions);

  const inspect = program
    .command("inspect")
    .description("show what a table contains and how train would read it: kinds, missing cells, ranges and warnings")
    .argument("<data>", DATA)
    .showHelpAfterError("See downhill inspect --help.")
    .action(async (data: string, options: InspectOptions) => {
      const { inspectCommand } = await import("./commands/inspect.ts");
      done(await inspectCommand(data, options, terminal));
    });
  addOptions(inspect, inspectOptions);

  const diagnose = program
    .command("diagnose")
    .description("show before any training what the learning rate of train would do on a table, and which one is best")
    .argument("<data>", DATA)
    .showHelpAfterError("See downhill diagnose --help.")
    .action(async (data: string, options: DiagnoseOptions) => {
      const { diagnoseCommand } = await import("./commands/diagnose.ts");
      done(await diagnoseCommand(data, options, terminal));
    });
  addOptions(diagnose, diagnoseOptions);

  const predict = program
    .command("predict")
    .description("predict the target of each row with a saved model")
    .argument("<model>", MODEL)
    .argument("<data>", DATA)
    .showHelpAfterError("See downhill predict --help.")
    .action(async (model: string, data: string, options: PredictOptions) => {
      const { predictCommand } = await import("./commands/predict.ts");
      done(await predictCommand({ model, data }, options, terminal));
    });
  addOptions(predict, predictOptions);

  const evaluate = program
    .command("evaluate")
    .description("measure a saved model on a table that has the target")
    .argument("<model>", MODEL)
    .argument("<data>", DATA)
    .showHelpAfterError("See downhill evaluate --help.")
    .action(async (model: string, data: string, options: EvaluateOptions) => {
      const { evaluateCommand } = await import("./commands/evaluate.ts");
      done(await evaluateCommand({ model, data }, options, terminal));
    });
  addOptions(evaluate, evaluateOptions);

  const recommend = program
    .command("recommend")
    .description(
      "list the items with the highest predicted ratings for users, without the items that they rated; or items similar to an item",
    )
    .argument("<model>", "a model file that train wrote with --model factorization")
    .showHelpAfterError("See downhill recommend --help.")
    .action(async (model: string, options: RecommendOptions) => {
      const { recommendCommand } = await import("./commands/recommend.ts");
      done(await recommendCommand(model, options, terminal));
    });
  addOptions(recommend, recommendOptions);

  const exported = program
    .command("export")
    .description("write a saved model for another program: as ONNX, JavaScript, SQL or coefficients")
    .argument("<model>", MODEL)
    .showHelpAfterError("See downhill export --help.")
    .action(async (model: string, options: ExportOptions) => {
      const { exportCommand } = await import("./commands/export.ts");
      done(await exportCommand(model, options, terminal));
    });
  addOptions(exported, exportOptions);

  const gallery = program
    .command("gallery")
    .description("run the programs of two articles on gradient descent, and compare the results with NumPy")
    .showHelpAfterError("See downhill gallery --help.")
    .action(async (options: GalleryOptions) => {
      const { galleryCommand } = await import("./commands/gallery.ts");
      done(await galleryCommand(options, terminal));
    });
  addOptions(gallery, galleryOptions);

  const lab = program
    .command("lab")
    .description("open a page in the browser that shows gradient descent at work, also on your own table")
    .argument("[data]", "a file that the page opens")
    .showHelpAfterError("See downhill lab --help.")
    .action(async (data: string | undefined, options: LabOptions) => {
      const { labCommand } = await import("./commands/lab.ts");
      done(await labCommand(data, options, terminal));
    });
  addOptions(lab, labOptions);

  program
    .command("completion")
    .description("print a script that completes commands and options in your shell")
    .addArgument(new Argument("<shell>", "your shell").choices(["bash", "zsh", "fish"]))
    .addHelpText("after", `\n${COMPLETION_HELP}`)
    .showHelpAfterError("See downhill completion --help.")
    .action(async (shell: string) => {
      const { completionCommand } = await import("./commands/completion.ts");
      done(completionCommand(shell, program, terminal));
    });

  const names = [...program.commands.map((command) => command.name()), "help"];
  program
    .command("help")
    .description("show the help of a command")
    .addArgument(new Argument("[command]", "the command").choices(names))
    .showHelpAfterError("See downhill --help.")
    .action((name?: string) => {
      (program.commands.find((command) => command.name() === name) ?? program).outputHelp();
    });
}

/** Prints commander's text, which may contain any words of the command line. */
function printLines(text: string, printer: Printer): void {
  for (const line of text.replace(/\n$/, "").split("\n")) printer.line(line);
}
