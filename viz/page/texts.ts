/** What the page says in words about a run. */
import { connectionCount } from "../../src/index.ts";
import { createPlayer } from "../player.ts";
import { type Champion, epochsOf, generationsOf, type RunData } from "../run-data.ts";
import { html, showScore } from "./html.ts";

/** The headline, and what the run is in a sentence. */
export function title(run: RunData, champion?: Champion): HTMLElement {
  const generations = generationsOf(run);
  const epochs = epochsOf(run);
  const task = run.config?.task ?? champion?.task ?? "unknown task";
  const length =
    epochs.length > 0
      ? `, ${epochs.length} epochs`
      : generations.length === 0 && champion !== undefined
        ? ""
        : `, ${generations.length} generations`;
  const seed = run.config?.seed === undefined ? "" : `, seed ${run.config.seed}`;
  const alone = run.only === "champion";
  const found =
    champion === undefined
      ? ""
      : ` ${alone ? "It" : "Its champion"} scores ${showScore(champion.score)} on average over the shared weights with ` +
        `${connectionCountOf(champion)} connections, before any weight is trained.`;
  return html(
    "section",
    { class: "title" },
    html("h1", {}, headline(task, champion, epochs.length > 0)),
    html("p", { class: "lead" }, `${alone ? "Champion" : "Run"} ${run.name}: ${task}${seed}${length}.${found}`),
  );
}

function headline(task: string, champion: Champion | undefined, trained: boolean): string {
  if (trained) return `Training on ${task}`;
  if (champion === undefined) return `A search for ${task}`;
  return task === "swingup" ? "Drag the weight" : `A network for ${task}`;
}

function connectionCountOf(champion: Champion): number {
  return connectionCount(createPlayer(champion).genome);
}

/** How a run stands, in words; nothing of a champion alone. */
export function stateText(run: RunData): string {
  if (run.only === "champion") return "";
  const state = run.status ?? run.meta?.status;
  return state === "died" ? "run stopped without a word" : `run ${state ?? "unknown"}`;
}

/** What could not be read of the run, if anything. */
export function problems(run: RunData): HTMLElement | undefined {
  return run.problems && run.problems.length > 0 ? notice(run.problems.join(" ")) : undefined;
}

/** Why there is no champion, and what to do. */
export function missingChampion(run: RunData): string {
  return run.generations.length === 0
    ? "This run has no champion yet: it is found when the first generation has been scored."
    : "This run has no champion.json and no champions.jsonl: the charts below are what it recorded. Resume the run to get one.";
}

/** A paragraph that stands out. */
export function notice(text: string): HTMLElement {
  return html("p", { class: "notice" }, text);
}
