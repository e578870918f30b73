// <descent-walker>: a walk down a surface with one of three optimizers, beside a walker with closed eyes.
import { drawNormal, makeRandom } from "../assets/random.js";
import { PlayWidget, draw, setAttributes, withMinus } from "../assets/widget.js";
import { OPTIMIZERS } from "./optimizers.js";

export const LOW = -2; // the part of the plane that is drawn, in both directions
export const HIGH = 2;
const CELLS = 64; // of the grid behind the contour lines, each side
const NUM_LEVELS = 9;
const SCALE = 100; // units of the drawing
const TRIAL_LENGTH = 0.25; // of a step of the blind walker
const MOST_STEPS = 300;
const FAR = 1000; // a walker who is farther from (0, 0) does not come back
const NEARLY_ZERO = 1e-3; // of the slope and of the last step, once a walk has converged

export const SURFACES = {
  hill: {
    height: ([x, y]) => x ** 2 + 3 * y ** 2,
    gradient: ([x, y]) => [2 * x, 6 * y],
  },
  valley: {
    height: ([x, y]) => x ** 2 / 20 + y ** 2,
    gradient: ([x, y]) => [x / 10, 2 * y],
  },
  "two valleys": {
    height: ([x, y]) => x ** 4 - 2 * x ** 2 + 0.5 * x + y ** 2,
    gradient: ([x, y]) => [4 * x ** 3 - 4 * x + 0.5, 2 * y],
  },
  saddle: {
    height: ([x, y]) => x ** 2 - y ** 2 + y ** 4 / 4,
    gradient: ([x, y]) => [2 * x, -2 * y + y ** 3],
  },
};

export const heightAt = (surface, place) => SURFACES[surface].height(place);
export const gradientAt = (surface, place) => SURFACES[surface].gradient(place);

export function startWalk({ surface, optimizer, start, rate, noise, seed }) {
  const walkers = { path: [start], blind: [start], memory: {}, random: makeRandom(seed) };
  return { surface, optimizer, rate, noise, ...walkers, end: null, steps: 0 };
}

// One step along the gradient and one blind trial; `end` says how a walk is over.
export function advance(walk) {
  if (walk.end) return;
  const place = walk.path.at(-1);
  const noisy = gradientAt(walk.surface, place).map(
    (slope) => slope + walk.noise * drawNormal(walk.random),
  );
  const change = OPTIMIZERS[walk.optimizer](walk.memory, noisy, walk.rate);
  const next = place.map((value, axis) => value + change[axis]);
  walk.path.push(next);
  walk.blind.push(tryBlindly(walk.surface, walk.blind.at(-1), walk.random));
  walk.steps += 1;
  const slope = Math.hypot(...gradientAt(walk.surface, next));
  if (!(Math.hypot(...next) < FAR))
    walk.end = "diverged"; // true for NaN as well
  else if (slope < NEARLY_ZERO && Math.hypot(...change) < NEARLY_ZERO) walk.end = "converged";
  else if (walk.steps === MOST_STEPS) walk.end = "stopped";
}

function tryBlindly(surface, place, random) {
  const angle = 2 * Math.PI * random();
  const direction = [Math.cos(angle), Math.sin(angle)];
  const trial = place.map((value, axis) => value + TRIAL_LENGTH * direction[axis]);
  return heightAt(surface, trial) < heightAt(surface, place) ? trial : place;
}

export function walkFor(setting, numSteps) {
  const walk = startWalk(setting);
  for (let step = 0; step < numSteps; step += 1) advance(walk);
  return { path: walk.path, blind: walk.blind, end: walk.end, steps: walk.steps };
}

// The levels of the contour lines: close together near the lowest place of the drawing.
export function levelsOf(surface) {
  const values = Array.from({ length: CELLS + 1 }, (_, cell) => toPlane(cell));
  const heights = values.flatMap((x) => values.map((y) => heightAt(surface, [x, y])));
  const [least, most] = [Math.min(...heights), Math.max(...heights)];
  const shares = Array.from({ length: NUM_LEVELS }, (_, place) => (place + 1) / (NUM_LEVELS + 1));
  return shares.map((share) => least + (most - least) * share ** 2);
}

const toPlane = (cell) => LOW + (cell / CELLS) * (HIGH - LOW);

