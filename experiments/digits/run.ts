/** Searches the embedded digits by the clock. */
export { run } from "../clock.ts";
