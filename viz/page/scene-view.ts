/** The picture of an episode: the environment's scene, or bars of its numbers where it has none or its scene fails. */
import type { Environment, Moment, Scene } from "../../src/index.ts";
import { barScene } from "../scenes/bars.ts";
import { SCENES } from "../scenes/index.ts";
import { html } from "./html.ts";
import { reasonOf } from "./texts.ts";

/** The picture of an episode on the page. */
export interface SceneView {
  readonly element: HTMLElement;
  show(moment: Moment): void;
}

export function createSceneView(environment: Environment): SceneView {
  const { name, scene: given } = environment;
  const box = html("div", { class: "picture scene" });
  const said = html("p", { class: "soft", id: "scene-problem", hidden: true });
  let scene: Scene = barScene(environment);
  let drawn: Element | undefined;

  const draw = (next: Scene) => {
    const element = next.draw(document);
    if (!(element instanceof Element)) throw new Error("draw() returned no element");
    scene = next;
    drawn = element;
    box.replaceChildren(element);
  };
  /** Goes over to bars, for good. */
  const giveUp = (why: string) => {
    said.textContent = `${why}; these are its numbers.`;
    said.hidden = false;
    draw(barScene(environment));
  };
  const failed = (error: unknown) => giveUp(`The scene of ${name} failed (${reasonOf(error)})`);

  if (typeof given === "string" && !Object.hasOwn(SCENES, given)) {
    giveUp(`${name} names the scene "${given}", but there are only ${Object.keys(SCENES).join(", ")}`);
  } else {
    try {
      draw(typeof given === "string" ? SCENES[given] : (given ?? scene));
    } catch (error) {
      failed(error);
    }
  }
  return {
    element: html("div", {}, box, said),
    show(moment) {
      try {
        scene.show(drawn as Element, moment);
      } catch (error) {
        failed(error);
        scene.show(drawn as Element, moment);
      }
    },
  };
}
