/** The commands that show: view, report, draw; and data, which downloads. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createDownloadProgress } from "../../src/cli/download-progress.ts";
import { idxBytes } from "../data/idx-bytes.ts";
import { inProcess, start } from "../fixtures/command-line.ts";
import { fixture } from "../fixtures/folder.ts";
import { makeRun, writeRun } from "../fixtures/run.ts";
import { smallOptions } from "../fixtures/runs.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";
import { hasShared, SHARED } from "../tasks/shared.ts";

test.each([
  ["view", ["--port", "--open", "--runs", "precocial view runs/swingup-1 runs/swingup-2"]],
  ["report", ["--out", "precocial report runs/swingup-1"]],
  ["draw", ["--out", "--theme", "--output", "--task", "precocial draw runs/swingup-1 --out net.svg"]],
  ["data", ["--data-dir", "precocial data mnist", "precocial data fashion-mnist"]],
])("%s --help shows its options and examples", async (command, words) => {
  const { code, stdout } = await inProcess([command, "--help"]);
  expect(code).toBe(0);
  for (const word of ["Examples:", "--json", ...words]) expect(stdout).toContain(word);
});

test.each([
  [["draw", "run"], "Expected --out, the file to draw to: --out net.svg"],
  [["draw", "nowhere.json", "--out", "a.svg"], "Expected a champion at nowhere.json, but there is no such file."],
  [
    ["draw", "run", "--out", "a.pdf"],
    "Expected the picture's file to end in .svg or .png, got a.pdf. For a PDF, draw an .svg and convert it: rsvg-convert",
  ],
  [["draw", "run", "--out", "a.svg", "--theme", "pink"], 'Unknown theme "pink". Known: auto, light, dark.'],
  [["draw", "run", "--out", "a.svg", "--output", "torque"], 'Unknown output "torque". Known: force.'],
  [["draw", "run", "--out", "a.svg", "--width", "9"], "Expected --width to be an integer of at least 100, got 9."],
  [["draw", "run", "--out", "no/a.svg"], "Could not write no/a.svg, there is no such folder: choose another one."],
  [
    ["draw", "a.out", "--out", "a.svg"],
    "Expected --task, since the graph does not show which nodes are inputs and which are outputs.",
  ],
  [
    ["draw", "a.out", "--out", "a.svg", "--task", "csv"],
    "Expected --task to be one whose inputs are known without its data",
  ],
  [["report", "nowhere"], "Expected a run folder or a champion.json, but there is nothing at nowhere: give the folder"],
  [["report", "run", "nowhere"], "Expected a run folder or a champion.json, but there is nothing at nowhere: give"],
  [["report", "."], "Expected a run folder or a champion.json, but . holds no config.json: give the folder that a"],
  [["report", "a.out"], "Expected a champion as JSON in a.out, got text that is not:"],
  [["report", "run/config.json"], "Expected a champion in run/config.json: "],
  [["view", "nowhere"], "Expected a run folder or a champion.json, but there is nothing at nowhere: give the folder"],
  [["view", "run/meta.json"], "Expected a champion in run/meta.json: "],
  [["view", "--port", "70000"], "Expected the port to be an integer from 0 to 65535, got 70000."],
  [["view", "--port", "web"], 'Expected --port to be an integer of at least 0, got "web".'],
  [["data", "imagenet"], 'Unknown downloadable data set "imagenet". Known: mnist, fashion-mnist.'],
])("%j is refused in words that help", async (words, message) => {
  const folder = temporaryFolder();
  writeRun(folder, makeRun(2, "run"));
  writeFileSync(join(folder, "a.out"), "0,1\n");
  const { code, stdout, stderr } = await inProcess(words, folder);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(`precocial: ${message}`);
});

describe("draw", () => {
  test("draws a run as SVG and as PNG, light and dark, and says where", async () => {
    const folder = temporaryFolder();
    writeRun(folder, makeRun(21, "run"));
    const svg = await inProcess(["draw", "run", "--out", "net.svg", "--json"], folder);
    expect(JSON.parse(svg.stdout)).toEqual({ champion: "run", out: "net.svg", outputs: ["force"] });
    const text = readFileSync(join(folder, "net.svg"), "utf8");
    for (const name of ["theta_dot", "force", "prefers-color-scheme"]) expect(text).toContain(name);
    await inProcess(["draw", "run/champion.json", "--out", "dark.svg", "--theme", "dark"], folder);
    expect(readFileSync(join(folder, "dark.svg"), "utf8")).not.toContain("var(--");
    const png = await inProcess(["draw", "run", "--out", "net.png", "--width", "300"], folder);
    expect(png).toEqual({ code: 0, stdout: "net.png\n", stderr: "" });
    const bytes = readFileSync(join(folder, "net.png"));
    expect(bytes.subarray(1, 4).toString()).toBe("PNG");
    expect(bytes.readUInt32BE(16)).toBeGreaterThanOrEqual(600);
  });

  test("draws a champion of the paper's code without its task, inputs and outputs numbered", async () => {
    const folder = temporaryFolder();
    // The bias, two inputs, a hidden node, an output.
    const rows = ["0,0,0,1,0,1", "0,0,0,1,nan,1", "0,0,0,0,2,1", "0,0,0,0,1,5", "0,0,0,0,0,1"];
    writeFileSync(join(folder, "a.out"), rows.join("\n"));
    const { code, stdout } = await inProcess(["draw", "a.out", "--out", "a.svg", "--json"], folder);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ champion: "a.out", out: "a.svg", outputs: ["output 1"] });
    const names = readFileSync(join(folder, "a.svg"), "utf8").matchAll(/class="name"[^>]*>([^<]*)</g);
    expect(Array.from(names, ([, name]) => name)).toEqual(["bias", "input 1", "input 2", "output 1"]);
  });

  const published = fixture("wannrelease/swing.out");
  test.skipIf(!published)("draws a champion of the paper's code", async () => {
    const folder = temporaryFolder();
    const words = ["draw", String(published), "--task", "swingup", "--out", "paper.svg"];
    expect((await inProcess(words, folder)).code).toBe(0);
    expect(readFileSync(join(folder, "paper.svg"), "utf8").match(/class="connection"/g)).toHaveLength(52);
  });
});

test("report writes into the run folder, or where it is told", async () => {
  const folder = temporaryFolder();
  for (const name of ["one", "two"]) writeRun(folder, makeRun(3, name));
  const { code, stdout } = await inProcess(["report", "one"], folder);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^one\/report\.html\nOpen it in a browser: file:\/\/.*\/one\/report\.html\n$/);
  const both = await inProcess(["report", "one", "two", "--out", "both.html", "--json"], folder);
  expect(JSON.parse(both.stdout)).toMatchObject({ run: "one", others: ["two"], report: "both.html" });
  expect(readFileSync(join(folder, "both.html"), "utf8")).toContain('"name":"two"');
});

test("report and view show a champion.json without its run", async () => {
  const folder = temporaryFolder();
  writeRun(folder, makeRun(3, "one"));
  const champion = join(folder, "best.json");
  renameSync(join(folder, "one/champion.json"), champion);
  const report = await inProcess(["report", "best.json"], folder);
  expect(report.stdout).toMatch(/^best\.html\n/);
  expect(readFileSync(join(folder, "best.html"), "utf8")).toContain('{"runs":[{"name":"best","only":"champion"');
  const view = start(["view", "best.json", "one", "--json"], folder);
  let text = "";
  view.child.stdout?.on("data", (data) => {
    text += data;
  });
  while (!text.includes("\n") && view.child.exitCode === null) await sleep(10);
  const { url } = JSON.parse(text);
  expect(await (await fetch(`${url}api/runs`)).json()).toEqual({
    names: ["best", "one"],
    studies: [],
    champions: ["best"],
  });
  const shown = await (await fetch(`${url}api/run?name=best`)).json();
  expect(shown.champion).toEqual(JSON.parse(readFileSync(champion, "utf8")));
  view.child.kill("SIGINT");
  expect(await view.done).toMatchObject({ code: 0 });
});

test("search --report ends with the report, and says how to see the run", async () => {
  const folder = temporaryFolder();
  const { code, stdout } = await inProcess(["search", "swingup", "--report", ...smallOptions(1)], folder);
  expect(code).toBe(0);
  expect(stdout).toContain("\nReport: runs/swingup-1/report.html\nTo see it: precocial view runs/swingup-1\n");
  expect(existsSync(join(folder, "runs/swingup-1/report.html"))).toBe(true);
});

test("view serves until it is interrupted, and says where", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "runs"));
  writeRun(join(folder, "runs"), makeRun(2, "one"));
  const view = start(["view", "--json"], folder);
  let text = "";
  view.child.stdout?.on("data", (data) => {
    text += data;
  });
  while (!text.includes("\n") && view.child.exitCode === null) await sleep(10);
  const { url, port, runs } = JSON.parse(text);
  expect({ url, runs }).toEqual({ url: `http://127.0.0.1:${port}/`, runs: "runs" });
  expect(await (await fetch(`${url}api/runs`)).json()).toEqual({ names: ["one"], studies: [], champions: [] });
  const taken = await inProcess(["view", "--port", String(port)], folder);
  expect(taken.code).toBe(2);
  expect(taken.stderr).toContain(`precocial: Port ${port} is taken: choose another with --port`);
  view.child.kill("SIGINT");
  expect(await view.done).toMatchObject({
    code: 0,
    stderr: "Showing the runs in runs and the studies in studies; Ctrl-C ends it.\n",
  });
});

test.skipIf(process.platform !== "linux")("view --open opens the page in the browser", async () => {
  const folder = temporaryFolder();
  writeRun(folder, makeRun(1, "one"));
  const browser = join(folder, "browser");
  const opened = join(folder, "opened");
  writeFileSync(browser, `#!/bin/sh\necho "$1" > "${opened}"\n`, { mode: 0o755 });
  const view = start(["view", "one", "--open"], folder, { BROWSER: browser });
  while (!existsSync(opened) && view.child.exitCode === null) await sleep(10);
  view.child.kill("SIGTERM");
  const { code, stdout } = await view.done;
  expect({ code, stdout }).toEqual({ code: 0, stdout: readFileSync(opened, "utf8") });
  expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\n$/);
});

describe("data", () => {
  test.skipIf(!hasShared("data/mnist"))("keeps files that are there and right", async () => {
    const folder = join(SHARED, "data/mnist");
    const { code, stdout } = await inProcess(["data", "mnist", "--data-dir", folder, "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ set: "mnist", folder, checksums: true });
    expect(JSON.parse(stdout).kept).toHaveLength(4);
  });

  test("says so where only the form of the files was checked", async () => {
    const folder = temporaryFolder();
    for (const half of ["train", "t10k"]) {
      writeFileSync(join(folder, `${half}-images-idx3-ubyte`), idxBytes([10, 2, 2], new Uint8Array(40)));
      writeFileSync(join(folder, `${half}-labels-idx1-ubyte`), idxBytes([10], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
    }
    const { code, stdout } = await inProcess(["data", "fashion-mnist", "--data-dir", folder]);
    expect(code).toBe(0);
    expect(stdout).toBe(
      `fashion-mnist: All 4 files were there, in ${folder}.\n` +
        "Only their form was checked: no checksums of this set are known here.\n",
    );
  });

  test("progress is a line for each file where there is no terminal", () => {
    const written: string[] = [];
    const stream = (isTTY: boolean) =>
      ({ isTTY, write: (text: string) => written.push(text), columns: 100 }) as unknown as NodeJS.WriteStream;
    const at = (received: number, fileIndex: number) =>
      ({ file: "train-images-idx3-ubyte", fileIndex, fileCount: 4, received, total: 9_900_000 }) as const;
    const lines = createDownloadProgress(stream(false));
    for (const [received, index] of [
      [0, 0],
      [4e6, 0],
      [0, 1],
    ])
      lines.update(at(received, index));
    lines.stop();
    expect(written).toEqual([
      "Downloading train-images-idx3-ubyte (1 of 4), 9.9 MB\n",
      "Downloading train-images-idx3-ubyte (2 of 4), 9.9 MB\n",
    ]);
  });
});
