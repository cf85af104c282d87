/** Progress of a download on standard error: a bar on a terminal, a plain line for each file otherwise. */
import { SingleBar } from "cli-progress";
import type { DownloadProgress } from "../files/data-download.ts";

/** Makes a display for `stream`. */
export function createDownloadProgress(stream: NodeJS.WriteStream): {
  update(progress: DownloadProgress): void;
  stop(): void;
} {
  let bar: SingleBar | undefined;
  let shown = -1;
  return {
    update({ file, fileIndex, fileCount, received, total }) {
      const text = `${file} (${fileIndex + 1} of ${fileCount})`;
      if (!stream.isTTY) {
        if (fileIndex !== shown) stream.write(`Downloading ${text}${total ? `, ${megabytes(total)}` : ""}\n`);
        shown = fileIndex;
        return;
      }
      if (bar === undefined || fileIndex !== shown) {
        bar?.stop();
        bar = new SingleBar({ format: "{bar} {percentage}% {text}", stream, barsize: 20, hideCursor: true });
        bar.start(total ?? Math.max(1, received), received, { text });
        shown = fileIndex;
      }
      if (total !== undefined) bar.setTotal(total);
      bar.update(received, { text: `${text}, ${megabytes(received)}` });
    },
    stop() {
      bar?.stop();
    },
  };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
