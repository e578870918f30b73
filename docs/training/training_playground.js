// <training-playground>: a small network that the reader trains on points of the plane or on a curve.
import { softmax } from "../assets/softmax.js";
import { Widget, draw } from "../assets/widget.js";
import * as network from "./playground_network.js";

const { DATA, HIGH } = network;
const SIZE = 300; // units of the drawing
const LOSSES = 90; // height of the drawing of the losses
const CELLS = 50; // of the grid of the regions, each side
const PAUSE_MS = 50; // of training at a time without motion
const COLORS = ["#1f77b4", "#ff7f0e", "#2ca02c"]; // of the classes, as in the figures
const SHAPES = ["m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", "m-4-4h8v8h-8z", "m0-5 5 9h-10z"];

const toPlot = ([x, y]) => [x, -y].map((value) => ((value / HIGH + 1) * SIZE) / 2);

class TrainingPlayground extends Widget {
  setUp() {
    this.canvas = this.querySelector("canvas");
    this.plane = this.querySelector(".plane svg");
    this.points = draw(this.plane, "g", {});
    this.fit = draw(this.plane, "polyline", { class: "fit" });
    const losses = this.querySelector(".losses");
    this.lines = ["train", "validation"].map((part) => draw(losses, "polyline", { class: part }));
    this.top = draw(losses, "text", { x: SIZE - 4, y: 14 });
    const watch = (entries) => entries.at(-1).isIntersecting || this.stop();
    new IntersectionObserver(watch).observe(this); // nobody sees it: it stops
  }

  // A new setting needs a new prediction, and nobody trains before one.
  show(target) {
    if (target !== this.guess) {
      this.guess.value = "";
      this.restart();
    }
    for (const button of Object.values(this.buttons)) button.disabled = !this.guess.value;
  }

  restart() {
    const toValue = ({ name, value }) => [name, isNaN(value) ? value : Number(value)];
    this.training = network.startTraining(Object.fromEntries(this.controls.map(toValue)));
    this.points.replaceChildren();
    for (const part of ["validation", "train"]) this.drawPoints(part, this.training[part]);
    this.stop();
  }

  batch(train = network.trainBatch) {
    train(this.training);
    this.stop();
  }

  epoch() {
    this.batch(network.trainEpoch);
  }

  train() {
    if (this.frame) return this.stop();
    if (this.training.end) this.restart();
    this.buttons.train.textContent = "Pause";
    this.frame = requestAnimationFrame(() => this.animate());
    this.say();
  }

  // An epoch a frame; only the end is shown to readers who want no motion.
  animate() {
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const until = performance.now() + PAUSE_MS;
    do network.trainEpoch(this.training);
    while (isStill && !this.training.end && performance.now() < until);
    if (this.training.end) return this.stop();
    if (!isStill) this.showTraining();
    this.frame = requestAnimationFrame(() => this.animate());
  }

  stop() {
    cancelAnimationFrame(this.frame);
    this.frame = undefined;
    this.buttons.train.textContent = "Train";
    this.showTraining();
    this.say();
  }

  // A shape for each class; points for training are filled, points for validation are not.
  drawPoints(part, { inputs, targets }) {
    const { classes } = DATA[this.training.data];
    const paths = SHAPES.map(() => "");
    inputs.forEach(([x, y], place) => {
      const label = classes ? targets[place] : 0;
      const [left, top] = toPlot([x, y ?? targets[place]]).map((value) => value.toFixed(1));
      paths[label] += `M${left} ${top}${SHAPES[label]}`;
    });
    paths.forEach((d, label) => draw(this.points, "path", { d, class: `${part} class${label}` }));
  }

  showTraining() {
    this.drawRegions();
    this.drawLosses();
    this.querySelector(".numbers").textContent = this.numbers;
    this.plane.setAttribute("aria-label", `Points of ${this.training.data}. ${this.numbers}`);
  }

  // Each cell in the color of its class, the stronger the larger its probability; or the curve.
  drawRegions() {
    const context = this.canvas.getContext("2d");
    context.clearRect(0, 0, CELLS, CELLS);
    const toPlane = (cell) => HIGH * ((2 * cell + 1) / CELLS - 1);
    const outputsAt = (...input) => network.forward(this.training.network, input).at(-1);
    const { classes } = DATA[this.training.data];
    for (let cell = 0; classes && cell < CELLS ** 2; cell += 1) {
      const [column, row] = [cell % CELLS, Math.floor(cell / CELLS)];
      const probabilities = softmax(outputsAt(toPlane(column), -toPlane(row)));
      const most = Math.max(...probabilities);
      if (isNaN(most)) break;
      context.fillStyle = COLORS[probabilities.indexOf(most)];
      context.globalAlpha = 0.6 * (most - 1 / classes);
      context.fillRect(column, row, 1, 1);
    }
    const curve = Array.from({ length: classes ? 0 : CELLS }, (_, cell) => toPlane(cell))
      .map((x) => [x, outputsAt(x)[0]])
      .filter(([, y]) => Math.abs(y) < 10);
    this.fit.setAttribute("points", curve.map(toPlot).join(" "));
  }

  drawLosses() {
    const { curve } = this.training;
    const losses = ["train", "validation"].map((part) => curve.map((epoch) => epoch[part].loss));
    const top = Math.min(5 * losses[0][0], Math.max(...losses.flat().filter(isFinite)));
    const width = SIZE / Math.max(curve.length - 1, 10);
    this.lines.forEach((line, place) => {
      const points = losses[place].map((loss, epoch) => {
        const share = loss < top ? loss / top : 1;
        return `${(epoch * width).toFixed(1)},${(LOSSES * (1 - share)).toFixed(1)}`;
      });
      line.setAttribute("points", points.join(" "));
    });
    this.top.textContent = `loss ${top.toPrecision(2)}`;
  }

  get numbers() {
    const { curve, left, train, batch } = this.training;
    const tell = ({ loss, accuracy }) => {
      if (accuracy === null) return `mean squared error ${loss.toPrecision(3)}`;
      return `loss ${loss.toPrecision(3)}, ${Math.round(100 * accuracy)}% correct`;
    };
    const { train: seen, validation } = curve.at(-1);
    const place = left.length && Math.ceil((train.inputs.length - left.length) / batch);
    const epoch = `Epoch ${curve.length - 1}${place ? `, batch ${place} of the next` : ""}`;
    return `${epoch}. Training: ${tell(seen)}. Validation: ${tell(validation)}.`;
  }

  sentence() {
    const { end, curve } = this.training;
    if (!this.guess.value) return "Predict first: what will training with these settings give?";
    if (!end) return this.frame ? "Training." : this.numbers;
    const outcome = network.outcomeOf(this.training);
    const result = end === "diverged" ? "learning rate too high" : outcome;
    const guess = `You predicted “${this.guess.value}”`;
    const verdict = this.guess.value === outcome ? ", which is correct." : ".";
    return `In epoch ${curve.length - 1}, training ${end}: ${result}. ${guess}${verdict}`;
  }
}

customElements.define("training-playground", TrainingPlayground);
