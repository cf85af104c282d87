/** Searches MNIST by the clock. */
export { plannedRows, run } from "../clock.ts";
