// <shape-broadcast>: how two shapes go together in a sum, axis by axis, after the reader's guess.
import { formatShape, parseShape, product } from "../assets/shapes.js";
import { GuessWidget, withCommas } from "../assets/widget.js";

const MOST_AXES = 4;
const PAIRS = [
  ["3, 1", "4"],
  ["32, 10", "32"],
  ["32, 10", "32, 1"],
  ["8, 1, 6", "7, 1"],
  ["16, 3, 28, 28", "3, 1, 1"],
  ["2, 3, 4", "3, 3, 4"],
  ["5", "()"],
];

// The shape of a sum along one axis; as in PyTorch, an error names an axis that is not there.
export function sumShape(shape, dim, keepdim) {
  const last = Math.max(shape.length, 1) - 1;
  if (dim > last)
    return {
      error: `Dimension out of range (expected to be in range of [${-last - 1}, ${last}], but got ${dim})`,
    };
  if (keepdim) return { shape: shape.map((length, axis) => (axis === dim ? 1 : length)) };
  return { shape: shape.filter((_, axis) => axis !== dim) };
}

// The axes of a + b from the left, with the two lengths (null where an axis is missing) and that of the result.
export function broadcastAxes(a, b) {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const [one, two] = [a, b].map((shape) => shape[axis - rank + shape.length] ?? null);
    const fits = one === two || (one ?? 1) === 1 || (two ?? 1) === 1;
    return { a: one, b: two, result: fits ? Math.max(one, two) : null };
  });
}

// The shape of a + b, or PyTorch's error, which names the last axis that does not fit.
export function broadcast(a, b) {
  const axes = broadcastAxes(a, b);
  const wrong = axes.findLastIndex(({ result }) => result === null);
  if (wrong === -1) return { shape: axes.map(({ result }) => result) };
  const { a: one, b: two } = axes[wrong];
  const sizes = `size of tensor a (${one}) must match the size of tensor b (${two})`;
  return { error: `The ${sizes} at non-singleton dimension ${wrong}` };
}

// What happens to the two lengths on an axis.
export function describeAxis({ a, b, result }) {
  if (result === null) return "does not fit";
  if (a === b) return "equal";
  const [name, length] = a === result ? ["b", b] : ["a", a];
  return `${name} is ${length === null ? "repeated" : "stretched"}`;
}

class ShapeBroadcast extends GuessWidget {
  question = "the shape of a + b, or the word “error”";

  // The two shapes; `problem` if a text is no shape, `error` if a has no such axis.
  read() {
    const kind = this.control("kind").value;
    const [a, typed] = ["a", "b"].map((name) => parseShape(this.control(name).value));
    for (const [name, shape] of Object.entries({ a, b: kind === "shape" ? typed : [] }))
      if (!shape || shape.length > MOST_AXES)
        return { problem: `${name} needs a shape of at most ${MOST_AXES} axes, such as 3, 1.` };
    if (kind === "shape") return { a, b: typed };
    const { shape, error } = sumShape(a, Number(kind.match(/\d/)), kind.includes("keepdim"));
    return { a, b: shape, error };
  }

  show(target) {
    this.control("b").disabled = this.control("kind").value !== "shape";
    super.show(target);
  }

  // No rows where b is the sum along an axis that a does not have.
  makeRows({ a, b }) {
    if (!b) return [];
    const axes = broadcastAxes(a, b);
    const head = ["axis", ...axes.keys()];
    const line = (name) => [name, ...axes.map((axis) => axis[name] ?? "–")];
    const result = axes.map((axis) => axis.result ?? "✗");
    const told = axes.map(describeAxis);
    return [head, line("a"), line("b"), ["a\u00a0+\u00a0b", ...result], ["fit", ...told]];
  }

  answer({ a, b, error }) {
    const sum = error ? { error } : broadcast(a, b);
    if (sum.error) return `Error: ${sum.error}.`;
    const size = withCommas(product(sum.shape));
    return `a + b has the shape ${formatShape(sum.shape)}, size ${size}.`;
  }

  // The next of some pairs, to be guessed anew.
  another() {
    const shown = ["a", "b"].map((name) => this.control(name).value).join();
    const now = PAIRS.findIndex((pair) => pair.join() === shown);
    const [a, b] = PAIRS[(now + 1) % PAIRS.length];
    this.write({ kind: "shape", a, b });
    this.isChanged = true;
    this.hide();
  }
}

customElements.define("shape-broadcast", ShapeBroadcast);
