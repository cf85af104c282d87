/**
 * Makes the gallery of docs/tasks.md: npm run gallery [-- studies/tasks].
 *
 * With the folder of the study that `npm run experiment tasks` makes, the champions of its seed 1 are kept in
 * docs/champions/tasks first. From those and experiments/tasks/study.json come the pictures in docs/images/tasks and
 * what stands between the markers of docs/tasks.md.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadDataset, type StudyRecord, type TaskDefinition, taskDefinition } from "../src/index.ts";
import { drawExamples } from "../viz/examples.ts";
import { drawFilm } from "../viz/film.ts";
import { drawNetwork } from "../viz/network.ts";
import { createPlainDocument } from "../viz/plain-document.ts";
import { createPlayable, createPlayer } from "../viz/player.ts";
import { SCENES } from "../viz/scenes/index.ts";
import { svgFile } from "../viz/svg-file.ts";

const SEED = 1;
const WIDTH = 880;
const root = join(import.meta.dirname, "..");
const champions = join(root, "docs/champions/tasks");
const images = join(root, "docs/images/tasks");
const page = join(root, "docs/tasks.md");

const record: StudyRecord = JSON.parse(readFileSync(join(root, "experiments/tasks/study.json"), "utf8"));
const [study] = process.argv.slice(2);
mkdirSync(champions, { recursive: true });
mkdirSync(images, { recursive: true });
for (const { name } of study === undefined ? [] : record.variants) {
  copyFileSync(join(study, "runs", `${name}-${SEED}`, "champion.json"), championPath(name));
}

const entries: string[] = [];
for (const variant of record.variants) {
  if (existsSync(championPath(variant.name))) entries.push(await entryOf(variant));
}
const MARKERS = /(<!-- gallery -->)[\s\S]*?(<!-- gallery end -->)/;
const text = readFileSync(page, "utf8");
writeFileSync(
  page,
  text.replace(MARKERS, (_, start, end) => `${start}\n\n${entries.join("\n\n")}\n\n${end}`),
);
console.log(`Gallery of ${entries.length} tasks in ${page}`);

function championPath(name: string): string {
  return join(champions, `${name}.json`);
}

/** The pictures and figures of a variant, as Markdown. */
async function entryOf({ name, task, seeds }: StudyRecord["variants"][number]): Promise<string> {
  const champion = JSON.parse(readFileSync(championPath(name), "utf8"));
  const definition = taskDefinition(task);
  const player = createPlayer(champion);
  const { inputs: inputNames, outputs: outputNames, image } = champion;
  const network = drawNetwork(createPlainDocument(), player.genome, { inputNames, outputNames, image, width: WIDTH });
  writePicture(`${name}-network.svg`, network);
  const picture = await pictureOf(definition, champion, player);
  if (picture !== undefined) writePicture(`${name}.svg`, picture);
  const results = record.results.filter(({ variant }) => variant === name);
  const [first] = results.filter(({ seed }) => seed === SEED);
  const share = record.tasks[task].unit === "share";
  const show = (value: number) => (share ? `${(100 * value).toFixed(1)} %` : value.toFixed(1));
  const shown = (figure: string) => results.map(({ figures }) => show(figures[figure])).join(", ");
  const sentences = [
    `${definition.summary}.`,
    `After two minutes, seed ${SEED}: ${first.figures.connections} connections.`,
    `On test, ${share ? "accuracy" : "mean score"} at a random shared weight ${shown("randomShared")}` +
      `${share ? `, of the vote ${shown("ensemble")}` : ""}, at the best shared weight **${shown("bestShared")}**` +
      `${seeds.length > 1 ? ` (seeds ${seeds.join(", ")})` : ""}.`,
  ];
  return [
    `### ${name}`,
    ...(picture === undefined ? [] : [`![${name}](images/tasks/${name}.svg)`]),
    sentences.join(" "),
    `![The champion of ${name}](images/tasks/${name}-network.svg)`,
  ].join("\n\n");
}

/** An episode of the champion, or examples of each class; undefined where there is neither. */
async function pictureOf(
  definition: TaskDefinition,
  { bestSharedWeight: weight = 1, image }: { bestSharedWeight?: number; image?: object },
  player: ReturnType<typeof createPlayer>,
): Promise<SVGSVGElement | undefined> {
  const document = createPlainDocument();
  const playable = createPlayable(definition);
  if (playable !== undefined) {
    return drawFilm(document, SCENES[playable.environment.scene as string], playable, player, { weight, width: WIDTH });
  }
  return image === undefined ? undefined : drawExamples(document, await loadDataset(definition.name), WIDTH);
}

function writePicture(file: string, svg: SVGSVGElement): void {
  writeFileSync(join(images, file), svgFile(svg.outerHTML));
}
