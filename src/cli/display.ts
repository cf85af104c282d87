/** A line of progress that fits its terminal: a bar there, plain lines every few seconds otherwise. */
import { SingleBar } from "cli-progress";

/** Seconds between plain lines. */
const LINE_INTERVAL = 5;

/** Bars by the columns that a terminal must have for them, widest first. */
const BARS = [
  { columns: 100, size: 20 },
  { columns: 60, size: 8 },
  { columns: 0, size: 0 },
];

/** Columns left free: room for the ^C that a terminal writes. */
const FREE = 3;

/** Columns of a terminal that does not say how many it has. */
const USUAL_COLUMNS = 80;

/** A part of a line; where columns are short, parts of less `worth` go first. */
export interface Part {
  readonly text: string;
  readonly worth: number;
}

/** A bar or lines. */
export interface Display {
  /**
   * @param share  what is done, 0 to 1
   * @param parts  the line, made when it is drawn
   * @param always print a line even if one was printed just before
   */
  show(share: number, parts: () => readonly Part[], always?: boolean): void;
  /** Prints a line that stays, above what is shown next. */
  note(line: string): void;
  /** Ends the display and prints a line below it; nothing is shown any more. */
  end(line: string): void;
  stop(): void;
}

/** Makes a display for `stream`. */
export function createDisplay(stream: NodeJS.WriteStream): Display {
  let lastLine = Number.NEGATIVE_INFINITY;
  let bar: SingleBar | undefined;
  let drawn: { readonly share: number; readonly parts: () => readonly Part[] };
  let ended = false;
  return {
    show(share, parts, always = false) {
      if (ended) return;
      if (stream.isTTY) {
        drawn = { share, parts };
        bar ??= startBar(stream, () => fitLine(drawn.share, drawn.parts(), (stream.columns || USUAL_COLUMNS) - FREE));
        bar.update(share);
        return;
      }
      const now = performance.now() / 1000;
      if (now - lastLine < LINE_INTERVAL && !always) return;
      lastLine = now;
      stream.write(`${joinParts(parts())}\n`);
    },
    note(line) {
      bar?.stop();
      bar = undefined;
      stream.write(`${line}\n`);
    },
    end(line) {
      ended = true;
      // The bar goes first: at its end it moves the cursor back to where it began, over all that was printed since.
      // Without a bar, whose end is one, the ^C of the terminal needs an end of line.
      if (stream.isTTY && bar === undefined) stream.write("\n");
      bar?.stop();
      stream.write(`${line}\n`);
    },
    stop() {
      bar?.stop();
    },
  };
}

function startBar(stream: NodeJS.WriteStream, line: () => string): SingleBar {
  const bar = new SingleBar({ format: line, stream, hideCursor: true, fps: 8 });
  bar.start(1, 0);
  return bar;
}

/** A bar, a percentage and the parts in their order, at most so many columns wide. */
export function fitLine(share: number, parts: readonly Part[], columns: number): string {
  const { size } = BARS.find((bar) => columns + FREE >= bar.columns) as (typeof BARS)[number];
  const done = Math.max(0, Math.min(1, share));
  const full = Math.round(done * size);
  const bar = size > 0 ? `${"█".repeat(full)}${"░".repeat(size - full)} ` : "";
  const start = `${bar}${Math.floor(100 * done)}% `;
  let kept = parts;
  while (kept.length > 1 && start.length + joinParts(kept).length > columns) {
    const least = Math.min(...kept.map(({ worth }) => worth));
    kept = kept.filter(({ worth }) => worth > least);
  }
  return `${start}${joinParts(kept)}`.slice(0, columns);
}

function joinParts(parts: readonly Part[]): string {
  return parts.map(({ text }) => text).join(" | ");
}
