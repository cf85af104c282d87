/** Accuracy on the embedded digits after each time. */
export { clockTable as table } from "../clock-table.ts";
