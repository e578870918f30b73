// <neuron-line>: the decision line of one neuron between the corners of AND, OR or XOR, moved by the reader.
import { Widget, draw, withMinus } from "../assets/widget.js";

export const CORNERS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
export const TARGETS = { AND: [0, 0, 0, 1], OR: [0, 1, 1, 1], XOR: [0, 1, 1, 0] };
const LOW = -0.75; // the part of the plane that is drawn, in both directions
const HIGH = 1.75;
const SCALE = 100; // units of the drawing
const STEP = 0.25; // of the sliders: sums of such numbers are exact

export function weightedSum(weights, bias, inputs) {
  return weights.reduce((sum, weight, place) => sum + weight * inputs[place], bias);
}

// The outputs at the four corners: 1 where the neuron fires, else 0.
export function outputs(weights, bias) {
  return CORNERS.map((corner) => (weightedSum(weights, bias, corner) > 0 ? 1 : 0));
}

export function countRight(weights, bias, targets) {
  return outputs(weights, bias).filter((output, place) => output === targets[place]).length;
}

// The corners of the part of a square on which the neuron fires: none where it never does.
export function firingSide(weights, bias, low, high) {
  const square = [
    [low, low],
    [high, low],
    [high, high],
    [low, high],
  ];
  const side = [];
  square.forEach((from, place) => {
    const to = square[(place + 1) % 4];
    const [one, two] = [from, to].map((corner) => weightedSum(weights, bias, corner));
    if (one > 0) side.push(from);
    const share = one / (one - two);
    if (one > 0 !== two > 0)
      side.push(from.map((value, axis) => value + share * (to[axis] - value)));
  });
  return side;
}

// The two ends of the decision line in a square; null where the line does not cross it.
export function decisionLine(weights, bias, low, high) {
  const isOnLine = (corner) => Math.abs(weightedSum(weights, bias, corner)) < 1e-9;
  const ends = firingSide(weights, bias, low, high).filter(isOnLine);
  return ends.length === 2 ? ends : null;
}

// The setting of the sliders with most corners right; of several, the one whose line is farthest from a corner.
export function bestNeuron(targets, largestWeight, largestBias) {
  let best = { right: -1 };
  for (let bias = -largestBias; bias <= largestBias; bias += STEP) {
    for (let w1 = -largestWeight; w1 <= largestWeight; w1 += STEP) {
      for (let w2 = -largestWeight; w2 <= largestWeight; w2 += STEP) {
        const right = countRight([w1, w2], bias, targets);
        const distance = distanceToCorners([w1, w2], bias);
        const isBetter = right > best.right || (right === best.right && distance > best.distance);
        if (isBetter) best = { right, distance, weights: [w1, w2], bias };
      }
    }
  }
  return best;
}

// How far the decision line is from the nearest corner; 0 where there is no line.
export function distanceToCorners(weights, bias) {
  const length = Math.hypot(...weights);
  if (length === 0) return 0;
  const sums = CORNERS.map((corner) => Math.abs(weightedSum(weights, bias, corner)));
  return Math.min(...sums) / length;
}

class NeuronLine extends Widget {
  setUp() {
    this.side = draw(this.plot, "polygon", { class: "side" });
    this.line = draw(this.plot, "polyline", { class: "line" });
    this.marks = draw(this.plot, "g", {});
  }

  show(target) {
    const name = this.control("function").value;
    if (target && target === this.control("function")) this.guess.value = "";
    if (!this.guess.value || this.best?.name !== name)
      this.best = { name, right: 0, isShown: false };
    this.setLocked(!this.guess.value);
    this.weights = [this.number("w1"), this.number("w2")];
    this.bias = this.number("b");
    this.right = countRight(this.weights, this.bias, TARGETS[name]);
    this.best.right = Math.max(this.best.right, this.right);
    this.drawSide();
    this.drawCorners(TARGETS[name]);
  }

  // Nobody moves the line before a guess.
  setLocked(isLocked) {
    for (const control of this.querySelectorAll("input[type=range], [data-do]"))
      control.disabled = isLocked;
  }

  drawSide() {
    const side = firingSide(this.weights, this.bias, LOW, HIGH);
    const ends = decisionLine(this.weights, this.bias, LOW, HIGH) ?? [];
    this.side.setAttribute("points", side.map(toPlot).join(" "));
    this.line.setAttribute("points", ends.map(toPlot).join(" "));
  }

  // A disk is a target of 1, a ring a target of 0.
  drawCorners(targets) {
    const found = outputs(this.weights, this.bias);
    const words = [];
    this.marks.replaceChildren();
    CORNERS.forEach((corner, place) => {
      const [x, y] = toPlot(corner);
      const name = `(${corner.join(", ")})`;
      const isRight = found[place] === targets[place];
      const verdict = isRight ? "right" : "wrong";
      draw(this.marks, "circle", { cx: x, cy: y, r: 8, class: targets[place] ? "one" : "zero" });
      draw(this.marks, "text", { x, y: y + 26, class: verdict }, isRight ? "✓ right" : "✗ wrong");
      draw(this.marks, "text", { x, y: y - 15 }, name);
      words.push(`${name} target ${targets[place]}, output ${found[place]}, ${verdict}`);
    });
    const numbers = [...this.weights, this.bias].map(withMinus);
    const setting = `w1 = ${numbers[0]}, w2 = ${numbers[1]}, b = ${numbers[2]}`;
    this.plot.ariaLabel = `Corners of ${this.best.name} with ${setting}: ${words.join("; ")}`;
  }

  sentence() {
    const { name, right, isShown } = this.best;
    if (!this.guess.value) return `Guess first: how many corners of ${name} can be right at most?`;
    const now = `${this.right} of 4 corners of ${name} are right.`;
    const guess = `You guessed ${this.guess.value}.`;
    if (isShown)
      return `${now} No setting of these sliders gets more than ${right} right. ${guess}`;
    if (right === 4)
      return this.right === 4 ? `${now} ${guess}` : `${now} You have had all 4. ${guess}`;
    return `${now} Your best so far: ${right}.`;
  }

  // Shows a best line, found by trying all settings of the sliders.
  reveal() {
    const { name } = this.best;
    const most = (control) => Number(this.control(control).max);
    const { right, weights, bias } = bestNeuron(TARGETS[name], most("w1"), most("b"));
    this.write({ w1: weights[0], w2: weights[1], b: bias });
    this.best = { name, right, isShown: true };
    this.change(this.control("b"));
  }
}

// The second input grows upwards, as in the figures.
function toPlot([x1, x2]) {
  return [SCALE * (x1 - LOW), SCALE * (HIGH - x2)];
}

customElements.define("neuron-line", NeuronLine);
