// Finds the sentences of a file: in the text of a Markdown page, and in the comments and strings of code.

/** Stands for an expression in a template, such as the name in `no column ${name}`. */
const HOLE = "…";

/** A paragraph is a text with the line where it begins. */
const paragraph = (text, line, kind) => ({ text, line, kind });

/** The sentences of a file as { file, line, kind, text }. `parse` is rolldown's parser of JavaScript and TypeScript. */
export function sentencesOf(file, source, parse) {
  const read = file.endsWith(".md") ? ofMarkdown : file.endsWith(".py") ? ofPython : ofCode;
  return read(source, file, parse).flatMap(({ text, line, kind }) =>
    split(text).map((sentence) => ({ file, line: line + sentence.line, kind, text: sentence.text })),
  );
}

/** Splits a paragraph at the ends of sentences; keeps the parts of at least four words. */
function split(text) {
  const sentences = [];
  let line = 0;
  for (const part of text.split(/(?<=[.!?]["”’)`*]*)(?=\s+(?:["“(*[]?[A-Z0-9]|`))/)) {
    const before = part.length - part.trimStart().length;
    const plain = part.trim().replaceAll(/\s+/g, " ");
    if (isProse(plain)) sentences.push({ text: plain, line: line + newlines(part.slice(0, before)) });
    line += newlines(part);
  }
  return sentences;
}

const newlines = (text) => text.split("\n").length - 1;

function isProse(text) {
  const words = text.split(" ").filter((word) => /^["“(`*[]*[a-z][a-z0-9'’.-]*[)”"`*\]:;,.!?]*$/i.test(word));
  return words.length >= 4 && words.length >= 0.6 * text.split(" ").length;
}

/** Paragraphs, headings, list items and table cells; code blocks are left out. */
function ofMarkdown(source) {
  const paragraphs = [];
  let open = null;
  let fenced = false;
  source.split("\n").forEach((row, i) => {
    if (row.startsWith("```")) fenced = !fenced;
    if (fenced || row.startsWith("```") || row.trim() === "") {
      open = null;
    } else if (row.startsWith("|")) {
      for (const cell of row.split(/(?<!\\)\|/)) paragraphs.push(paragraph(cell, i + 1, "page"));
    } else if (open === null || /^\s*([-*]|\d+\.|#+) /.test(row)) {
      open = paragraph(row.replace(/^\s*([-*]|\d+\.|#+) /, ""), i + 1, "page");
      paragraphs.push(open);
    } else {
      open.text += `\n${row}`;
    }
  });
  return paragraphs;
}

function ofCode(source, file, parse) {
  // AssemblyScript has decorators before functions, which TypeScript does not know.
  const { program, comments, errors } = parse(
    file,
    source.replaceAll(/@(?=inline\b|unsafe\b|external\b|lazy\b)/g, " "),
  );
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  const lineAt = (offset) => newlines(source.slice(0, offset)) + 1;
  return [...ofComments(comments, source, lineAt), ...ofStrings(program, source, file, lineAt)];
}

/** Comments: lines that follow each other are one paragraph; tags and empty lines of a docstring begin a new one. */
function ofComments(comments, source, lineAt) {
  const paragraphs = [];
  let last = null;
  for (const { type, value, start, end } of comments) {
    const line = lineAt(start);
    if (type === "Line") {
      const follows = last !== null && /^\n[ \t]*$/.test(source.slice(last.end, start));
      if (!follows) {
        last = { paragraph: paragraph(value, line, "comment") };
        paragraphs.push(last.paragraph);
      } else {
        last.paragraph.text += `\n${value}`;
      }
      last.end = end;
    } else {
      last = null;
      const text = value.replaceAll(/```[\s\S]*?```/g, (code) => "\n".repeat(newlines(code)));
      let at = line;
      for (const part of text.split(/(?=\n\s*\*?\s*(?:\n|@|- ))/)) {
        const clean = part.replaceAll(/^[ \t]*\*+[ \t]?/gm, "").replaceAll(/\{@link ([^}]+)\}/g, "$1");
        paragraphs.push(paragraph(clean.replaceAll(/@(param|returns|throws|example)\b/g, ""), at, "comment"));
        at += newlines(part);
      }
    }
  }
  return paragraphs;
}

/** Strings, templates and sums of them; texts of tests are left out, except titles, since they repeat messages. */
function ofStrings(program, source, file, lineAt) {
  const paragraphs = [];
  const visit = (node, kind) => {
    if (Array.isArray(node)) {
      for (const child of node) visit(child, kind);
    } else if (node !== null && typeof node === "object") {
      const text = textOf(node, source);
      if (text !== null) paragraphs.push(paragraph(text, lineAt(node.start), kind));
      if (text !== null && node.type === "Literal") return;
      const inner = text === null ? Object.entries(node) : [["expressions", expressionsOf(node)]];
      for (const [key, child] of inner) {
        if (key === "arguments" && /^(test|it|describe)\b/.test(source.slice(node.start, node.end))) {
          visit(child[0], "title");
          visit(child.slice(1), "message");
        } else {
          visit(child, key === "body" ? "message" : kind);
        }
      }
    }
  };
  visit(program, "message");
  return /\btest\//.test(file) || file.endsWith(".test.ts")
    ? paragraphs.filter(({ kind }) => kind === "title")
    : paragraphs;
}

/** The text of a string, a template or a sum that begins with one; null for other code. */
function textOf(node, source) {
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : null;
  if (node.type === "TemplateLiteral") {
    return node.quasis.map(({ value }, i) => value.cooked + (i < node.expressions.length ? HOLE : "")).join("");
  }
  if (node.type !== "BinaryExpression" || node.operator !== "+") return null;
  const [left, right] = [textOf(node.left, source), textOf(node.right, source)];
  return left === null && right === null ? null : (left ?? HOLE) + (right ?? HOLE);
}

/** The code inside of a template or a sum, which may hold further texts. */
function expressionsOf(node) {
  if (node.type === "TemplateLiteral") return node.expressions;
  if (node.type === "BinaryExpression" && node.operator === "+") {
    return [...expressionsOf(node.left), ...expressionsOf(node.right)];
  }
  return node.type === "Literal" ? [] : [node];
}

/** Comments and docstrings. */
function ofPython(source) {
  const paragraphs = [];
  let last = null;
  source.split("\n").forEach((row, i) => {
    const text = /^\s*# (.*)$/.exec(row)?.[1] ?? /^\s*"""(.*?)(?:""")?$/.exec(row)?.[1];
    if (text === undefined) {
      last = null;
    } else if (last === null) {
      last = paragraph(text, i + 1, "comment");
      paragraphs.push(last);
    } else {
      last.text += `\n${text}`;
    }
  });
  return paragraphs;
}
