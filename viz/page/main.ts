/** The page of `precocial view` and `precocial report`: chooses a run or a study and shows all there is to see of it. */
import { Kernel } from "../../src/index.ts";
import type { NetworkOptions } from "../network.ts";
import { type Champion, championOf, epochsOf, networkOf, type RunData } from "../run-data.ts";
import { createChampionView } from "./champion-view.ts";
import { createCompareView } from "./compare-view.ts";
import { createEvaluationView } from "./evaluation-view.ts";
import { html } from "./html.ts";
import { createLineageView } from "./lineage-view.ts";
import { createRunView } from "./run-view.ts";
import { embeddedSource, type Source, servedSource, withEvent } from "./source.ts";
import { createStudyView } from "./study/study-view.ts";
import { STYLE } from "./style.ts";
import { tableView } from "./table-view.ts";
import { type RunTask, taskOf } from "./task.ts";
import { isMade, missingChampion, notice, problems, reasonOf, stateText, studyState, title } from "./texts.ts";

/** Milliseconds between two pictures of a run that is followed. */
const BREATH = 300;

const page = document.querySelector("#page") as HTMLElement;
document.head.append(html("style", {}, STYLE));
start().catch((error: unknown) => {
  page.replaceChildren(html("h1", {}, "Nothing to show"), notice(reasonOf(error)));
});

async function start(): Promise<void> {
  const text = document.querySelector("#precocial-data")?.textContent ?? "";
  const source = embeddedSource(text) ?? (await findServer());
  const kernel = await Kernel.create();
  const wanted = new URLSearchParams(location.hash.slice(1));
  const [run, study] = [wanted.get("run"), wanted.get("study")];
  // Runs of a study are in no list, but a server knows them.
  if (run !== null && (source.names.includes(run) || (source.live && study !== null)))
    await openRun(source, kernel, run);
  else if (study !== null && source.studies.includes(study)) await openStudy(source, kernel, study);
  else if (source.names.length > 0) await openRun(source, kernel, source.names[0]);
  else await openStudy(source, kernel, source.studies[0]);
}

async function findServer(): Promise<Source> {
  if (location.protocol === "file:") {
    throw new Error("This page carries no run. Make a report that does with: precocial report <run>");
  }
  return servedSource(() =>
    page.replaceChildren(
      html("h1", {}, "No run yet"),
      notice(
        "There is no run here yet. Make one with: precocial search swingup. It appears here as soon as it begins.",
      ),
    ),
  );
}

let close: () => void = () => {};

/** Shows a study, and follows it where it may still change. */
async function openStudy(source: Source, kernel: Kernel, name: string): Promise<void> {
  close();
  let study = await source.readStudy(name);
  document.title = `${name} · Precocial`;
  const status = html("span", { class: "status" });
  const open = (run: string) => {
    location.hash = String(new URLSearchParams({ study: name, run }));
    scrollTo(0, 0);
    void openRun(source, kernel, run);
  };
  const view = createStudyView(source.live ? open : undefined);
  page.replaceChildren(header(source, kernel, { name, study: name }, status), view.element);
  const tell = (connected: boolean) => {
    status.textContent = source.live && !connected ? "the server has gone" : studyState(study);
    status.title = study.status === "died" ? `Its process is gone. To go on: precocial study ${name}` : "";
    status.classList.toggle("live", source.live && connected && study.status === "running");
  };
  view.show(study);
  tell(source.live);
  close = source.followStudy(
    name,
    (next) => {
      study = next;
      view.show(study);
      tell(true);
    },
    tell,
  );
}

/** Shows a run, and follows it where it may still change. */
async function openRun(source: Source, kernel: Kernel, name: string): Promise<void> {
  close();
  let run = await source.read(name);
  const task = await taskOf(run);
  document.title = `${name} · Precocial`;
  const status = html("span", { class: "status" });
  const body = html("div", {});
  page.replaceChildren(header(source, kernel, { name, study: run.study }, status), body);
  let view = buildRun(run, task, kernel, body);
  let due: ReturnType<typeof setTimeout> | undefined;
  const tell = (connected: boolean) => {
    const state = run.status ?? run.meta?.status;
    status.textContent = source.live && !connected ? "the server has gone" : stateText(run);
    status.title = state === "died" ? `Its process is gone. To go on: precocial resume ${name}` : "";
    status.classList.toggle("live", source.live && connected && state === "running");
  };
  tell(source.live);
  if (!source.live) {
    await addComparison(source, run, body);
    return;
  }
  let connected = true;
  const stop = source.follow(
    run,
    (event) => {
      if (event.kind === "reset") {
        void openRun(source, kernel, name);
        return;
      }
      run = withEvent(run, event);
      due ??= setTimeout(() => {
        due = undefined;
        tell(connected);
        if (!view.show(run)) view = buildRun(run, task, kernel, body);
      }, BREATH);
    },
    (yes) => {
      connected = yes;
      tell(yes);
    },
  );
  close = () => {
    stop();
    clearTimeout(due);
  };
  await addComparison(source, run, body);
}

async function addComparison(source: Source, run: RunData, body: HTMLElement): Promise<void> {
  if (source.names.length < 2 || run.study !== undefined) return;
  const runs = await Promise.all(source.names.map((name) => (name === run.name ? run : source.read(name))));
  body.append(html("section", { id: "compare" }, html("h2", {}, "Compare"), createCompareView(runs)));
}

