/**
 * Makes the gallery of docs/tasks.md: npm run gallery [-- studies/tasks].
 *
 * With the folder of the study that `npm run experiment tasks` makes, the champions of its seed 1 are kept in
 * docs/champions/tasks first. From those and experiments/tasks/study.json, and for walker and racer from docs/champions and
 * their experiments, come the pictures in docs/images/tasks and what stands between the markers of docs/tasks.md.
 * The same champions at work, each under its slider, are dist/gallery.html, which opens from disk.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadDataset, type StudyRecord, type TaskDefinition, taskDefinition } from "../src/index.ts";
import { writeReport } from "../src/view/report.ts";
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

const tasks = readRecord("tasks");
const [study] = process.argv.slice(2);
mkdirSync(champions, { recursive: true });
mkdirSync(images, { recursive: true });
for (const { name } of study === undefined ? [] : tasks.variants) {
  copyFileSync(join(study, "runs", `${name}-${SEED}`, "champion.json"), join(champions, `${name}.json`));
}
/** Tasks that have an experiment of their own, and how long its search took. */
const LONG_ONES = [
  { title: "biped", experiment: "biped", after: "an hour and a half" },
  { title: "racer", experiment: "racer-graded", after: "half an hour" },
];
/** What a picture is made of: a variant of a study, and its champion. */
interface Exhibit {
  readonly title: string;
  readonly champion: string;
  readonly record: StudyRecord;
  readonly variant: StudyRecord["variants"][number];
  /** How long the search took, in words. */
  readonly after: string;
}
const exhibits: Exhibit[] = [
  ...tasks.variants.map((variant) => ({
    title: variant.name,
    champion: join(champions, `${variant.name}.json`),
    record: tasks,
    variant,
    after: "two minutes",
  })),
  ...LONG_ONES.map(({ title, experiment, after }) => {
    const record = readRecord(experiment);
    return {
      title,
      champion: join(root, `docs/champions/${experiment}.json`),
      record,
      variant: record.variants[0],
      after,
    };
  }),
];

const entries: string[] = [];
for (const exhibit of exhibits) if (existsSync(exhibit.champion)) entries.push(await entryOf(exhibit));
const MARKERS = /(<!-- gallery -->)[\s\S]*?(<!-- gallery end -->)/;
const text = readFileSync(page, "utf8");
writeFileSync(
  page,
  text.replace(MARKERS, (_, start, end) => `${start}\n\n${entries.join("\n\n")}\n\n${end}`),
);
const shown = exhibits.filter(({ champion }) => existsSync(champion)).map(({ champion }) => champion);
const live = writeReport(shown[0], { others: shown.slice(1), out: join(root, "dist/gallery.html") });
console.log(`Gallery of ${entries.length} tasks in ${page}, at work in ${live}#gallery`);

function readRecord(experiment: string): StudyRecord {
  return JSON.parse(readFileSync(join(root, "experiments", experiment, "study.json"), "utf8"));
}

/** The pictures and figures of an exhibit, as Markdown. */
async function entryOf({ title, champion: path, record, variant, after }: Exhibit): Promise<string> {
  const { name, task, seeds } = variant;
  const champion = JSON.parse(readFileSync(path, "utf8"));
  const definition = taskDefinition(task);
  const player = createPlayer(champion);
  const { inputs: inputNames, outputs: outputNames, image } = champion;
  const network = drawNetwork(createPlainDocument(), player.genome, { inputNames, outputNames, image, width: WIDTH });
  writePicture(`${title}-network.svg`, network);
  const picture = await pictureOf(definition, champion, player);
  if (picture !== undefined) writePicture(`${title}.svg`, picture);
  const results = record.results.filter(
    (result) => result.variant === name && result.budget === record.budgets.values.at(-1),
  );
  const [first] = results.filter(({ seed }) => seed === SEED);
  const share = record.tasks[task].unit === "share";
  const show = (value: number) => (share ? `${(100 * value).toFixed(1)} %` : value.toFixed(1));
  const shown = (figure: string) => results.map(({ figures }) => show(figures[figure])).join(", ");
  const sentences = [
    `${definition.summary}.`,
    `After ${after}, seed ${SEED}: ${first.figures.connections} connections.`,
    `On test, ${share ? "accuracy" : "mean score"} at a random shared weight ${shown("randomShared")}` +
      `${share ? `, of the vote ${shown("ensemble")}` : ""}, at the best shared weight **${shown("bestShared")}**` +
      `${seeds.length > 1 ? ` (seeds ${seeds.join(", ")})` : ""}.`,
  ];
  return [
    `### ${title}`,
    ...(picture === undefined ? [] : [`![${title}](images/tasks/${title}.svg)`]),
    sentences.join(" "),
    `![The champion of ${title}](images/tasks/${title}-network.svg)`,
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
