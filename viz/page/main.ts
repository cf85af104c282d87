/** The page of `precocial view` and `precocial report`: shows what its address names, and follows it. */
import { Kernel } from "../../src/index.ts";
import { type Address, parseAddress, USUAL_ORDER, writeAddress } from "./address.ts";
import { followCluster } from "./cluster-view.ts";
import { openCompare } from "./compare/compare-page.ts";
import { openGallery } from "./gallery/gallery-page.ts";
import { html } from "./html.ts";
import type { PageContext } from "./page-context.ts";
import { openRun } from "./run-page.ts";
import { openRuns } from "./runs/runs-page.ts";
import { openSearch } from "./search/search-page.ts";
import { serveSearch, type WorkerScope } from "./search/search-worker.ts";
import { embeddedSource, type Source, servedSource } from "./source.ts";
import { openStudy } from "./study-page.ts";
import { STYLE } from "./style.ts";
import { notice, reasonOf } from "./texts.ts";

// A search in the page runs in a worker, whose script this is too.
if (typeof document === "undefined") serveSearch(self as unknown as WorkerScope);
else start().catch(sayNothing);

/** What is shown stands in here. */
function place(): HTMLElement {
  return document.querySelector("#page") as HTMLElement;
}

async function start(): Promise<void> {
  document.head.append(html("style", {}, STYLE));
  const text = document.querySelector("#precocial-data")?.textContent ?? "";
  const source = embeddedSource(text) ?? (await findServer());
  if (source.live) void followCluster();
  const kernel = await Kernel.create();
  /** Counts what was opened, so that what comes late of something left behind is not followed. */
  let opened = 0;
  let close: () => void = () => {};
  const show = async () => {
    const turn = ++opened;
    close();
    close = () => {};
    const stop = await open(context, parseAddress(location.hash) ?? firstAddress(source));
    if (turn === opened) close = stop;
    else stop();
  };
  const context: PageContext = {
    source,
    kernel,
    page: place(),
    go(address) {
      location.hash = writeAddress(address);
      scrollTo(0, 0);
    },
    reopen: () => void show().catch(sayNothing),
  };
  addEventListener("hashchange", context.reopen);
  await show();
}

/** Shows what an address names; where that is not there, what is shown without one. */
async function open(context: PageContext, address: Address): Promise<() => void> {
  const { source } = context;
  const { names, studies, live } = source;
  if (address.kind === "search") return openSearch(context);
  if (address.kind === "gallery" && names.length > 0) return openGallery(context);
  if (address.kind === "runs" && live) return openRuns(context, address.order);
  if (address.kind === "compare" && live) return openCompare(context, address.names);
  // Runs of a study are in no list, but a server knows them.
  if (address.kind === "run" && (names.includes(address.name) || (live && address.study !== undefined)))
    return openRun(context, address.name);
  if (address.kind === "study" && studies.includes(address.name)) return openStudy(context, address.name);
  return open(context, firstAddress(source));
}

/** What is shown without an address: all runs where there are several, of champions alone the gallery, else what there is. */
function firstAddress({ names, studies, champions, live }: Source): Address {
  if (live && names.length > 1) {
    return champions.length < names.length ? { kind: "runs", order: USUAL_ORDER } : { kind: "gallery" };
  }
  return names.length > 0 ? { kind: "run", name: names[0] } : { kind: "study", name: studies[0] };
}

async function findServer(): Promise<Source> {
  if (location.protocol === "file:") {
    if (parseAddress(location.hash)?.kind === "search") return embeddedSource('{"runs":[]}') as Source;
    throw new Error("This page carries no run. Make a report that does with: precocial report <run>");
  }
  return servedSource(() =>
    place().replaceChildren(
      html("h1", {}, "No run yet"),
      notice(
        "There is no run here yet. Make one with: precocial search swingup. It appears here as soon as it begins.",
      ),
    ),
  );
}

function sayNothing(error: unknown): void {
  place().replaceChildren(html("h1", {}, "Nothing to show"), notice(reasonOf(error)));
}
