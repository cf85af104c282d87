/** Shows a study, and follows it where it may still change. */
import { header } from "./header.ts";
import { html } from "./html.ts";
import type { PageContext } from "./page-context.ts";
import { createStudyView } from "./study/study-view.ts";
import { studyState } from "./texts.ts";

/** Shows it; returns how to stop. */
export async function openStudy(context: PageContext, name: string): Promise<() => void> {
  const { source, page, go } = context;
  let study = await source.readStudy(name);
  document.title = `${name} · Precocial`;
  const status = html("span", { class: "status" });
  const view = createStudyView(source.live ? (run) => go({ kind: "run", name: run, study: name }) : undefined);
  page.replaceChildren(header(context, { name, study: name }, status), view.element);
  const tell = (connected: boolean) => {
    status.textContent = source.live && !connected ? "the server has gone" : studyState(study);
    status.title = study.status === "died" ? `Its process is gone. To go on: precocial study ${name}` : "";
    status.classList.toggle("live", source.live && connected && study.status === "running");
  };
  view.show(study);
  tell(source.live);
  return source.followStudy(
    name,
    (next) => {
      study = next;
      view.show(study);
      tell(true);
    },
    tell,
  );
}
