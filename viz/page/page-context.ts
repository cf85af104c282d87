/** What every part of the page is given: where its data come from, where it stands, and how to go elsewhere. */
import type { Kernel } from "../../src/index.ts";
import type { Address } from "./address.ts";
import type { Source } from "./source.ts";

export interface PageContext {
  readonly source: Source;
  readonly kernel: Kernel;
  /** What is shown stands in here. */
  readonly page: HTMLElement;
  /** Shows something else, as a step that the back button takes back. */
  go(address: Address): void;
  /** Reads what is shown anew. */
  reopen(): void;
}
