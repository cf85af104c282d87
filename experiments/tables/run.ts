/** Searches tables by the clock: the species of penguins, the mileage of cars. */
export { plannedRows, run } from "../clock.ts";
