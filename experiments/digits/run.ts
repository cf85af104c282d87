/** Searches the embedded digits by the clock. */
export { plannedRows, run } from "../clock.ts";
