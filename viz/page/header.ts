/** The head of the page: what is shown, how it stands, and the ways elsewhere. */
import { USUAL_ORDER, writeAddress } from "./address.ts";
import { html } from "./html.ts";
import type { PageContext } from "./page-context.ts";

/** @param shown name of what is shown, if it is one thing, and of the study that it is, or a run of */
export function header(
  context: PageContext,
  { name, study }: { readonly name?: string; readonly study?: string },
  status: HTMLElement,
): HTMLElement {
  const { source, go } = context;
  const { names, studies, champions, live } = source;
  const hasRuns = names.length > champions.length || studies.length > 0;
  const isRunOfStudy = study !== undefined && study !== name;
  const all = writeAddress({ kind: "runs", order: USUAL_ORDER });
  return html(
    "header",
    {},
    html("span", { class: "brand" }, "Precocial"),
    live && hasRuns ? html("a", { id: "all-runs", href: all }, "all runs") : undefined,
    names.length > 1 ? html("a", { href: writeAddress({ kind: "gallery" }) }, "gallery") : undefined,
    html("a", { id: "search-here", href: writeAddress({ kind: "search" }) }, "search here"),
    isRunOfStudy
      ? html("button", { id: "back", onclick: () => go({ kind: "study", name: study }) }, `← ${study}`)
      : undefined,
    name === undefined
      ? undefined
      : names.length + studies.length > 1 || isRunOfStudy
        ? chooser(context, name, study)
        : html("span", { class: "soft" }, name),
    status,
    html("span", { class: "spacer" }),
    html("button", { id: "theme", title: "Light or dark", "aria-label": "Light or dark", onclick: switchTheme }, "◐"),
  );
}

/** All runs and studies that are listed, to choose from. */
function chooser({ source: { names, studies }, go }: PageContext, name: string, study?: string): HTMLElement {
  const isRunOfStudy = study !== undefined && study !== name;
  const options = (kind: "run" | "study", listed: readonly string[]) =>
    listed.map((other) => {
      const selected = other === name && (kind === "study") === (study !== undefined);
      return html("option", { value: JSON.stringify({ kind, name: other }), selected }, other);
    });
  const [runOptions, studyOptions] = [options("run", names), options("study", studies)];
  const groups = [
    html("optgroup", { label: "Studies" }, ...studyOptions),
    html("optgroup", { label: "Runs" }, ...runOptions),
  ];
  return html(
    "select",
    {
      "aria-label": studies.length > 0 ? "Study or run" : "Run",
      onchange: (event) => go(JSON.parse((event.target as HTMLSelectElement).value)),
    },
    ...(isRunOfStudy ? [html("option", { selected: true }, name)] : []),
    ...(studies.length === 0 ? runOptions : groups.filter(({ children }) => children.length > 0)),
  );
}

function switchTheme(): void {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  try {
    localStorage.setItem("precocial-theme", root.dataset.theme);
  } catch {
    // A page opened from disk may have no storage: the choice lasts as long as the page.
  }
}
