/** The scenes by name: what draws the environments that name one. */
import type { Scene } from "../../src/index.ts";
import { acrobot } from "./acrobot.ts";
import { biped } from "./biped.ts";
import { cartpole } from "./cartpole.ts";
import { mountainCar } from "./mountain-car.ts";
import { pendulum } from "./pendulum.ts";
import { racer } from "./racer.ts";
import { swingup } from "./swingup.ts";

export const SCENES: Readonly<Record<string, Scene>> = {
  swingup,
  cartpole,
  pendulum,
  mountainCar,
  acrobot,
  biped,
  racer,
} as Record<string, Scene>;
