/** Shows some runs beside each other, and reads those that are still running again and again. */
import type { RunData } from "../../run-data.ts";
import { header } from "../header.ts";
import { html } from "../html.ts";
import type { PageContext } from "../page-context.ts";
import { notice, reasonOf } from "../texts.ts";
import { createCompareView } from "./compare-view.ts";

/** Milliseconds between two looks at runs that go on. */
const PATIENCE = 3000;

/** Shows them; returns how to stop. */
export async function openCompare(context: PageContext, names: readonly string[]): Promise<() => void> {
  const { source, page } = context;
  document.title = `${names.length} runs · Precocial`;
  const view = createCompareView();
  const missing = html("div", {});
  page.replaceChildren(
    header(context, {}, html("span", { class: "status" })),
    html("h1", {}, `${names.length} runs compared`),
    missing,
    view.element,
  );
  const runs = new Map<string, RunData>();
  for (const name of names) {
    try {
      runs.set(name, await source.read(name));
    } catch (error) {
      missing.append(notice(reasonOf(error)));
    }
  }
  view.show([...runs.values()]);
  let timer: ReturnType<typeof setTimeout>;
  const look = async () => {
    const going = [...runs].filter(([, { status }]) => status === "running");
    for (const [name, before] of going) runs.set(name, await source.read(name).catch(() => before));
    if (going.length > 0) view.show([...runs.values()]);
    timer = setTimeout(look, PATIENCE);
  };
  timer = setTimeout(look, PATIENCE);
  return () => clearTimeout(timer);
}
