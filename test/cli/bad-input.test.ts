/** What the command line says to input it cannot use: the message on standard error, exit code 2, nothing else. */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inProcess, precocial } from "../fixtures/command-line.ts";
import { smallConfig, smallOptions } from "../fixtures/runs.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

/** The message that `words` give, checked to be a user's error and the only output. */
async function complaint(words: readonly string[], cwd?: string): Promise<string> {
  const { code, stdout, stderr } = await inProcess(words, cwd);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^(Searching|Resuming)?.*\n?precocial: .*\n$/);
  return stderr;
}

const OPTIONS_OF_SEARCH = "Known options of search: --out, --config,";

describe("search refuses", () => {
  test.each<[string, string[], string]>([
    ["no command", [], "Expected a command. Known: search, resume, study, evaluate, tune, prune, predict, baseline, "],
    [
      "an unknown command",
      ["serach"],
      'Unknown command: serach. Did you mean "search"? Known: search, resume, study, evaluate, tune, prune, predict, baseline, ',
    ],
    ["an unknown command like no other", ["frobnicate"], "Unknown command: frobnicate. Known: search, resume, "],
    ["no task", ["search"], "Not enough non-option arguments: got 0, need at least 1. See: precocial search --help"],
    ["a second task", ["search", "swingup", "biped"], "Unknown argument: biped"],
    ["an unknown task", ["search", "swim"], 'Unknown task "swim". Known: swingup'],
    ["a mistyped task", ["search", "swingpu"], 'Unknown task "swingpu". Did you mean "swingup"? Known: swingup'],
    [
      "an unknown option",
      ["search", "swingup", "--popluation", "9"],
      `Unknown argument: popluation. Did you mean "--population"? ${OPTIONS_OF_SEARCH}`,
    ],
    ["the same after --json", ["--json", "search", "swingup", "--x", "9"], `Unknown argument: x. ${OPTIONS_OF_SEARCH}`],
    ["--no-population", ["search", "swingup", "--no-population"], "Unknown argument: no-population"],
    [
      "a population of 0",
      ["search", "swingup", "--population", "0"],
      "Expected population to be an integer from 2 to 100000, got 0.",
    ],
    [
      "a population of 1",
      ["search", "swingup", "--population", "1"],
      "Expected population to be an integer from 2 to 100000, got 1.",
    ],
    [
      "a population in words",
      ["search", "swingup", "--population", "many"],
      'Expected population to be an integer from 2 to 100000, got "many".',
    ],
    [
      "half a genome",
      ["search", "swingup", "--population", "9.5"],
      "Expected population to be an integer from 2 to 100000, got 9.5.",
    ],
    [
      "no value",
      ["search", "swingup", "--population"],
      "Not enough arguments following: population. See: precocial search --help",
    ],
    [
      "a share above 1",
      ["search", "swingup", "--connect-probability", "2"],
      "Expected connectProbability to be a number from 0 to 1, got 2.",
    ],
    [
      "an unknown choice",
      ["search", "swingup", "--crowding", "big"],
      'Expected crowding to be one of range, published, got "big".',
    ],
    [
      "two mistyped options",
      ["search", "swingup", "--seeed=1", "--maxtime", "9s"],
      `Unknown arguments: seeed, maxtime. Did you mean "--seed"? Did you mean "--max-time"? ${OPTIONS_OF_SEARCH}`,
    ],
    [
      "a mistyped choice",
      ["search", "swingup", "--crowding", "publised"],
      'Expected crowding to be one of range, published, got "publised". Did you mean "published"?',
    ],
    [
      "a mistyped activation",
      ["search", "swingup", "--activations", "sin,lineer"],
      'got ["sin","lineer"]. Did you mean "linear"?',
    ],
    [
      "an unknown activation",
      ["search", "swingup", "--activations", "sin,swish"],
      "Expected activations to be a list of linear, step, sin,",
    ],
    [
      "a mistyped kind of start",
      ["search", "swingup", "--starts", "hang=0.5,upp=0.5"],
      'Unknown swingup start "upp". Did you mean "up"?',
    ],
    ["a share in words", ["search", "swingup", "--starts", "hang=half"], 'all 0, or null, got {"hang":"half"}.'],
    ["a weight in words", ["search", "swingup", "--weights", "1,two"], 'got [1,"two"].'],
    [
      "a time in words",
      ["search", "swingup", "--max-time", "soon"],
      'Expected --max-time to be a time such as 90s, 5m or 1h, got "soon".',
    ],
    [
      "a time without unit",
      ["search", "swingup", "--max-time", "90"],
      'Expected --max-time to be a time such as 90s, 5m or 1h, got "90".',
    ],
    [
      "no threads",
      ["search", "swingup", "--threads", "0"],
      "Expected --threads to be an integer of at least 1, got 0.",
    ],
    [
      "threads in words",
      ["search", "swingup", "--threads", "all"],
      'Expected --threads to be an integer of at least 1, got "all".',
    ],
    [
      "a missing config",
      ["search", "swingup", "--config", "none.json"],
      "Expected settings at none.json, but there is no such file.",
    ],
  ])("%s", async (_, words, message) => {
    const folder = temporaryFolder();
    expect(await complaint(words, folder)).toContain(message);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    [
      "with an unknown key",
      '{"popluation": 9}',
      'Unknown run setting "popluation". Did you mean "population"? Known: format, stage, task, ',
    ],
    ["with a wrong value", '{"cull": "some"}', 'Expected cull to be a number from 0 to 0.9, got "some".'],
    ["that is not JSON", "population: 9", "Expected settings as JSON in settings.json, got text that is not: "],
    ["that is a list", "[1]", "Expected settings as a JSON object in settings.json, got a list."],
    [
      "without any limit",
      '{"generations": null}',
      "Expected --max-time or --generations, since the settings have null",
    ],
    ["with generations in words", '{"generations": "all"}', 'an integer from 0 to 100000000, or null, got "all".'],
    ["that is a number", "7", "Expected settings as a JSON object in settings.json, got number."],
  ])("a config %s", async (_, text, message) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "settings.json"), text);
    expect(await complaint(["search", "swingup", "--config", "settings.json"], folder)).toContain(message);
    expect(readdirSync(folder)).toEqual(["settings.json"]);
  });

  test("to write over a folder that is there", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "mine"));
    expect(await complaint(["search", "swingup", "--out", "mine"], folder)).toContain(
      "There is a run at mine already: choose another folder with --out, or go on with it by: precocial resume mine",
    );
    expect(readdirSync(join(folder, "mine"))).toEqual([]);
  });

  test("a run folder below a file", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "");
    const words = ["search", "swingup", "--out", "file/run", ...smallOptions(1)];
    expect(await complaint(words, folder)).toMatch(/Could not write file\/run, .*: choose another/);
  });
});

