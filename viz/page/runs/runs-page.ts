/** The table of all runs: it grows as runs do, sorts, filters, groups, and gives what is selected to compare or archive. */
import type { RunRow, RunsData } from "../../runs-data.ts";
import { GROUPINGS, type Grouping, type Order, writeAddress } from "../address.ts";
import { header } from "../header.ts";
import { html } from "../html.ts";
import type { PageContext } from "../page-context.ts";
import { notice, reasonOf } from "../texts.ts";
import { COLUMNS } from "./columns.ts";
import { askForNotes } from "./notes-dialog.ts";
import { arrangeRows } from "./rows.ts";

/** Shows the table and follows it; returns how to stop. */
export function openRuns(context: PageContext, first: Order): () => void {
  const { source, page } = context;
  let order = first;
  /** Undefined until they have arrived. */
  let data: RunsData | undefined;
  const selected = new Set<string>();
  document.title = "Runs · Precocial";
  const status = html("span", { class: "status" });
  const count = html("p", { class: "lead", "aria-live": "polite" }, "Reading the runs …");
  const trouble = html("div", {});
  const body = html("div", {
    class: "scroll runs-scroll",
    tabindex: 0,
    role: "region",
    "aria-label": "Runs",
  });
  const filter = html("input", {
    type: "search",
    id: "filter",
    value: order.filter,
    placeholder: "words of a run, a setting, a tag",
    "aria-label": "Filter",
    oninput: () => reorder({ filter: filter.value }),
  });
  const group = html(
    "select",
    { id: "group", onchange: () => reorder({ group: group.value as Grouping }) },
    ...GROUPINGS.map((name) => html("option", { value: name, selected: name === order.group }, name)),
  );
  const compare = html("button", {
    id: "compare-selected",
    onclick: () => context.go({ kind: "compare", names: [...selected] }),
  });
  const archive = html("button", { id: "archive-selected", onclick: () => archiveSelected() }, "Archive");

  /** Does what is asked of the server; says what it says against it. */
  const ask = async (action: () => Promise<void>) => {
    trouble.replaceChildren();
    await action().catch((error: unknown) => trouble.replaceChildren(notice(reasonOf(error))));
  };
  const archiveSelected = () => {
    const names = [...selected];
    if (!confirm(`Move ${names.join(", ")} to the folder archive beside the other runs?`)) return;
    void ask(async () => {
      await source.order("archive", { names });
      selected.clear();
    });
  };
  const reorder = (change: Partial<Order>) => {
    order = { ...order, ...change };
    history.replaceState(null, "", writeAddress({ kind: "runs", order }));
    redraw();
  };
  const sortBy = (id: string) => reorder({ sort: id, descending: order.sort === id ? !order.descending : true });
  const heading = (id: string, title: string, isNumber = false) =>
    html(
      "th",
      {
        scope: "col",
        class: isNumber && "number",
        "aria-sort": order.sort === id ? (order.descending ? "descending" : "ascending") : undefined,
      },
      html("button", { class: "link", "data-focus": `sort ${id}`, onclick: () => sortBy(id) }, title),
    );
  const select = (name: string, isChosen: boolean) => {
    if (isChosen) selected.add(name);
    else selected.delete(name);
    tellSelected();
  };
  const shownColumns = () =>
    COLUMNS.filter(({ isRare, value }) => !isRare || data?.rows.some((row) => value(row) !== undefined));
  const lineOf = (row: RunRow) => {
    const { name, study, status: state, notes } = row;
    const star = () => void ask(() => source.order("notes", { name, star: !notes.star }));
    const write = () => askForNotes(name, notes, (change) => source.order("notes", { name, ...change }));
    const cell = ({ id, number, text }: (typeof COLUMNS)[number]) => {
      const words = text(row);
      if (id === "status") return html("td", {}, html("span", { class: `state ${state}` }, words));
      if (id === "tags") return html("td", {}, ...notes.tags.map((tag) => html("span", { class: "tag" }, tag)));
      const isLong = id === "settings" || id === "note";
      return html("td", { class: number ? "number" : isLong && "long", title: isLong && words }, words);
    };
    return html(
      "tr",
      {},
      html(
        "td",
        {},
        html("input", {
          type: "checkbox",
          checked: selected.has(name),
          "aria-label": `Select ${name}`,
          "data-focus": `select ${name}`,
          onchange: (event) => select(name, (event.target as HTMLInputElement).checked),
        }),
      ),
      html(
        "td",
        {},
        html(
          "button",
          {
            class: "star",
            "aria-pressed": String(notes.star),
            "aria-label": `Star ${name}`,
            "data-focus": `star ${name}`,
            onclick: star,
          },
          notes.star ? "★" : "☆",
        ),
      ),
      html(
        "td",
        {},
        html(
          "button",
          {
            class: "star",
            "aria-label": `Edit tags and note of ${name}`,
            "data-focus": `notes ${name}`,
            title: "Tags and note",
            onclick: write,
          },
          "✎",
        ),
      ),
      html(
        "th",
        { scope: "row" },
        html("a", { href: writeAddress({ kind: "run", name, study }), "data-focus": `open ${name}` }, name),
      ),
      ...shownColumns().map(cell),
    );
  };
  const tellSelected = () => {
    compare.textContent = selected.size < 2 ? "Compare" : `Compare ${selected.size}`;
    compare.disabled = selected.size < 2;
    archive.disabled = selected.size === 0;
  };
  const redraw = () => {
    if (data === undefined) return;
    const groups = arrangeRows(data.rows, order);
    const shown = groups.reduce((sum, { rows }) => sum + rows.length, 0);
    const running = data.rows.filter(({ status: state }) => state === "running").length;
    count.textContent =
      `${shown === data.rows.length ? "" : `${shown} of `}${data.rows.length} runs` +
      (running > 0 ? `, ${running} running.` : ".");
    const columns = shownColumns();
    const head = html(
      "tr",
      {},
      html("td", {}),
      heading("star", "★"),
      html("td", {}),
      heading("name", "run"),
      ...columns.map(({ id, title, number }) => heading(id, title, number)),
    );
    const focused = document.activeElement?.getAttribute("data-focus");
    body.replaceChildren(
      html(
        "table",
        { class: "runs" },
        html("thead", {}, head),
        ...groups.map(({ title, rows }) =>
          html(
            "tbody",
            {},
            title === ""
              ? undefined
              : html(
                  "tr",
                  { class: "group" },
                  html("th", { colspan: columns.length + 4, scope: "rowgroup" }, `${title} (${rows.length})`),
                ),
            ...rows.map(lineOf),
          ),
        ),
      ),
    );
    if (focused) body.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
    tellSelected();
  };
  page.replaceChildren(
    header(context, {}, status),
    html("h1", {}, "Runs"),
    count,
    html(
      "div",
      { class: "buttons runs-tools" },
      filter,
      html("span", {}, html("label", { for: "group" }, "group by "), group),
      compare,
      archive,
    ),
    trouble,
    body,
    html("p", { class: "told", id: "unreadable" }),
  );
  tellSelected();
  return source.followRuns(
    (next) => {
      data = next;
      const names = new Set(next.rows.map(({ name }) => name));
      for (const name of selected) if (!names.has(name)) selected.delete(name);
      const unreadable = next.unreadable.map(({ name, problem }) => `${name} cannot be read. ${problem}`);
      (page.querySelector("#unreadable") as HTMLElement).textContent = unreadable.join(" ");
      redraw();
    },
    (connected) => {
      status.textContent = connected ? "" : "the server has gone";
    },
  );
}

