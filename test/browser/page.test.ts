/** The page in a real browser: reports from disk, whole and damaged, and a served run that grows. */
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Kernel, taskDefinition } from "../../src/index.ts";
import { writeReport } from "../../src/view/report.ts";
import { startView } from "../../src/view/server.ts";
import {
  createPlayable,
  createPlayer,
  type Playable,
  SHOWN_EPISODES,
  scoreEpisodes,
  weightsOf,
} from "../../viz/player.ts";
import type { Champion, RunData } from "../../viz/run-data.ts";
import { growGenomeJson } from "../fixtures/champion.ts";
import { start } from "../fixtures/command-line.ts";
import { makeEnded, makeRun, writeRun } from "../fixtures/run.ts";
import { openPage, useBrowser } from "./browser.ts";

const browser = useBrowser();
let parent = "";
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), "precocial-page-"));
});
afterAll(() => {
  if (parent !== "") rmSync(parent, { recursive: true, force: true });
});

/** What champion.json says of the ends of a network that classifies digits of 16 x 16 pixels. */
const DIGITS = { outputs: [..."0123456789"], image: { width: 16, height: 16 } };

const SWINGUP = createPlayable(taskDefinition("swingup")) as Playable;

/** Writes a run and its report, changed in between, and opens it from disk. */
async function openReport(run: RunData, change: (folder: string) => void = () => {}, width = 1200) {
  const folder = writeRun(parent, run);
  change(folder);
  return openPage(browser, pathToFileURL(writeReport(folder)).href, width);
}