describe("resume refuses", () => {
  test("a folder that is no run, a missing one and a file", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "");
    expect(await complaint(["resume", "."], folder)).toContain("Expected a run folder, but . holds no config.json");
    expect(await complaint(["resume", "none"], folder)).toContain("Expected a run folder, but none is not there");
    expect(await complaint(["resume", "file"], folder)).toContain(
      "Expected a run folder, but file holds no config.json",
    );
  });

  test("fewer generations than the run has", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "config.json"), JSON.stringify(smallConfig(40)));
    writeFileSync(join(folder, "meta.json"), JSON.stringify({ generations: 30 }));
    expect(await complaint(["resume", folder, "--generations", "29"])).toContain(
      "Expected --generations to be at least the 30 the run has done, got 29: a run can only be made longer.",
    );
  });

  test.each([null, 100_000_000])("a run that was limited by time alone (%s), without a limit", async (generations) => {
    const folder = temporaryFolder();
    const { stage, taskSettings, ...config } = smallConfig(1);
    const written = generations === null ? { ...config, stage, taskSettings } : { ...config, format: 1 };
    writeFileSync(join(folder, "config.json"), JSON.stringify({ ...written, generations }));
    writeFileSync(join(folder, "meta.json"), JSON.stringify({ generations: 30 }));
    expect(await complaint(["resume", folder])).toContain(
      `${folder} was limited by time alone: say with --max-time or --generations how far to go on.`,
    );
  });

  test("a run whose checkpoints are all damaged", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "config.json"), JSON.stringify(smallConfig(30)));
    writeFileSync(join(folder, "meta.json"), JSON.stringify({ generations: 3 }));
    writeFileSync(join(folder, "checkpoint.json"), '{"search":{"se');
    const { code, stdout, stderr } = await precocial(["resume", folder, "--threads", "1"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("The checkpoint is damaged.\n");
    expect(stderr).toContain(`precocial: No checkpoint of ${folder} can be read: start again with another`);
  });
});
