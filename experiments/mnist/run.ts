/** Searches MNIST by the clock. */
export { run } from "../clock.ts";
