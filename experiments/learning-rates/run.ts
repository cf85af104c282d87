/** Trains every variant of config.json with every seed. */
export { run } from "../baseline.ts";