describe("a report opened from disk", () => {
  it("asks for nothing but itself, logs no error, and shows every view", async () => {
    const { page, requests, errors } = await openReport(makeRun(40, "whole"));
    await page.waitForSelector("#growth .node");
    expect(requests).toHaveLength(1);
    expect(errors).toEqual([]);
    for (const kind of ["network", "cart-pole", "strip", "profile", "scores", "sizes", "front", "times"]) {
      expect(await page.locator(`svg.${kind}`).count(), kind).toBeGreaterThan(0);
    }
    await page.close();
  });

  it("shows what the run has come to, how its champion came about, and a network of another size at a click", async () => {
    const run = makeEnded(makeRun(40, "ended"));
    const { page, errors } = await openReport(run);
    await page.waitForSelector("#front-choice");
    await page.waitForSelector("#network .connection");
    expect(await page.locator("#evaluation tr").allTextContents()).toEqual([
      "validation560.0± 20.0",
      "the six standard weights550.0± 20.0",
      "the best shared weight, 0.53610.0± 20.0",
      "below 0.112.0",
      "to 0.5480.0",
      "turns1.5whole turns of the pole",
      "upright76.5 %share of 10 s",
    ]);
    expect(await page.locator("#lineage .ancestor").count()).toBe(12);
    expect(await page.locator("#lineage tbody tr").first().textContent()).toBe("insert node33+330.0+110.0");
    await page.locator("#lineage summary").click();
    await page.locator("#lineage .scroll tbody tr").first().waitFor();
    expect(await page.locator("#lineage .scroll tbody tr").count()).toBe(12);

    const lines = () => page.locator("#network .connection").count();
    const whole = await lines();
    await page.locator('.front [data-network="1"]').click();
    expect(await page.locator(".lead").textContent()).toContain("Shown is one of its smaller networks, which scores");
    expect(await page.locator("#front-choice output").textContent()).toMatch(/^16 connections, score /);
    expect(await lines()).toBeLessThan(whole);
    await page.locator("#size").fill("3");
    expect(await page.locator(".lead").textContent()).toContain("Its champion scores");
    expect(await page.locator("#front-choice output").textContent()).toMatch(/^36 connections, the champion, score /);
    expect(await lines()).toBe(whole);
    expect(errors).toEqual([]);
    await page.close();
  });

  it("opens at the network that is picked", async () => {
    const folder = writeRun(parent, makeEnded(makeRun(40, "picked")));
    const { page, errors } = await openPage(browser, pathToFileURL(writeReport(folder, { pick: 17 })).href);
    await page.waitForSelector("#front-choice");
    expect(await page.locator(".lead").textContent()).toContain("Shown is one of its smaller networks");
    expect(await page.locator("#size").inputValue()).toBe("1");
    expect(errors).toEqual([]);
    await page.close();
  });

  it("of a champion.json alone shows the champion, and nothing of a run", async () => {
    const folder = writeRun(parent, makeRun(5, "alone"));
    const { page, errors } = await openPage(browser, pathToFileURL(writeReport(join(folder, "champion.json"))).href);
    await page.waitForSelector("#network .node");
    expect(await page.locator(".lead").textContent()).toContain("A network for swingup, seed 1. It scores ");
    expect(await page.locator("#run, .notice:visible").count()).toBe(0);
    expect(await page.locator(".status").isVisible()).toBe(false);
    expect(await page.locator("#network .key .entry").count()).toBeGreaterThan(0);
    expect(errors).toEqual([]);
    await page.close();
  });

  it("of a table says what was made of it: missing cells, and each column", async () => {
    const run = makeRun(5, "table");
    const table: Champion["table"] = {
      columns: [
        { kind: "numeric", name: "size", fill: 2.5, mean: -1234.5, deviation: 0.25 },
        { kind: "categorical", name: "colour", values: ["blue", "red"], missing: true, other: false },
      ],
      target: { kind: "number", name: "price", mean: 10, deviation: 2 },
      notes: ["colour: 3 of 40 missing, a category of its own."],
    };
    const names = { inputs: ["size", "colour=blue", "colour=red", "colour=?"], outputs: ["price"] };
    const genome = growGenomeJson({ inputs: 4, outputs: 1, connections: 6, seed: 4 });
    const champion = { ...(run.champion as Champion), ...names, genome, task: "csv", table };
    const { page, errors } = await openReport({ ...run, config: { format: 2, task: "csv" }, champions: [], champion });
    await page.waitForSelector("#table summary");
    expect(await page.locator("#table .soft").textContent()).toBe("price is told from 2 columns, which make 4 inputs.");
    expect(await page.locator("#table li").allTextContents()).toEqual(table.notes);
    await page.locator("#table summary").click();
    expect(await page.locator("#table td").allTextContents()).toEqual([
      ...["size", "(value + 1,235) / 0.25", "2.5"],
      ...["colour", "1 for one of: blue, red; 0 for the rest", "a category of its own"],
    ]);
    expect(errors).toEqual([]);
    await page.close();
  });

  it("fits a phone: nothing but pictures scrolls sideways", async () => {
    const { page } = await openReport(makeEnded(makeRun(40, "phone")), () => {}, 400);
    await page.waitForSelector("#growth .node");
    await page.waitForSelector("#evaluation");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
    await page.close();
  });

  it("the slider changes the episode's score to what the engine in Node says, bit for bit", async () => {
    const run = makeRun(40, "slider");
    const { page } = await openReport(run);
    const kernel = await Kernel.create();
    const player = createPlayer(run.champion as NonNullable<RunData["champion"]>);
    const seen = new Set<number>();
    for (const weight of [-2.37, -1, 0.5, 1.83, 3]) {
      await page.locator("#weight").fill(String(weight));
      const [expected] = scoreEpisodes(kernel, SWINGUP, player, weightsOf(player, { kind: "shared", weight }), [
        SHOWN_EPISODES[0],
      ]);
      expect(await page.locator("#whole-score").getAttribute("data-value")).toBe(String(expected));
      seen.add(expected);
    }
    expect(seen.size).toBeGreaterThan(2);
    await page.close();
  });

  it("arrow keys move the slider, and an episode stepped to its end has the score of the kernel", async () => {
    const { page } = await openReport(makeRun(40, "keys"));
    await page.locator("#weight").focus();
    const before = Number(await page.locator("#weight").inputValue());
    await page.keyboard.press("ArrowRight");
    expect(Number(await page.locator("#weight").inputValue())).toBeCloseTo(before + 0.01, 6);
    await page.evaluate(() => {
      for (let step = 0; step < 1000; step++) (document.querySelector("#step") as HTMLElement).click();
    });
    const whole = await page.locator("#whole-score").getAttribute("data-value");
    expect(await page.locator("#score-so-far").getAttribute("data-value")).toBe(whole);
    await page.close();
  });

  it("opens at the best shared weight the search found, and says which weight and episode it shows", async () => {
    const run = makeRun(40, "best");
    const champion = { ...(run.champion as NonNullable<RunData["champion"]>), bestSharedWeight: -1.365 };
    const { page } = await openReport({ ...run, champion });
    const shown = () => page.locator("#network .shown").textContent();
    const best = "Shown: shared weight −1.365, the best found when the search ended; episode 1 of 8.";
    expect(await page.title()).toBe("best · Precocial");
    expect(await page.locator("h1").textContent()).toBe("best");
    expect(await shown()).toBe(best);
    const player = createPlayer(champion);
    const choice = weightsOf(player, { kind: "shared", weight: -1.365 });
    const [expected] = scoreEpisodes(await Kernel.create(), SWINGUP, player, choice, [SHOWN_EPISODES[0]]);
    expect(await page.locator("#whole-score").getAttribute("data-value")).toBe(String(expected));
    await page.locator("#weight").fill("0.5");
    await page.locator("#other").click();
    expect(await shown()).toBe("Shown: shared weight 0.50; episode 2 of 8.");
    for (let other = 2; other < 9; other++) await page.locator("#other").click();
    await page.locator("#best").click();
    expect(await shown()).toBe(best);
    await page.close();
  });

  it("without a best weight found, opens at the best of those the champion was evolved at", async () => {
    const run = makeRun(40, "old");
    const scoresByWeight = [1, 2, 9, 4, 5, 6];
    const { page } = await openReport({ ...run, champion: { ...(run.champion as Champion), scoresByWeight } });
    expect(await page.locator("#weight").inputValue()).toBe("-0.5");
    expect(await page.locator("#network .shown").textContent()).toBe(
      "Shown: shared weight −0.50, the best of the 6 weights it was evolved at; episode 1 of 8.",
    );
    await page.close();
  });

  it("of a table says the shared weight to use", async () => {
    const genome = growGenomeJson({ inputs: 4, outputs: 3, connections: 12 });
    const champion = { generation: 0, score: -1, genome, outputs: ["a", "b", "c"], bestSharedWeight: 0.8 };
    const run = { ...makeRun(1, "table"), config: { task: "csv", seed: 1 }, champions: [champion], champion };
    const { page } = await openReport(run);
    expect(await page.locator("#network .shown").textContent()).toBe(
      "Drawn without values. Shared weight to use: 0.80, the best found when the search ended.",
    );
    await page.close();
  });

  it("trained weights can be switched on where there are any", async () => {
    const run = makeRun(11, "trained");
    const champion = run.champion as NonNullable<RunData["champion"]>;
    const trainedWeights = champion.genome.connections.map((_, gene) => Math.sin(gene));
    const { page } = await openReport({ ...run, champion: { ...champion, trainedWeights } });
    await page.locator("#trained").click();
    const player = createPlayer({ ...champion, trainedWeights });
    const [expected] = scoreEpisodes(await Kernel.create(), SWINGUP, player, weightsOf(player, { kind: "trained" }), [
      SHOWN_EPISODES[0],
    ]);
    expect(await page.locator("#whole-score").getAttribute("data-value")).toBe(String(expected));
    await page.close();
  });

  it("pointing at the output lights up what it depends on, and nothing stays lit after", async () => {
    const { page } = await openReport(makeRun(40, "hover"));
    const network = page.locator("#network svg.network");
    await network.locator(".output .disc").hover({ force: true });
    const lit = await network.locator(".connection.lit").count();
    expect(lit).toBe(await network.locator(".connection").count());
    expect(await page.locator("#network .told").textContent()).toContain("output force");
    await network.locator(".hidden .disc").first().hover({ force: true });
    const fewer = await network.locator(".connection.lit").count();
    expect(fewer).toBeGreaterThan(0);
    expect(fewer).toBeLessThan(lit);
    await page.locator("h1").hover();
    expect(await network.locator(".lit").count()).toBe(0);
    await page.close();
  });

  it("the keyboard goes from node to node, and the network is one stop of the Tab key", async () => {
    const { page } = await openReport(makeRun(40, "nodes"));
    const network = page.locator("#network svg.network");
    expect(await network.locator('[tabindex="0"]').count()).toBe(1);
    await network.locator('[tabindex="0"]').focus();
    for (let step = 0; step < 6; step++) await page.keyboard.press("ArrowRight");
    expect(await page.locator("#network .told").textContent()).toMatch(
      /depends on \d+ nodes? through \d+ connections?/,
    );
    expect(await network.locator('[tabindex="0"]').count()).toBe(1);
    await page.close();
  });

  it("the slider through champions shows a smaller network at its start", async () => {
    const { page } = await openReport(makeRun(40, "growth"));
    const count = () => page.locator("#growth .connection").count();
    await page.waitForSelector("#growth .node");
    const last = await count();
    await page.locator("#champions").fill("0");
    expect(await count()).toBeLessThan(last);
    await page.close();
  });

  it("the button turns light to dark", async () => {
    const { page } = await openReport(makeRun(1, "theme"));
    const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await paper();
    await page.locator("#theme").click();
    expect(await paper()).not.toBe(light);
    await page.close();
  });

  it("a network of 2,000 connections is drawn whole, and only what feeds one output when that is picked", async () => {
    const genome = growGenomeJson({ inputs: 256, outputs: 10, connections: 2000, first: 0.05 });
    const run = makeRun(1, "large");
    const champion = { generation: 0, score: 0.5, genome };
    const { page, errors } = await openReport({
      ...run,
      config: { task: "mnist16", seed: 1 },
      champions: [champion],
      champion: { ...champion, ...DIGITS },
    });
    await page.locator("#growth").scrollIntoViewIfNeeded();
    await page.waitForSelector("#growth .node");
    const outputs = page.locator("#growth .output");
    expect(await outputs.count()).toBe(10);
    await page.locator("#growth .picker button").nth(4).click();
    expect(await outputs.count()).toBe(1);
    await page.locator("#growth .picker button").nth(0).click();
    expect(await outputs.count()).toBe(10);
    expect(errors).toEqual([]);
    await page.close();
  });
});

