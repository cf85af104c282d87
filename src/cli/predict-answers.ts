/** Answers as they are given out: columns of a file, objects of a JSON document, and how many of them are right. */
import { saturate32 } from "../base/float32.ts";
import type { TableEncoding } from "../data/table/encoding.ts";
import { numberIn } from "../data/table/table.ts";
import type { WrittenColumn } from "../data/table/write-csv.ts";
import { answerClasses, answerValues } from "../measure/predict.ts";
import { r2Of } from "../tasks/regression/report.ts";
import type { NewExamples } from "./predict-examples.ts";
import type { Predictor } from "./predict-voters.ts";

/** What there is to give out. */
export interface Answers {
  /** What was told of each example: "class", or the name of the target. */
  readonly what: string;
  readonly columns: readonly WrittenColumn[];
  /** What is said of each example, in their order. */
  readonly json: readonly object[];
  /** How well it went, where truths are known. */
  readonly quality?: Quality;
}

/** How many answers are right, or how near they are. */
export interface Quality {
  readonly name: "accuracy" | "R2";
  readonly value: number;
  /** Examples whose truth is known. */
  readonly count: number;
  readonly words: string;
}

/** What is told, and what its column is called. */
type Names = readonly [what: string, column: string];

/** Asks all voters about all examples. */
export function answersTo(predictor: Predictor, examples: NewExamples): Answers {
  const { question } = predictor;
  if (question.kind === "images") return tellClasses(predictor, examples, ["class", "class"], question.classes);
  const { target } = question.table;
  const names = [target.name, `predicted ${target.name}`] as const;
  if (target.kind === "classes") return tellClasses(predictor, examples, names, target.classes);
  return tellNumbers(predictor, examples, names, target);
}

function tellClasses(
  { voters }: Predictor,
  { count, features, truths, unit }: NewExamples,
  [what, column]: Names,
  classes: readonly string[],
): Answers {
  const { classes: told, votes, scores, byVoter } = answerClasses(voters, features, features.length / count);
  const answers = Array.from(told, (label, example) => ({
    class: classes[label],
    ...(voters.length > 1 && { vote: rounded(votes[example]) }),
    score: rounded(scores[example]),
  }));
  const columns: WrittenColumn[] = [
    { name: column, cells: answers.map((answer) => answer.class) },
    ...(voters.length > 1 ? [{ name: "vote", cells: answers.map(({ vote }) => vote as number) }] : []),
    { name: "score", cells: answers.map(({ score }) => score) },
  ];
  const byWeight = (example: number) => voters.map((_, voter) => classes[byVoter[voter * count + example]]);
  return {
    what,
    columns,
    json: answers.map((answer, example) => ({ ...answer, ...(voters.length > 1 && { byWeight: byWeight(example) }) })),
    quality: truths && accuracyOf(truths, answers, classes, unit),
  };
}

function accuracyOf(
  truths: readonly (string | undefined)[],
  answers: readonly { class: string }[],
  classes: readonly string[],
  unit: string,
): Quality {
  const known = [...truths.keys()].filter((example) => truths[example] !== undefined);
  const right = known.filter((example) => truths[example] === answers[example].class).length;
  const strange = known.filter((example) => !classes.includes(truths[example] as string)).length;
  const value = right / known.length;
  const words = `accuracy ${(100 * value).toFixed(1)} %: ${right} of ${counted(known.length, unit)} right`;
  return {
    name: "accuracy",
    value,
    count: known.length,
    words: strange === 0 ? words : `${words}, ${strange} being of a class that the network does not know`,
  };
}

function tellNumbers(
  { voters }: Predictor,
  { count, features, truths, unit }: NewExamples,
  [what, column]: Names,
  { mean, deviation }: Extract<TableEncoding["target"], { kind: "number" }>,
): Answers {
  const { values, spreads, byVoter } = answerValues(voters, features, features.length / count);
  const inUnit = (value: number) => Number((mean + deviation * value).toPrecision(6));
  const answers = Array.from(values, (value, example) => ({
    value: inUnit(value),
    ...(voters.length > 1 && { spread: Number((deviation * spreads[example]).toPrecision(3)) }),
  }));
  const columns: WrittenColumn[] = [
    { name: column, cells: answers.map(({ value }) => value) },
    ...(voters.length > 1 ? [{ name: "spread", cells: answers.map(({ spread }) => spread as number) }] : []),
  ];
  const byWeight = (example: number) => voters.map((_, voter) => inUnit(byVoter[voter * count + example]));
  const targets = truths?.map((truth) => (truth === undefined ? undefined : numberIn(truth)));
  const known = targets && [...targets.keys()].filter((example) => targets[example] !== undefined);
  return {
    what,
    columns,
    json: answers.map((answer, example) => ({ ...answer, ...(voters.length > 1 && { byWeight: byWeight(example) }) })),
    quality: known && known.length > 0 ? quality(known) : undefined,
  };

  /** As `evaluate` has it: of numbers less the mean of the training rows and over their deviation, in singles. */
  function quality(examples: readonly number[]): Quality {
    const wanted = Float32Array.from(examples, (example) =>
      saturate32(((targets?.[example] as number) - mean) / deviation),
    );
    const value = r2Of(
      examples.map((example) => values[example]),
      wanted,
    );
    return {
      name: "R2",
      value,
      count: examples.length,
      words: `R2 ${value.toFixed(3)} on ${counted(examples.length, unit)}`,
    };
  }
}

/** "1 row", "2 rows". */
export function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** A share with as many digits as are worth writing. */
function rounded(share: number): number {
  return Number(share.toFixed(4));
}
