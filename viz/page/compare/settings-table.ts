/** All settings of runs beside each other: those that differ are marked, and stand alone until all are asked for. */
import type { RunData } from "../../run-data.ts";
import { html } from "../html.ts";
import { valueText } from "../runs/columns.ts";

/** Settings that say what a run is rather than how it searches. */
const NOT_LISTED = new Set(["format", "taskSettings"]);

export function settingsTable(runs: readonly RunData[]): HTMLElement {
  const settings = runs.map(({ config = {} }) => ({ ...config, ...config.taskSettings }) as Record<string, unknown>);
  const names = [...new Set(settings.flatMap((one) => Object.keys(one)))].filter((name) => !NOT_LISTED.has(name));
  const rows = names.map((name) => {
    const values = settings.map((one) => (name in one ? valueText(one[name]) : "–"));
    return { name, values, differs: new Set(values).size > 1 };
  });
  const body = html("tbody", {});
  const head = runs.map(({ name }) => html("th", { scope: "col" }, name));
  const table = html(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": "Settings" },
    html("table", {}, html("thead", {}, html("tr", {}, html("th", { scope: "col" }, "setting"), ...head)), body),
  );
  const all = html("input", { type: "checkbox", id: "all-settings", onchange: () => redraw() });
  const redraw = () => {
    const shown = rows.filter(({ differs }) => differs || all.checked);
    table.hidden = shown.length === 0;
    body.replaceChildren(
      ...shown.map(({ name, values, differs }) =>
        html(
          "tr",
          { class: differs && "differs" },
          html("th", { scope: "row" }, name),
          ...values.map((value) => html("td", {}, value)),
        ),
      ),
    );
  };
  redraw();
  const differing = rows.filter(({ differs }) => differs).length;
  return html(
    "div",
    { class: "settings" },
    html(
      "p",
      { class: "soft" },
      runs.length === 1 ? "" : `${differing} of ${rows.length} settings differ. `,
      html("label", {}, all, " all settings"),
    ),
    table,
  );
}

/** Style of this part of the page. */
export const SETTINGS_CSS = `
.settings tr.differs td,.settings tr.differs th{background:var(--accent-soft)}
.settings th,.settings td{padding-left:.5em}
.settings label{white-space:nowrap}`;