describe("a run of which little is there", () => {
  it.each([
    ["zero generations", 0, () => {}, "This run has no champion yet"],
    ["one generation", 1, () => {}, "A search for swingup, seed 1, 1 generations."],
    [
      "a cut-off generations.jsonl",
      5,
      (folder: string) => {
        const path = join(folder, "generations.jsonl");
        writeFileSync(path, readFileSync(path, "utf8").slice(0, -30));
      },
      "generations.jsonl has 1 unreadable or cut-off line, left out.",
    ],
    [
      "no champion",
      5,
      (folder: string) => {
        rmSync(join(folder, "champion.json"));
        rmSync(join(folder, "champions.jsonl"));
      },
      "This run has no champion.json and no champions.jsonl",
    ],
  ] as const)("with %s the page helps", async (name, generations, change, expected) => {
    const { page, errors } = await openReport(makeRun(generations, name.replaceAll(" ", "-")), change);
    expect(await page.locator("main").textContent()).toContain(expected);
    expect(await page.locator("svg.scores").count()).toBe(1);
    expect(errors).toEqual([]);
    await page.close();
  });

  it("a search among graded forms says so, and the one weight its champion scores at", async () => {
    const run = makeRun(2, "forms");
    const champion = run.champion && { ...run.champion, weights: [1], score: 12 };
    const { page, errors } = await openReport({ ...run, config: { ...run.config, stage: "es" }, champion });
    expect(await page.locator(".lead").textContent()).toMatch(
      /^A search for swingup among graded forms, seed 1, 2 generations\. Its champion scores 12\.0 at the shared weight 1 with \d+ connections/,
    );
    expect(await page.locator("main").textContent()).toContain("Circles: the six standard weights.");
    expect(errors).toEqual([]);
    await page.close();
  });

  it.each([
    ["fixed", "A network of fixed layers for swingup"],
    ["imported", "A network for swingup from elsewhere"],
  ])(
    "a network that was made in one step (%s) is said to be so, and has no charts of generations",
    async (stage, lead) => {
      const config = { task: "swingup", seed: 1, stage };
      const { page, errors } = await openReport({ ...makeRun(2, "layers"), config, generations: [] });
      expect(await page.locator(".lead").textContent()).toMatch(
        new RegExp(`^${lead}, seed 1\\. It scores .* before any weight is trained\\.$`),
      );
      expect(await page.locator("#run").count()).toBe(0);
      expect(errors).toEqual([]);
      await page.close();
    },
  );

  it("a trained baseline has its epochs, and is not asked for a champion", async () => {
    const quality = { accuracy: 0.9, loss: 0.3 };
    const generations = [1, 2].map((epoch) => ({ epoch, train: quality, validation: quality }));
    const { page, errors } = await openReport({ ...makeRun(0, "baseline"), config: { task: "digits" }, generations });
    expect(await page.locator("h1").textContent()).toBe("baseline");
    expect(await page.locator(".lead").textContent()).toBe("Training on digits, 2 epochs.");
    expect(await page.locator("svg.epochs").count()).toBe(1);
    expect(await page.locator(".notice:visible").count()).toBe(0);
    expect(errors).toEqual([]);
    await page.close();
  });

  it("the empty page opened from disk says how to make a report", async () => {
    const { page } = await openPage(
      browser,
      pathToFileURL(join(import.meta.dirname, "../../dist/viz/index.html")).href,
    );
    expect(await page.locator("main").textContent()).toContain("precocial report <run>");
    await page.close();
  });
});

