// Text inside SVG and HTML: escaped, so that it cannot end the element or the attribute around it.

/** Text whose markup characters are character references. Characters that XML forbids become U+FFFD. */
export function escaped(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML forbids these characters
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]|\p{Cs}/gu, "\ufffd")
      .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
  );
}

/** One attribute with a space before it and its value escaped; "" when the value is undefined. */
export function attribute(name: string, value: string | number | undefined): string {
  return value === undefined ? "" : ` ${name}="${escaped(String(value))}"`;
}

/** Attributes in their order; those without a value are left out. */
export function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .map(([name, value]) => attribute(name, value))
    .join("");
}
