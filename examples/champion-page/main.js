/** A champion in a web page: it plays its task at the weight of a slider. Made a site by `npx vite build`. */
import { compile, createForward, decodeGenome, Episode, outputSlots, SWINGUP } from "precocial";
import champion from "./champion.json"; // of a run; here docs/champions/swingup.json

const { program } = compile(decodeGenome(champion.genome));
const forward = createForward(program);
const [force] = outputSlots(program);
const [canvas, slider, shown] = ["canvas", "input", "output"].map((name) => document.querySelector(name));
const pen = Object.assign(canvas.getContext("2d"), { lineWidth: 6, lineCap: "round" });
slider.value = champion.bestSharedWeight;
let episode = new Episode(SWINGUP, "page/0");

function draw() {
  shown.value = `${slider.value}, score ${episode.score.toFixed(0)} after ${episode.steps} steps`;
  for (let step = 0; step < 2 && !episode.ended; step++) {
    episode.step([forward(episode.observation, Number(slider.value))[force]]);
  }
  const { position, sine, cosine } = episode.state;
  const x = 400 + 140 * position;
  pen.clearRect(0, 0, 800, 400);
  pen.strokeStyle = getComputedStyle(canvas).color;
  pen.strokeRect(x - 40, 220, 80, 40);
  pen.stroke(new Path2D(`M 64 262 H 736 M ${x} 220 l ${170 * sine} ${-170 * cosine}`));
  if (episode.ended) episode = new Episode(SWINGUP, `page/${Math.floor(performance.now())}`);
  requestAnimationFrame(draw);
}
draw();