it("a page without runs waits for the first one, and shows it when it is there", async () => {
  const runs = mkdtempSync(join(parent, "first-"));
  const view = await startView({ parent: runs, studies: join(runs, "none"), interval: 20 });
  const { page, errors } = await openPage(browser, view.url);
  expect(await page.locator("main").textContent()).toContain("Make one with: precocial search swingup");
  writeRun(runs, makeRun(3, "first"));
  await page.getByText("run finished").waitFor();
  expect(await page.locator("h1").textContent()).toBe("first");
  expect(await page.title()).toBe("first · Precocial");
  expect(errors).toEqual([]);
  await page.close();
  await view.close();
});

it("a search that was killed is shown as such", async () => {
  const folder = writeRun(parent, { ...makeRun(3, "killed"), meta: { status: "running", pid: 2 ** 30 } });
  const hourAgo = new Date(Date.now() - 3_600_000);
  for (const file of readdirSync(folder)) utimesSync(join(folder, file), hourAgo, hourAgo);
  const view = await startView({ folders: [folder], interval: 20 });
  const { page } = await openPage(browser, view.url);
  await page.getByText("run stopped without a word").waitFor();
  expect(await page.locator(".status").getAttribute("title")).toContain("precocial resume killed");
  await page.close();
  await view.close();
});