// The pieces of one contour line, [[from, to], ...]: each triangle of the grid holds one piece at most.
export function contour(surface, level) {
  const pieces = [];
  const corner = (column, row) => {
    const place = [toPlane(column), toPlane(row)];
    return { place, above: heightAt(surface, place) - level };
  };
  for (let row = 0; row < CELLS; row += 1) {
    for (let column = 0; column < CELLS; column += 1) {
      const [first, last] = [corner(column, row), corner(column + 1, row + 1)];
      for (const other of [corner(column + 1, row), corner(column, row + 1)]) {
        const sides = [crossing(first, other), crossing(other, last), crossing(last, first)];
        const ends = sides.flat();
        if (ends.length === 2) pieces.push(ends);
      }
    }
  }
  return pieces;
}

// Where a level crosses the side of a triangle, as a list of one place or none.
function crossing(from, to) {
  if (from.above > 0 === to.above > 0) return [];
  const share = from.above / (from.above - to.above);
  return [from.place.map((value, axis) => value + share * (to.place[axis] - value))];
}

const toPlot = ([x, y]) => [SCALE * (x - LOW), SCALE * (HIGH - y)];
const toText = (number) => withMinus(number.toFixed(2).replace(/^-0\.00$/, "0.00"));

class DescentWalker extends PlayWidget {
  static stepMs = 60;

  setUp() {
    this.lines = draw(this.plot, "path", { class: "contour" });
    this.blind = this.makeWalker("blind");
    this.walker = this.makeWalker("walker");
    this.plot.addEventListener("pointerdown", (event) => this.startAt(event));
  }

  makeWalker(name) {
    const group = draw(this.plot, "g", { class: name });
    const line = draw(group, "polyline", {});
    return { line, dots: draw(group, "g", {}), end: draw(group, "circle", { r: 8 }) };
  }

  // A new setting starts a new walk.
  show() {
    this.stop();
    const surface = this.control("surface").value;
    if (surface !== this.surface) this.drawContours(surface);
    this.restart();
  }

  get isOver() {
    return this.walk.end !== null;
  }

  restart() {
    this.walk = startWalk({
      surface: this.surface,
      optimizer: this.control("optimizer").value,
      start: [this.number("x"), this.number("y")],
      rate: this.number("rate"),
      noise: this.number("noise"),
      seed: 1,
    });
    for (const { dots } of [this.walker, this.blind]) dots.replaceChildren();
    this.showWalk();
  }

  advance() {
    advance(this.walk);
    this.showWalk();
  }

  startAt(event) {
    const box = this.plot.getBoundingClientRect();
    const share = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    this.write({ x: LOW + share[0] * (HIGH - LOW), y: HIGH - share[1] * (HIGH - LOW) });
    this.change(this.control("x"));
  }

  drawContours(surface) {
    this.surface = surface;
    const pieces = levelsOf(surface).flatMap((level) => contour(surface, level));
    const toPart = (piece) =>
      piece.map((place) => toPlot(place).map((value) => value.toFixed(1))).join("L");
    this.lines.setAttribute("d", pieces.map((piece) => `M${toPart(piece)}`).join(""));
  }

  showWalk() {
    this.drawPath(this.walker, this.walk.path);
    this.drawPath(this.blind, this.walk.blind);
    this.plot.ariaLabel = `Contour lines of the ${this.surface}. ${this.sentence()}`;
    this.say();
  }

  drawPath({ line, dots, end }, path) {
    const places = path.filter((place) => Math.hypot(...place) < FAR).map(toPlot);
    line.setAttribute("points", places.join(" "));
    for (const [cx, cy] of places.slice(dots.childElementCount))
      draw(dots, "circle", { cx, cy, r: 3.5 });
    const [cx, cy] = places.at(-1);
    setAttributes(end, { cx, cy });
  }

  sentence() {
    const { path, blind, end, steps, surface } = this.walk;
    const tell = (place) =>
      `(${place.map(toText).join(", ")}), height ${toText(heightAt(surface, place))}`;
    if (steps === 0) return `Start at ${tell(path[0])}.`;
    const other = `The blind walker is at ${tell(blind.at(-1))}.`;
    const count = steps === 1 ? "1 step" : `${steps} steps`;
    if (end === "diverged")
      return `After ${count}, diverged: the learning rate is too large. ${other}`;
    const beginning = { converged: "Converged after", stopped: "Stopped after" }[end] ?? "After";
    return `${beginning} ${count}: ${tell(path.at(-1))}. ${other}`;
  }
}

customElements.define("descent-walker", DescentWalker);
