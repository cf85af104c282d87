/** What `npm test` does before the tests: sees to it that there is a browser (get-browser.ts). */
import { getBrowser } from "./get-browser.ts";
import { THIS_MACHINE } from "./this-machine.ts";

try {
  getBrowser(THIS_MACHINE);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
