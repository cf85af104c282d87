/** Shows a run, and follows it where it may still change. */
import type { Kernel } from "../../src/index.ts";
import type { NetworkOptions } from "../network.ts";
import {
  asChampion,
  type Champion,
  championOf,
  choiceOf,
  epochsOf,
  type NetworkChoice,
  type RunData,
} from "../run-data.ts";
import { createChampionView } from "./champion-view.ts";
import { createCompareView } from "./compare/compare-view.ts";
import { createEvaluationView } from "./evaluation-view.ts";
import { header } from "./header.ts";
import { html } from "./html.ts";
import { createLineageView } from "./lineage-view.ts";
import type { PageContext } from "./page-context.ts";
import { createRunView } from "./run-view.ts";
import { type Source, withEvent } from "./source.ts";
import { tableView } from "./table-view.ts";
import { type RunTask, taskOf } from "./task.ts";
import { isMade, missingChampion, notice, problems, stateText, title } from "./texts.ts";

/** Milliseconds between two pictures of a run that is followed. */
const BREATH = 300;

/** Shows it; returns how to stop. */
export async function openRun(context: PageContext, name: string): Promise<() => void> {
  const { source, kernel, page } = context;
  let run = await source.read(name);
  const task = await taskOf(run);
  document.title = `${name} · Precocial`;
  const status = html("span", { class: "status" });
  const body = createRunBody(source, run, task, kernel);
  page.replaceChildren(header(context, { name, study: run.study }, status), body.element);
  let due: ReturnType<typeof setTimeout> | undefined;
  const tell = (connected: boolean) => {
    const state = run.status ?? run.meta?.status;
    status.textContent = source.live && !connected ? "the server has gone" : stateText(run);
    status.title = state === "died" ? `Its process is gone. To go on: precocial resume ${name}` : "";
    status.classList.toggle("live", source.live && connected && state === "running");
  };
  tell(source.live);
  if (!source.live) {
    await addComparison(source, run, body.element);
    return () => {};
  }
  let connected = true;
  const stop = source.follow(
    run,
    (event) => {
      if (event.kind === "reset") {
        context.reopen();
        return;
      }
      run = withEvent(run, event);
      due ??= setTimeout(() => {
        due = undefined;
        tell(connected);
        body.show(run);
      }, BREATH);
    },
    (yes) => {
      connected = yes;
      tell(yes);
    },
  );
  return () => {
    stop();
    clearTimeout(due);
  };
}

/** The runs of a report beside each other, below the one that is shown. */
async function addComparison(source: Source, run: RunData, body: HTMLElement): Promise<void> {
  if (source.names.length < 2) return;
  const runs = await Promise.all(source.names.map((name) => (name === run.name ? run : source.read(name))));
  const view = createCompareView();
  view.show(runs);
  body.append(html("section", { id: "compare" }, html("h2", {}, "Compare"), view.element));
}

/** All there is to see of a run, but for the head of the page. */
export interface RunBody {
  readonly element: HTMLElement;
  /** Shows the run as it is now. */
  show(run: RunData): void;
}

/** Makes it for a run, and makes it anew where a change of the run asks for other views. */
export function createRunBody(source: Source, run: RunData, task: RunTask, kernel: Kernel): RunBody {
  const element = html("div", {});
  let view = buildRun(source, run, task, kernel, element);
  return {
    element,
    show(next) {
      if (!view.show(next)) view = buildRun(source, next, task, kernel, element);
    },
  };
}

/** Builds the views of a run; `show` returns false when a change asks for building them anew. */
function buildRun(
  source: Source,
  run: RunData,
  task: RunTask,
  kernel: Kernel,
  body: HTMLElement,
): { show(next: RunData): boolean } {
  let current = run;
  /** The network that is shown in place of the champion, and what asked for it. */
  let other: { readonly choice: NetworkChoice; readonly network: Champion } | undefined;
  const champion = championOf(run);
  const options = namesFor(champion);
  const named = JSON.stringify(options);
  const sections: (HTMLElement | undefined)[] = [title(run, task.name, champion), problems(run)];
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
  const showNetwork = () => {
    const now = other?.network ?? championOf(current);
    if (now !== undefined && identity(now) !== identity(shown)) {
      shown = now;
      showChampion(now);
    }
    body.querySelector(".title")?.replaceWith(title(current, task.name, now, other?.choice));
  };
  let asked: NetworkChoice | undefined;
  const pick = async (choice?: NetworkChoice) => {
    asked = choice;
    const network = choice && asChampion(current, await source.readNetwork(current, choice));
    if (asked !== choice) return;
    other = choice && network && { choice, network };
    showNetwork();
  };
  const record = createRunView(options, {
    holds: source.holds,
    read: (choice) => source.readNetwork(current, choice),
    pick: (choice) => void pick(choice),
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
  const first = choiceOf(run, run.pick);
  if (first !== undefined) void pick(first);
  return {
    show(next) {
      const now = championOf(next);
      if (JSON.stringify(namesFor(now)) !== named) return false;
      if ((champion === undefined) !== (now === undefined) || (empty && next.generations.length > 0)) return false;
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
export function namesFor(champion?: Champion): NetworkOptions {
  const { inputs: inputNames, outputs: outputNames, image } = champion ?? {};
  return { inputNames, outputNames, image };
}
