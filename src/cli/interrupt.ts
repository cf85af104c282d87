/** Ctrl-C: the first ends what goes on in good order, the second at once. */
import { say } from "./output.ts";

/** What a shell expects of a program ended by Ctrl-C. */
const INTERRUPTED = 130;

/** Whether Ctrl-C was pressed. */
export interface Interrupt {
  readonly came: boolean;
  /** Stops listening. */
  close(): void;
}

/** Listens for Ctrl-C from now on; `what` says what is done before the end. The exit code is then 130. */
export function listenForInterrupt(what: string): Interrupt {
  let came = false;
  const onInterrupt = () => {
    process.exitCode = INTERRUPTED;
    if (came) process.exit();
    came = true;
    say(`\n${what}; press Ctrl-C again to stop at once.`);
  };
  process.on("SIGINT", onInterrupt);
  return {
    get came() {
      return came;
    },
    close: () => void process.off("SIGINT", onInterrupt),
  };
}
