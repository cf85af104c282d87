/** Accuracies of all trainings as a table, and their learning curves as a picture. */
export { pictures, table } from "../baseline-table.ts";
