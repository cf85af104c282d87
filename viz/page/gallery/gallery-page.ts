/** The gallery: the champion of every run that is listed, at work under its own slider, made when it comes into view. */
import { championOf } from "../../run-data.ts";
import { writeAddress } from "../address.ts";
import { createChampionView } from "../champion-view.ts";
import { header } from "../header.ts";
import { html, whenNear } from "../html.ts";
import type { PageContext } from "../page-context.ts";
import { namesFor } from "../run-page.ts";
import { taskOf } from "../task.ts";
import { notice, reasonOf, title } from "../texts.ts";

/** Shows it; returns how to stop. */
export function openGallery(context: PageContext): () => void {
  const { source, page } = context;
  document.title = "Gallery · Precocial";
  const exhibits = source.names.map((name) => html("article", { class: "exhibit", "data-run": name }));
  page.replaceChildren(
    header(context, {}, html("span", { class: "status" })),
    html("h1", {}, "Gallery"),
    html(
      "p",
      { class: "lead" },
      "Networks at work. All connections of each share one weight: move its slider, and watch what becomes of it.",
    ),
    ...exhibits,
  );
  const stops = exhibits.map((exhibit, place) =>
    whenNear(exhibit, () =>
      fill(context, exhibit, source.names[place], place).catch((error: unknown) =>
        exhibit.replaceChildren(notice(reasonOf(error))),
      ),
    ),
  );
  return () => {
    for (const stop of stops) stop();
  };
}

/** Makes an exhibit: what its champion does, with its graph. */
async function fill({ source, kernel }: PageContext, exhibit: HTMLElement, name: string, place: number): Promise<void> {
  const run = await source.read(name);
  const champion = championOf(run);
  const task = await taskOf(run);
  const head = title(run, task.name, champion);
  const link = html("a", { href: writeAddress({ kind: "run", name }) }, name);
  head.querySelector("h1")?.replaceWith(html("h2", {}, link));
  exhibit.replaceChildren(head);
  if (champion === undefined) return;
  const view = createChampionView(kernel, run, task, champion, namesFor(champion));
  const [first] = view.sections;
  if (first === undefined) return;
  numberIds(first, place);
  exhibit.append(first);
  view.show(champion);
}

/** Gives each element with an id one of its own on the page, and tells its label: several exhibits have the same parts. */
function numberIds(element: HTMLElement, place: number): void {
  for (const attribute of ["id", "for"]) {
    for (const part of [element, ...element.querySelectorAll(`[${attribute}]`)]) {
      const value = part.getAttribute(attribute);
      if (value) part.setAttribute(attribute, `${value}-${place}`);
    }
  }
}

/** Style of this part of the page. */
export const GALLERY_CSS = `
.exhibit{min-height:420px;margin-bottom:28px}.exhibit h2{margin:1.2em 0 .2em}.exhibit h2 a{color:inherit;text-decoration-color:var(--ink-faint);text-underline-offset:4px}`;
