// The colours of the page: those of the system, or light or dark ones. Forced colours are always those of the system.

/** The themes. */
export type Theme = "system" | "light" | "dark";

const KEY = "downhill-lab-theme";
const system = matchMedia("(prefers-color-scheme: dark)");
const forced = matchMedia("(forced-colors: active)");
const listeners = new Set<() => void>();
let chosen: Theme = stored();

function stored(): Theme {
  try {
    const value = localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : "system";
  } catch {
    return "system"; // a page without storage, such as in a sandbox
  }
}

/** The chosen theme. */
export const theme = (): Theme => chosen;

/** Whether the colours are dark now. */
export const isDark = (): boolean => (forced.matches || chosen === "system" ? system.matches : chosen === "dark");

/** Calls a function when the colours change; returns a function that ends this. */
export function onThemeChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Changes the theme, and remembers it. */
export function setTheme(next: Theme): void {
  chosen = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // the theme then lasts as long as the page
  }
  apply();
}

function apply(): void {
  document.documentElement.style.colorScheme = chosen === "system" ? "light dark" : chosen;
  for (const listener of listeners) listener();
}

for (const each of [system, forced]) each.addEventListener("change", apply);
apply();
