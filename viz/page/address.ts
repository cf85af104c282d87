/** The addresses of the page: what its part behind # shows, so that each can be shared and the back button goes there. */

/** What a page may show. */
export type Address =
  | { readonly kind: "runs"; readonly order: Order }
  | { readonly kind: "run"; readonly name: string; readonly study?: string }
  | { readonly kind: "study"; readonly name: string }
  | { readonly kind: "compare"; readonly names: readonly string[] }
  | { readonly kind: "search" }
  | { readonly kind: "gallery" };

/** How the table of runs is ordered. */
export interface Order {
  /** The column it is sorted by (runs/columns.ts). */
  readonly sort: string;
  readonly descending: boolean;
  /** Words that a run must have. */
  readonly filter: string;
  readonly group: Grouping;
}

/** What runs are put together by. */
export type Grouping = (typeof GROUPINGS)[number];

export const GROUPINGS = ["none", "study", "task", "status"] as const;

/** The newest first, all of them. */
export const USUAL_ORDER: Order = { sort: "started", descending: true, filter: "", group: "none" };

/** Reads an address; undefined where it names nothing. */
export function parseAddress(hash: string): Address | undefined {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const [run, study, names] = [parameters.get("run"), parameters.get("study"), parameters.getAll("compare")];
  if (names.length > 0) return { kind: "compare", names };
  if (run !== null) return { kind: "run", name: run, ...(study !== null && { study }) };
  if (study !== null) return { kind: "study", name: study };
  for (const kind of ["search", "gallery"] as const) if (parameters.has(kind)) return { kind };
  if (!parameters.has("runs")) return undefined;
  const sort = parameters.get("sort") ?? `-${USUAL_ORDER.sort}`;
  const group = GROUPINGS.find((name) => name === parameters.get("group")) ?? USUAL_ORDER.group;
  const descending = sort.startsWith("-");
  return {
    kind: "runs",
    order: { sort: descending ? sort.slice(1) : sort, descending, filter: parameters.get("filter") ?? "", group },
  };
}

/** Writes an address, with its #. */
export function writeAddress(address: Address): string {
  if (address.kind === "search" || address.kind === "gallery") return `#${address.kind}`;
  const parameters = new URLSearchParams();
  if (address.kind === "compare") for (const name of address.names) parameters.append("compare", name);
  else if (address.kind === "study") parameters.set("study", address.name);
  else if (address.kind === "run") {
    if (address.study !== undefined) parameters.set("study", address.study);
    parameters.set("run", address.name);
  } else {
    const { sort, descending, filter, group } = address.order;
    parameters.set("runs", "");
    if (sort !== USUAL_ORDER.sort || !descending) parameters.set("sort", `${descending ? "-" : ""}${sort}`);
    if (filter !== "") parameters.set("filter", filter);
    if (group !== USUAL_ORDER.group) parameters.set("group", group);
  }
  return `#${String(parameters).replace(/^runs=/, "runs")}`;
}
