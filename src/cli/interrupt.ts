/** Ctrl-C, and `kill`: the first ends what goes on in good order, the second at once. */

/** What a shell expects of a program that a signal ended: 128 and the signal's number. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** Whether Ctrl-C was pressed. */
export interface Interrupt {
  readonly came: boolean;
  /** Stops listening. */
  close(): void;
}

/**
 * Listens for Ctrl-C from now on. The exit code is then that of the signal.
 *
 * @param what what is done before the end, for the line that says so
 * @param end  prints that line, below whatever is displayed
 */
export function listenForInterrupt(what: string, end: (line: string) => void): Interrupt {
  let came = false;
  const close = onSignals((code) => {
    process.exitCode = code;
    if (came) process.exit();
    came = true;
    end(`${what}; press Ctrl-C again to stop at once.`);
  });
  return {
    get came() {
      return came;
    },
    close,
  };
}

/** Ends the program on Ctrl-C; `before` puts the terminal in order. For work that need not be finished. */
export function exitOnInterrupt(before: () => void): Pick<Interrupt, "close"> {
  const close = onSignals((code) => {
    before();
    process.exit(code);
  });
  return { close };
}

/** Calls `react` with the exit code of each signal; gives how to stop listening. */
function onSignals(react: (code: number) => void): () => void {
  const listeners = Object.entries(EXIT_CODES).map(([signal, code]) => [signal, () => react(code)] as const);
  for (const [signal, listener] of listeners) process.on(signal, listener);
  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener);
  };
}
