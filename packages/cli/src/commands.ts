// Every command with its options; what a command does is loaded when it is called, so that help and errors are instant.
import type { Command } from "commander";
import type { Io } from "./io.ts";
import { modelNames, optimizerNames } from "./model/names.ts";
import type { Raw } from "./options/chosen.ts";
import { version } from "./version.ts";

export const commandNames = ["train", "predict", "evaluate", "recommend", "gallery"] as const;

/** Adds the commands to the program; each hands its exit code to `done`. */
export function addCommands(program: Command, io: Io, argv: readonly string[], done: (code: number) => void): void {
  const own = {
    writeOut: (text: string) => io.stdout.write(text),
    writeErr: (text: string) => io.stderr.write(text),
    outputError: () => {},
  };
  program
    .description("Gradient descent from the command line: train, predict, evaluate and recommend on tables.")
    .version(version)
    .exitOverride()
    .configureOutput(own)
    .configureHelp({ helpWidth: Math.min(100, io.columns()) });

  addTrain(program.command("train"), io, argv, done);
  const data = "a .csv, .tsv, .parquet, .json, .ndjson or .jsonl file, or an SQL query over such files";

  program
    .command("predict")
    .description("predict the target of each row with a saved model")
    .argument("<model>", "the file that train wrote")
    .argument("<data>", data)
    .option("--probabilities", "one column per class beside the prediction")
    .option("--out <file>", "write a .csv, .tsv or .json file (default: CSV on stdout)")
    .action(async (model: string, table: string, raw: Raw) => {
      const { predictCommand } = await import("./commands/predict.ts");
      done(await predictCommand(model, table, raw, io));
    });

  program
    .command("evaluate")
    .description("measure a saved model on rows whose target is known")
    .argument("<model>", "the file that train wrote")
    .argument("<data>", data)
    .option("--json", "one JSON object instead of a table")
    .action(async (model: string, table: string, raw: Raw) => {
      const { evaluateCommand } = await import("./commands/evaluate.ts");
      done(await evaluateCommand(model, table, raw, io));
    });

  program
    .command("recommend")
    .description("the items with the highest predicted ratings for a user, without those already rated")
    .argument("<model>", "the file that train wrote with --model factorization")
    .requiredOption("--user <user>", "the user as the table names it")
    .option("--top <n>", "how many items (default: 10)")
    .option("--json", "one JSON object instead of lines")
    .action(async (model: string, raw: Raw) => {
      const { recommendCommand } = await import("./commands/recommend.ts");
      done(await recommendCommand(model, raw, io));
    });

  program
    .command("gallery")
    .description("run the programs of the two articles and compare with their numbers")
    .option("--out <directory>", "where to write their pictures (default: gallery)")
    .option("--json", "one JSON object per program instead of a table")
    .action(async (raw: Raw) => {
      const { galleryCommand } = await import("./commands/gallery.ts");
      done(await galleryCommand(raw, io));
    });
}

function addTrain(command: Command, io: Io, argv: readonly string[], done: (code: number) => void): void {
  command
    .description("train a model on a table, measure it on held-out rows, and save it")
    .argument("<data>", "a .csv, .tsv, .parquet, .json, .ndjson or .jsonl file, or an SQL query over such files")
    .option("--target <column>", "the column to predict")
    .option("--model <name>", `${modelNames.join(", ")} (default: by the target)`)
    .option("--drop <columns>", "columns to leave out, with commas between them")
    .optionsGroup("The descent:")
    .option("--batch-size <n>", "full, 1, or rows per update (default: by the model)")
    .option("--optimizer <name>", `${optimizerNames.join(", ")} (default: by the model)`)
    .option(
      "--learning-rate <rate>",
      "a constant rate; alone it means plain descent (default: by the model; automatic has none)",
    )
    .option("--epochs <n>", "passes over the training rows at most (default: by the model)")
    .option("--patience <n>", "stop n epochs after the best loss on a fifth of the training rows")
    .option(
      "--l2 <weight>",
      "penalty l2/2 times the squared weights (default: linear: 0; factorization: 0.05 per rating; others: 1/rows)",
    )
    .option("--l1 <weight>", "penalty l1 times the weights' sizes: linear, logistic, softmax (default: 0)")
    .option("--seed <n>", "of the split, the start and the order of visits (default: 0)")
    .option("--hold-out <share>", "share of the rows kept for measuring, 0 for none (default: 0.2)")
    .option("--standardize", "columns to mean 0 and deviation 1 (default)")
    .option("--no-standardize", "columns as they are")
    .option("--class-weights <balanced>", "weigh classes by their rarity")
    .option("--threads <n>", "1 for none; they change no bit of the model (default: up to 8 where the work is large)")
    .optionsGroup("A network:")
    .option("--hidden <units>", "units of each hidden layer, such as 32,16 (default: 32)")
    .option("--activation <name>", "relu, tanh or sigmoid (default: relu)")
    .optionsGroup("An SVM:")
    .option("--loss <name>", "hinge or squaredHinge (default: hinge)")
    .optionsGroup("A factorization:")
    .option("--user <column>", "the column of users")
    .option("--item <column>", "the column of items")
    .option("--rating <column>", "the column of ratings")
    .option("--rank <n>", "factors per user and item (default: 10)")
    .option("--penalty <name>", "perRating or uniform (default: perRating)")
    .option("--biases", "a bias per user and item (default)")
    .option("--no-biases", "factors alone")
    .optionsGroup("The results:")
    .option("--save <file>", "where to write the model (default: model.json)")
    .option("--report <file>", "write a page with the run's pictures")
    .option("--json", "events on stdout, one JSON object per line")
    .option("--progress <kind>", "bar, lines or none (default: bar on a terminal, else lines)")
    .option("--quiet", "print the final loss and nothing else")
    .action(async (data: string, raw: Raw) => {
      const { trainCommand } = await import("./train/command.ts");
      done(await trainCommand(data, raw, argv, io));
    });
}
