/** The scenes by name: what draws the environments that name one. */
import type { Scene } from "../../src/index.ts";
import { cartpole } from "./cartpole.ts";
import { swingup } from "./swingup.ts";

export const SCENES: Readonly<Record<string, Scene>> = { swingup, cartpole } as Record<string, Scene>;