it("a real search is followed from its start to its end", async () => {
  const runs = mkdtempSync(join(parent, "live-"));
  const view = await startView({ parent: runs, studies: join(runs, "none"), interval: 50 });
  const { page, errors } = await openPage(browser, view.url);
  const words = ["search", "digits", "--out", join(runs, "digits-1"), "--population", "24", "--threads", "1"];
  const search = start([...words, "--max-time", "60s"]);
  await page.getByText("run running").waitFor();
  await page.waitForSelector("#network .pixel");
  const generations = async () =>
    Number(/(\d+) generations/.exec((await page.locator(".lead").textContent()) ?? "")?.[1]);
  const before = await generations();
  await page.waitForFunction(
    (count) => Number(/(\d+) generations/.exec(document.querySelector(".lead")?.textContent ?? "")?.[1]) > count + 5,
    before,
  );
  expect(await page.locator("#network .output").first().getAttribute("data-name")).toBe("0");
  search.child.kill("SIGINT");
  const { code, stdout } = await search.done;
  expect(code).toBe(130);
  await page.getByText("run stopped", { exact: true }).waitFor();
  expect(await generations()).toBe(Number(/^(\d+) generations/.exec(stdout)?.[1]));
  expect(errors).toEqual([]);
  await page.close();
  await view.close();
});

it("a served run grows while it is watched, and its end is shown", async () => {
  const all = makeRun(21, "live");
  const folder = writeRun(parent, { ...makeRun(0, "live"), meta: { status: "running" } });
  const view = await startView({ folders: [folder], interval: 20 });
  const { page, errors } = await openPage(browser, view.url);
  expect(await page.locator("main").textContent()).toContain("No generation is finished yet");
  const line = (record: unknown) => `${JSON.stringify(record)}\n`;
  appendFileSync(join(folder, "champions.jsonl"), line(all.champions[0]));
  appendFileSync(join(folder, "generations.jsonl"), all.generations.map(line).join(""));
  await page.getByText("21 generations").waitFor();
  await page.waitForSelector("#network .node");
  expect(await page.locator(".status").textContent()).toBe("run running");
  writeFileSync(join(folder, "meta.json"), JSON.stringify({ status: "finished" }));
  await page.getByText("run finished").waitFor();
  appendFileSync(join(folder, "champions.jsonl"), line(all.champions[2]));
  await page.waitForFunction(() => document.querySelectorAll("#network .connection").length > 15);
  // The search has ended and found the best shared weight: the page goes there, but not from where its user went.
  const write = (bestSharedWeight: number) =>
    writeFileSync(join(folder, "champion.json"), JSON.stringify({ ...all.champion, bestSharedWeight }));
  write(-0.7);
  await page.getByText("Shown: shared weight −0.70, the best found when the search ended").waitFor();
  expect(await page.locator("#weight").inputValue()).toBe("-0.7");
  await page.locator("#weight").fill("1.5");
  write(1.5);
  await page.getByText("Shown: shared weight 1.50, the best found when the search ended").waitFor();
  write(2.5);
  await page.getByText("Shown: shared weight 1.50; episode 1 of 8").waitFor();
  expect(await page.locator("#weight").inputValue()).toBe("1.5");
  // Likewise what it has come to, which goes again when the search is resumed.
  const { evaluation } = makeEnded(all);
  writeFileSync(join(folder, "evaluation.json"), JSON.stringify(evaluation));
  await page.waitForSelector("#evaluation");
  expect(await page.locator("#weight").inputValue()).toBe("1.5");
  rmSync(join(folder, "evaluation.json"));
  await page.waitForSelector("#evaluation", { state: "detached" });
  expect(errors).toEqual([]);
  await page.close();
  await view.close();
});
