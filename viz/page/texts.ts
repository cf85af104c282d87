/** What the page says in words about a run. */
import { connectionCount } from "../../src/index.ts";
import { createPlayer } from "../player.ts";
import { type Champion, epochsOf, generationsOf, type NetworkChoice, type RunData, totalsOf } from "../run-data.ts";
import type { StudyData } from "../study-data.ts";
import { html, showScore } from "./html.ts";

/**
 * The run's name as headline, and what the run is in a sentence.
 *
 * @param task   its task's name
 * @param choice the network that is shown in place of the champion, if one is
 */
export function title(run: RunData, task: string, champion?: Champion, choice?: NetworkChoice): HTMLElement {
  if (champion?.tuning !== undefined) return tunedTitle(run, task, champion);
  const { lines } = totalsOf(run);
  const generations = generationsOf(run).length > 0 ? lines : 0;
  const epochs = epochsOf(run).length > 0 ? lines : 0;
  const alone = epochs === 0 && generations === 0 && champion !== undefined;
  const chosen = epochs > 0 && champion !== undefined;
  const trained = chosen ? `A topology for ${task}, chosen by gradient` : `Training on ${task}`;
  const search = `A search for ${task}${SEARCHES[String(run.config?.stage)] ?? ""}`;
  const lone = LONE[String(run.config?.stage)]?.(task) ?? `A network for ${task}`;
  const kind = epochs > 0 ? trained : alone ? lone : search;
  const known = run.config?.seed ?? champion?.seed;
  const seed = known === undefined ? "" : `, seed ${known}`;
  const length =
    epochs > 0
      ? `, ${epochs.toLocaleString("en")} epochs`
      : alone
        ? ""
        : `, ${generations.toLocaleString("en")} generations`;
  const found =
    champion === undefined
      ? ""
      : ` ${alone ? "It" : shownName(choice)} scores ${showScore(champion.score)} ${weightsOf(champion)} with ` +
        `${connectionCountOf(champion)} connections${hasWeights(champion) ? "" : ", before any weight is trained"}.`;
  return html(
    "section",
    { class: "title" },
    html("h1", {}, run.name),
    html("p", { class: "lead" }, `${kind}${seed}${length}.${found}`),
  );
}

function shownName(choice?: NetworkChoice): string {
  if (choice === undefined) return "Its champion";
  if ("connections" in choice) return "Shown is one of its smaller networks, which";
  return `Shown is its champion of generation ${choice.generation.toLocaleString("en")}, which`;
}

/** What networks are that no search has made, by the kind of their run. */
const LONE: Readonly<Record<string, (task: string) => string>> = {
  fixed: (task) => `A network of fixed layers for ${task}`,
  imported: (task) => `A network for ${task} from elsewhere`,
};

/** Whether a run has made its network in one step, so that nothing went on over generations. */
export function isMade(run: RunData): boolean {
  return String(run.config?.stage) in LONE;
}

/** How a search is told apart from that of any graph. */
const SEARCHES: Readonly<Record<string, string>> = { es: " among graded forms", neat: " by NEAT" };

/** Whether its weights evolved with it. */
function hasWeights(champion: Champion): boolean {
  return createPlayer(champion).genome.weights !== undefined;
}

/** Of a tuning, or of a tuned champion alone. */
function tunedTitle(run: RunData, task: string, champion: Champion): HTMLElement {
  const { score, scoresByWeight = [], seed, tuning } = champion;
  const steps = totalsOf(run).lines;
  const done = steps > 0 ? `, ${steps} steps` : "";
  const text =
    `The weights of a network for ${task}, tuned by ${tuning?.method}, seed ${seed}${done}. ` +
    `It scores ${showScore(scoresByWeight[0])} ${weightsOf(champion)} with ${connectionCountOf(champion)} connections, ` +
    `and ${showScore(score)} with a trained weight for each.`;
  return html("section", { class: "title" }, html("h1", {}, run.name), html("p", { class: "lead" }, text));
}

function weightsOf(champion: Champion): string {
  if (hasWeights(champion)) return "with the weights that evolved with it,";
  const { weights } = champion;
  return weights?.length === 1 ? `at the shared weight ${weights[0]}` : "on average over the shared weights";
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

/** How a study stands, in words. */
export function studyState({ status }: StudyData): string {
  return status === "died" ? "study stopped without a word" : `study ${status ?? "unknown"}`;
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

/** What an error says. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A paragraph that stands out. */
export function notice(text: string): HTMLElement {
  return html("p", { class: "notice" }, text);
}
