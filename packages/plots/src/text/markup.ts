// Text that becomes part of SVG or HTML. What is written here cannot end the element or the attribute that it stands in.

/** Text with every sign that means something to markup written as a reference; what XML forbids becomes U+FFFD. */
export function escaped(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids and what no page may hold
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]|\p{Cs}/gu, "\ufffd")
      .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
  );
}

/** One attribute with the space before it, its value escaped; nothing when the value is undefined. */
export function attribute(name: string, value: string | number | undefined): string {
  return value === undefined ? "" : ` ${name}="${escaped(String(value))}"`;
}

/** Attributes in their order; those without a value are left out. */
export function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .map(([name, value]) => attribute(name, value))
    .join("");
}