/** @param shown name of what is shown, and of the study that it is, or a run of */
function header(
  source: Source,
  kernel: Kernel,
  shown: { readonly name: string; readonly study?: string },
  status: HTMLElement,
): HTMLElement {
  const { name, study } = shown;
  const isRunOfStudy = study !== undefined && study !== name;
  const openShown = (kind: "run" | "study", chosen: string) => {
    location.hash = String(new URLSearchParams({ [kind]: chosen }));
    void (kind === "run" ? openRun : openStudy)(source, kernel, chosen);
  };
  const options = (kind: "run" | "study", names: readonly string[]) =>
    names.map((other) => {
      const selected = other === name && (kind === "study") === (study !== undefined);
      return html("option", { value: JSON.stringify([kind, other]), selected }, other);
    });
  const [runs, studies] = [options("run", source.names), options("study", source.studies)];
  const groups = [
    html("optgroup", { label: "Studies", hidden: studies.length === 0 }, ...studies),
    html("optgroup", { label: "Runs" }, ...runs),
  ];
  const choose = html(
    "select",
    {
      "aria-label": studies.length > 0 ? "Study or run" : "Run",
      onchange: (event) => {
        openShown(...(JSON.parse((event.target as HTMLSelectElement).value) as ["run" | "study", string]));
      },
    },
    ...(isRunOfStudy ? [html("option", { selected: true }, name)] : []),
    ...(studies.length === 0 ? runs : groups.filter(({ children }) => children.length > 0)),
  );
  return html(
    "header",
    {},
    html("span", { class: "brand" }, "Precocial"),
    isRunOfStudy ? html("button", { id: "back", onclick: () => openShown("study", study) }, `← ${study}`) : undefined,
    runs.length + studies.length > 1 || isRunOfStudy ? choose : html("span", { class: "soft" }, name),
    status,
    html("span", { class: "spacer" }),
    html("button", { id: "theme", title: "Light or dark", "aria-label": "Light or dark", onclick: switchTheme }, "◐"),
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

/** Builds the views of a run; `show` returns false when a change asks for building them anew. */
function buildRun(run: RunData, task: RunTask, kernel: Kernel, body: HTMLElement): { show(next: RunData): boolean } {
  let pick = run.pick;
  /** The network that is shown: the champion, or one of the front. */
  const shownOf = (now: RunData) => networkOf(now, pick) ?? championOf(now);
  const isPicked = (now: RunData) => networkOf(now, pick) !== undefined;
  const champion = shownOf(run);
  const options = namesFor(champion);
  const named = JSON.stringify(options);
  const sections: (HTMLElement | undefined)[] = [title(run, task.name, champion, isPicked(run)), problems(run)];
  if (task.problem !== undefined) sections.push(notice(task.problem));
  let shown = champion;
  let showChampion: (next: Champion) => void = () => {};
  if (champion !== undefined) {
    const view = createChampionView(kernel, run, task, champion, options);
    sections.push(...view.sections);
    showChampion = view.show;
    showChampion(champion);
  } else if (epochsOf(run).length === 0) {
    sections.push(notice(missingChampion(run)));
  }
  const measured = html("div", {});
  sections.push(measured);
  let current = run;
  const showNetwork = () => {
    const now = shownOf(current);
    if (now !== undefined && identity(now) !== identity(shown)) {
      shown = now;
      showChampion(now);
    }
    body.querySelector(".title")?.replaceWith(title(current, task.name, now, isPicked(current)));
  };
  const record = createRunView(options, (connections) => {
    pick = connections;
    showNetwork();
  });
  if (champion?.table !== undefined) sections.push(tableView(champion.table));
  const empty = run.generations.length === 0;
  const noGenerations = html(
    "div",
    {},
    empty ? notice("No generation is finished yet: charts appear with the first one.") : "",
  );
  if (run.only !== "champion" && !isMade(run))
    sections.push(html("section", { id: "run" }, html("h2", {}, "The run"), noGenerations, record.element));
  const origin = html("div", {});
  sections.push(origin);
  /** What is there when the search has ended, and goes when it is resumed. */
  const showEnd = (now: RunData) => {
    measured.replaceChildren(createEvaluationView(now) ?? "");
    origin.replaceChildren(createLineageView(now) ?? "");
  };
  showEnd(run);
  record.show(run);
  const compare = body.querySelector("#compare");
  body.replaceChildren(...sections.filter((section) => section !== undefined), ...(compare ? [compare] : []));
  return {
    show(next) {
      const now = shownOf(next);
      if (JSON.stringify(namesFor(now)) !== named) return false;
      if ((shown === undefined) !== (now === undefined) || (empty && next.generations.length > 0)) return false;
      if (next.evaluation !== current.evaluation || next.lineage !== current.lineage) showEnd(next);
      current = next;
      showNetwork();
      record.show(next);
      return true;
    },
  };
}

/** What makes a champion another one to show. */
const identity = ({ genome, bestSharedWeight, trainedWeights }: Partial<Champion> = {}) =>
  JSON.stringify([genome, bestSharedWeight, trainedWeights]);

/** Names of inputs and outputs, and the image if there is one, as champion.json says; without it they are numbered. */
function namesFor(champion?: Champion): NetworkOptions {
  const { inputs: inputNames, outputs: outputNames, image } = champion ?? {};
  return { inputNames, outputNames, image };
}
