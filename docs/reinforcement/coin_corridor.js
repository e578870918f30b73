// <coin-corridor>: the best policy in the corridor with a coin, for a discount and a coin that the reader sets.
import { PlayWidget, draw } from "../assets/widget.js";

export const GOAL = 6; // the last cell; the agent starts in cell 0
const COIN_CELL = 2;
const NUM_ROUNDS = 2000; // of value iteration, as in the page's program
const MOST_STEPS = 16; // that are played of a walk without an end
const WIDTH = 46; // of a cell, in units of the drawing
const MARGIN = 18; // left of the cells

// The reward for entering a cell.
export function rewardOf(cell, coin) {
  if (cell === GOAL) return 10;
  return cell === COIN_CELL ? coin : 0;
}

// Value iteration: the values of [left, right] in each cell before the goal.
export function findValues(discount, coin) {
  let values = Array(GOAL).fill([0, 0]);
  for (let round = 0; round < NUM_ROUNDS; round += 1) {
    const best = [...values.map((pair) => Math.max(...pair)), 0]; // nothing follows at the goal
    const worth = (cell) => rewardOf(cell, coin) + discount * best[cell];
    values = values.map((_, cell) => [worth(Math.max(cell - 1, 0)), worth(cell + 1)]);
  }
  return values;
}

// The best action in each cell: -1 for left, 1 for right, or 0 where both are equally good.
export function bestActions(values) {
  return values.map(([left, right]) =>
    Math.abs(right - left) < 1e-9 ? 0 : Math.sign(right - left),
  );
}

// The cells of an agent from cell 0 on. Where both actions are equally good it goes left.
export function walk(actions) {
  const path = [0];
  while (path.at(-1) !== GOAL && path.length <= MOST_STEPS) {
    const cell = path.at(-1);
    path.push(Math.max(cell + (actions[cell] || -1), 0));
  }
  return path;
}

class CoinCorridor extends PlayWidget {
  static stepMs = 350; // shorter than the pause after which the status is announced

  // Another setting asks for another prediction, unless the reader only looks.
  show() {
    if (this.shown !== this.setting && this.guess.value !== "look") this.guess.value = "";
    this.shown = this.setting;
    this.coin = this.number("coin");
    this.values = findValues(this.number("discount"), this.coin);
    this.actions = bestActions(this.values);
    this.path = walk(this.actions);
    for (const button of Object.values(this.buttons)) button.disabled = !this.guess.value;
    this.reset();
  }

  // Shows the agent after some steps, if the walk has as many.
  go(steps) {
    this.steps = Math.min(steps, this.path.length - 1);
    this.cell = this.path[this.steps];
    this.plot.replaceChildren();
    draw(this.plot, "text", { x: 9, y: 84 }, "←");
    draw(this.plot, "text", { x: 9, y: 99 }, "→");
    for (let cell = 0; cell <= GOAL; cell += 1) this.drawCell(cell);
    this.plot.setAttribute("aria-label", this.nameOfDrawing());
    this.say();
  }

  restart() {
    this.go(0);
  }

  advance() {
    this.go(this.steps + 1);
  }

  get isOver() {
    return this.steps === this.path.length - 1;
  }

  drawCell(cell) {
    const left = MARGIN + cell * WIDTH;
    const x = left + WIDTH / 2;
    const label = { [COIN_CELL]: " coin", [GOAL]: " goal" }[cell] ?? "";
    draw(this.plot, "rect", { x: left, y: 21, width: WIDTH, height: 48, class: "contour" });
    draw(this.plot, "text", { x, y: 14 }, `${cell}${label}`);
    if (cell === this.cell) draw(this.plot, "circle", { cx: x, cy: 56, r: 8, class: "walker" });
    if (cell === GOAL || !this.guess.value) return;
    const best = this.actions[cell];
    const arrow = { "-1": "←", 0: "↔", 1: "→" }[best];
    draw(this.plot, "text", { x, y: 40, style: "font-size: 18px" }, arrow);
    this.values[cell].forEach((value, place) => {
      const action = 2 * place - 1;
      const style = action === best || best === 0 ? "font-weight: 700" : "";
      draw(this.plot, "text", { x, y: 84 + 15 * place, style }, value.toFixed(2));
    });
  }

  nameOfDrawing() {
    const place = `Corridor with a coin in cell ${COIN_CELL} and the goal in cell ${GOAL}. The agent is in cell ${this.cell}.`;
    if (!this.guess.value) return place;
    const cells = this.values.map(
      ([left, right], cell) => `cell ${cell}: left ${left.toFixed(2)}, right ${right.toFixed(2)}`,
    );
    return `${place} Values: ${cells.join("; ")}.`;
  }

  sentence() {
    if (!this.guess.value) return "Predict first: does the best policy arrive, or does it circle?";
    const [left, right] = this.values[COIN_CELL + 1].map((value) => value.toFixed(2));
    const arrives = this.path.at(-1) === GOAL;
    const end = arrives ? "arrives" : "circles for ever";
    const result = `The best policy ${end}: in cell 3, left is worth ${left} and right ${right}.`;
    if (this.steps > 0) {
      const count = this.steps === 1 ? "1 step" : `${this.steps} steps`;
      const rewards = this.path.slice(1, this.steps + 1).map((cell) => rewardOf(cell, this.coin));
      const sum = Number(rewards.reduce((total, reward) => total + reward).toFixed(1));
      return `${result} After ${count} the agent is in cell ${this.cell}, with rewards of ${sum}.`;
    }
    if (this.guess.value === "look") return result;
    const isCorrect = (this.guess.value === "arrives") === arrives;
    return `${result} Your prediction is ${isCorrect ? "correct" : "not correct"}.`;
  }
}

customElements.define("coin-corridor", CoinCorridor);
