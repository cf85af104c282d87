/** Trains every variant of config.json with every seed. */
export { plannedRows, run } from "../baseline.ts";
