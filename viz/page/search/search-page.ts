/** A search in the page itself, with nothing installed: its settings, its course, its champion at work, kept as a file. */
import { completeConfig, TASK_NAMES, taskDefinition } from "../../../src/index.ts";
import type { RunData } from "../../run-data.ts";
import { header } from "../header.ts";
import { html } from "../html.ts";
import type { PageContext } from "../page-context.ts";
import { createRunBody, type RunBody } from "../run-page.ts";
import { save } from "../save.ts";
import { embeddedSource, type Source, withEvent } from "../source.ts";
import { taskOf } from "../task.ts";
import { notice } from "../texts.ts";
import type { SearchOrder, SearchWord } from "./search-worker.ts";

/** Tasks whose search needs nothing but the page. */
const TASKS = TASK_NAMES.filter((name) => {
  const { environment, testSet } = taskDefinition(name);
  return environment !== undefined || testSet !== undefined;
});
/** Settings that stand first; all other numbers are below them. */
const FIRST = ["seed", "population", "generations"];
/** The networks of a search in the page are in the page. */
const HERE = embeddedSource('{"runs":[]}') as Source;

/** Shows it; returns how to stop, which ends the search. */
export function openSearch(context: PageContext): () => void {
  const { page, kernel } = context;
  document.title = "Search here · Precocial";
  let worker: Worker | undefined;
  let run: RunData | undefined;
  let body: RunBody | undefined;
  let text: string | undefined;
  const shown = html("div", {});
  const status = html("span", { class: "status" });
  const trouble = html("div", {});
  const task = html(
    "select",
    { id: "task", onchange: () => showPresets() },
    ...TASKS.map((name) => html("option", { value: name }, name)),
  );
  const preset = html("select", { id: "preset", onchange: () => showSettings() });
  const first = html("div", { class: "fields" });
  const others = html("div", { class: "fields" });
  const start = html("button", { id: "start", onclick: () => begin() }, "Start");
  const pause = html("button", { id: "pause", hidden: true, onclick: () => setPaused(!paused) }, "Pause");
  const keep = html(
    "button",
    { id: "keep", hidden: true, onclick: () => text && save("champion.json", text, "application/json") },
    "Keep the champion as a file",
  );
  let paused = false;

  const showPresets = () => {
    const { presets } = taskDefinition(task.value);
    preset.replaceChildren(...Object.keys(presets).map((name) => html("option", { value: name }, name)));
    showSettings();
  };
  const showSettings = () => {
    const config = completeConfig({ task: task.value }, { preset: preset.value }) as Record<string, unknown>;
    const names = Object.keys(config).filter((name) => typeof config[name] === "number" && name !== "format");
    const field = (name: string) =>
      html(
        "label",
        { class: "field" },
        html("span", {}, name),
        html("input", { type: "number", name, step: "any", value: String(config[name] ?? 1000) }),
      );
    first.replaceChildren(...FIRST.map(field));
    others.replaceChildren(...names.filter((name) => !FIRST.includes(name)).map(field));
  };
  /** What the fields say. */
  const settings = () => {
    const fields = [...first.querySelectorAll("input"), ...others.querySelectorAll("input")];
    return { task: task.value, ...Object.fromEntries(fields.map(({ name, valueAsNumber }) => [name, valueAsNumber])) };
  };
  const order = (what: SearchOrder) => worker?.postMessage(what);
  const tellState = (state: string, live: boolean) => {
    status.textContent = state;
    status.classList.toggle("live", live);
  };
  const setPaused = (next: boolean) => {
    paused = next;
    order({ kind: paused ? "pause" : "go" });
    pause.textContent = paused ? "Go on" : "Pause";
    tellState(paused ? "search paused" : "searching", !paused);
  };
  const stop = () => {
    worker?.terminate();
    worker = undefined;
    pause.hidden = true;
  };
  const fail = (words: string) => {
    stop();
    tellState("search ended", false);
    trouble.replaceChildren(notice(words));
  };
  const hear = async (word: SearchWord) => {
    if (word.kind === "problem") fail(word.text);
    else if (word.kind === "champion") {
      text = word.text;
      keep.hidden = false;
    } else if (word.kind === "finished") {
      stop();
      tellState("search finished", false);
    } else if (word.kind === "config") {
      run = {
        name: `${word.config.task}, searched here`,
        config: word.config,
        generations: [],
        timings: [],
        champions: [],
      };
      const made = createRunBody(HERE, run, await taskOf(run), kernel);
      body = made;
      shown.replaceChildren(made.element);
      made.show(run);
    } else if (run !== undefined) {
      run = word.events.reduce(withEvent, run);
      body?.show(run);
    }
  };
  const begin = () => {
    stop();
    trouble.replaceChildren();
    [text, run, body] = [undefined, undefined, undefined];
    keep.hidden = true;
    worker = startWorker();
    // Words are taken one after the other.
    let turn = Promise.resolve();
    worker.onmessage = ({ data }: MessageEvent<SearchWord>) => {
      turn = turn.then(() => hear(data)).catch((error: unknown) => fail(String(error)));
    };
    worker.onerror = ({ message }) => fail(`The search cannot run in this browser: ${message}`);
    pause.hidden = false;
    setPaused(false);
    order({ kind: "start", settings: settings(), preset: preset.value });
  };

  showPresets();
  page.replaceChildren(
    header(context, {}, status),
    html("h1", {}, "Search in this page"),
    html(
      "p",
      { class: "lead" },
      "The search of the command line, in this browser: with the same settings and seed it finds the same champion, to the byte.",
    ),
    html(
      "div",
      { class: "card search-form" },
      html("div", { class: "fields" }, labelled("task", task), labelled("preset", preset)),
      first,
      html("details", {}, html("summary", {}, "more settings"), others),
      html("div", { class: "buttons" }, start, pause, keep),
      trouble,
    ),
    shown,
  );
  return stop;
}

/**
 * The page's own script is the worker's too (main.ts), so that a report is one file. It is no worker of modules, which browsers
 * refuse a page from disk; the script imports nothing.
 */
function startWorker(): Worker {
  const script = document.querySelector("script[type=module]")?.textContent ?? "";
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  return new Worker(url);
}

function labelled(name: string, field: HTMLElement): HTMLElement {
  return html("label", { class: "field" }, html("span", {}, name), field);
}

/** Style of this part of the page. */
export const SEARCH_CSS = `
.search-form{margin-bottom:36px}.search-form .fields{display:flex;flex-wrap:wrap;gap:8px 16px;margin-bottom:10px}
.field{display:flex;flex-direction:column;font-size:.8rem;color:var(--ink-soft)}
.field input,.field select{width:9.5em;color:var(--ink);background:var(--surface);border:1px solid var(--ink-faint);border-radius:7px;padding:.3em .5em;font-size:.92rem}
.search-form summary{cursor:pointer;font-size:.86rem;margin-bottom:8px}`;