/** Style of this part of the page. */
export const RUNS_CSS = `
.runs-tools{margin:0 0 12px}.runs-tools span{white-space:nowrap}.runs-tools input[type=search]{flex:1 1 16em;min-width:0;max-width:26em;background:var(--surface);border:1px solid var(--ink-faint);border-radius:7px;padding:.3em .7em}
.runs-tools label{color:var(--ink-soft);font-size:.86rem}
button:disabled{opacity:.45;cursor:default}
.runs-scroll{max-height:max(26em,100vh - 17em);background:var(--surface);border:1px solid var(--rule);border-radius:12px;padding:2px 14px}
main:has(table.runs),main:has(table.runs)+aside{max-width:1640px}table.runs{width:100%}table.runs td:first-child{min-width:0}table.runs td,table.runs th{padding-right:1.2em}
table.runs thead th{vertical-align:bottom}table.runs thead button.link{color:var(--ink);text-decoration:none;font-weight:620}
table.runs thead button.link:hover{text-decoration:underline}
table.runs th[aria-sort] button::after{content:" ↓" / ""}table.runs th[aria-sort=ascending] button::after{content:" ↑" / ""}
table.runs tbody tr:hover{background:color-mix(in srgb,var(--accent-soft) 45%,transparent)}
table.runs tbody th{font-weight:560}table.runs tbody tr:last-child>*{border-bottom:0}table.runs tbody+tbody tr:first-child>*{border-top:1px solid var(--rule)}
table.runs tr.group th{padding-top:1em;color:var(--ink-soft);font-weight:620}
table.runs .long{max-width:22em;overflow:hidden;text-overflow:ellipsis}
table.runs a{color:var(--accent);text-underline-offset:2px}
.star{border:0;background:none;padding:0 .1em;font-size:1.1em;line-height:1;color:var(--ink-soft)}.star[aria-pressed=true]{background:none;color:var(--lit)}
.tag{display:inline-block;background:var(--accent-soft);border-radius:99px;padding:0 .7em;margin-right:.3em}
.state::before{content:"";display:inline-block;width:.6em;height:.6em;border-radius:50%;background:var(--ink-faint);margin-right:.45em}
.state.running::before{background:var(--series-3)}.state.died::before{background:var(--series-2)}
dialog{background:var(--paper);color:var(--ink);border:1px solid var(--rule);border-radius:12px;padding:16px 20px;width:min(92vw,32em)}
dialog::backdrop{background:rgb(0 0 0/.4)}dialog h2{margin:0 0 .6em}dialog label{display:block;font-size:.86rem;color:var(--ink-soft);margin-top:.6em}
dialog input,dialog textarea{width:100%;background:var(--surface);border:1px solid var(--ink-faint);border-radius:7px;padding:.4em .6em;font:inherit;color:inherit}`;
