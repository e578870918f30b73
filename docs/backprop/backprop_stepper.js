// <backprop-stepper>: a graph in which the reader steps forward for the values and back for the slopes.
import { Widget } from "../assets/widget.js";
import { backward, describe, forward, parse, show } from "./expression_graph.js";

const DEFAULTS = [2, -3, 7, 4, 0.5]; // of the inputs, in the order in which the expression names them
const BOX = { width: 58, height: 52 };
const PITCH = { column: 82, row: 64 };

// Puts each box right of its operands. Returns places in columns and rows, and lines through the columns between.
function layOut({ nodes }) {
  const columns = nodes.map(() => 0);
  for (const { operands, index } of nodes) {
    for (const operand of operands)
      columns[index] = Math.max(columns[index], columns[operand.index] + 1);
  }
  const users = (leaf) => nodes.filter(({ operands }) => operands.includes(leaf));
  for (const leaf of nodes.filter(({ operation }) => !operation)) {
    columns[leaf.index] = Math.min(...users(leaf).map(({ index }) => columns[index])) - 1;
  }
  let numLeaves = 0;
  const places = [];
  for (const { operation, operands, index } of nodes) {
    const rows = operands.map((operand) => places[operand.index].row);
    const row = operation ? rows.reduce((sum, each) => sum + each, 0) / rows.length : numLeaves++;
    places.push({ column: columns[index], row });
  }
  const lines = [];
  for (const { operands, index } of nodes) {
    for (const operand of operands) {
      const points = [];
      for (let column = columns[operand.index] + 1; column < columns[index]; column += 1) {
        points.push({ column, row: places[operand.index].row, isPoint: true });
      }
      lines.push({ from: operand.index, to: index, points });
    }
  }
  separate([...places, ...lines.flatMap(({ points }) => points)]);
  return { places, lines };
}

// What stands in one column keeps its order and gets room.
function separate(places) {
  const numColumns = 1 + Math.max(...places.map(({ column }) => column));
  for (let column = 0; column < numColumns; column += 1) {
    const stack = places.filter((place) => place.column === column).sort((a, b) => a.row - b.row);
    const wanted = stack.reduce((sum, { row }) => sum + row, 0);
    for (let below = 1; below < stack.length; below += 1) {
      const room = stack[below].isPoint || stack[below - 1].isPoint ? 0.6 : 1;
      stack[below].row = Math.max(stack[below].row, stack[below - 1].row + room);
    }
    const shift = (stack.reduce((sum, { row }) => sum + row, 0) - wanted) / stack.length;
    for (const place of stack) place.row -= shift;
  }
  const top = Math.min(...places.map(({ row }) => row));
  for (const place of places) place.row -= top;
}

// The drawing as SVG: boxes with what has been computed, and the lines of the current one in color.
function draw({ nodes }, values, slopes, current) {
  const { places, lines } = layOut({ nodes });
  const left = ({ column }) => 2 + column * PITCH.column;
  const middle = ({ row }) => 2 + row * PITCH.row + BOX.height / 2;
  const parts = lines.map(({ from, to, points }) => {
    const stops = points.map((point) => [left(point) + BOX.width / 2, middle(point)]);
    let [x, y] = [left(places[from]) + BOX.width, middle(places[from])];
    let path = `M${x} ${y}`;
    for (const [nextX, nextY] of [...stops, [left(places[to]), middle(places[to])]]) {
      const bend = (x + nextX) / 2;
      path += `C${bend} ${y} ${bend} ${nextY} ${nextX} ${nextY}`;
      [x, y] = [nextX, nextY];
    }
    return `<path class="${to === current ? "now" : ""}" d="${path}"/>`;
  });
  for (const { operation, exponent, name, index, text } of nodes) {
    const label = name ?? (operation === "**n" ? `** ${exponent}` : (operation ?? text));
    const value = values[index] === undefined ? "?" : show(values[index]);
    const slope = slopes[index] === undefined ? "" : show(slopes[index]);
    const place = `translate(${left(places[index])} ${middle(places[index]) - BOX.height / 2})`;
    const kind = `${operation ? "" : "leaf "}${index === current ? "now" : ""}`;
    parts.push(
      `<g class="${kind}" transform="${place}"><rect width="${BOX.width}" height="${BOX.height}" rx="5"/>`,
      `<text x="29" y="15" class="label">${label}</text><text x="29" y="31">${value}</text>`,
      `<text x="29" y="46" class="slope">${slope}</text></g>`,
    );
  }
  const width = Math.max(...places.map(left)) + BOX.width + 2;
  const height = Math.max(...places.map(middle)) + BOX.height / 2 + 2;
  const size = `width="${width}" viewBox="0 0 ${width} ${height}"`;
  return `<svg role="img" ${size} style="min-width:${0.85 * width}px">${parts.join("")}</svg>`;
}

class BackpropStepper extends Widget {
  setUp() {
    this.figure = this.querySelector(".graph");
    this.fields = this.querySelector(".inputs");
    this.expression = this.querySelector("[name=expression]");
    this.example = this.querySelector(".example");
    this.expression.addEventListener("keydown", (event) => event.key === "Enter" && this.read());
    this.example.addEventListener("change", () => {
      this.expression.value = this.example.value;
      this.read();
    });
    this.build(this.expression.value, DEFAULTS, 0);
  }

  get lastStep() {
    return 2 * this.graph.operations.length + 1;
  }

  // The setting of what is drawn, such as #backprop-stepper:expression=a*b&inputs=2,-3&step=4
  get setting() {
    const inputs = this.inputs.join(",");
    const setting = { expression: this.graph.source, inputs, step: this.step };
    return `#${this.id}:${new URLSearchParams(setting)}`;
  }

  write({ expression = this.graph.source, inputs = "", step }) {
    const numbers = inputs.split(",").filter(Boolean).map(Number);
    this.expression.value = expression;
    this.build(expression, [...numbers, ...DEFAULTS.slice(numbers.length)], Number(step));
  }

  read() {
    this.build(this.expression.value, this.inputs, 0);
    this.change(this.expression);
  }

  // What cannot be drawn leaves the drawing as it is.
  build(source, inputs, step) {
    let graph;
    try {
      graph = parse(source);
    } catch (error) {
      this.problem = error.message;
      return;
    }
    this.problem = undefined;
    this.graph = { ...graph, source };
    this.inputs = graph.names.map((_, place) =>
      Number.isFinite(inputs[place]) ? inputs[place] : DEFAULTS[place],
    );
    this.step = Math.min(Math.max(0, Math.trunc(step) || 0), this.lastStep);
    const options = [...this.example.options];
    this.example.value = options.find(({ value }) => value === source)?.value ?? "";
    this.fields.replaceChildren(
      ...graph.names.map((name, place) => this.makeField(name, this.inputs[place])),
    );
  }

  makeField(name, value) {
    const label = document.createElement("label");
    const field = document.createElement("input");
    Object.assign(field, { type: "number", name, step: 0.5, value, required: true });
    label.append(`${name} `, field);
    return label;
  }

  readInputs() {
    const numbers = Array.from(this.fields.querySelectorAll("input"), (it) => it.valueAsNumber);
    const isComplete = numbers.every(Number.isFinite);
    this.problem = isComplete ? undefined : "Each input needs a number.";
    if (isComplete) this.inputs = numbers;
  }

  move(step) {
    const focused = document.activeElement;
    this.step = step;
    this.problem = undefined;
    this.change(this.expression);
    if (focused.disabled) this.querySelector(".steps button:enabled").focus();
  }

  forward() {
    this.move(this.step + 1);
  }

  back() {
    this.move(this.step + 1);
  }

  finish() {
    this.move(this.lastStep);
  }

  restart() {
    this.move(0);
  }

  // Shows what the steps up to now have computed.
  show(target) {
    if (this.fields.contains(target)) this.readInputs();
    const { graph, step } = this;
    const { nodes, operations } = graph;
    const back = step - operations.length;
    let values = [];
    try {
      values = forward(graph, this.inputs);
      this.told = describe(graph, values, step);
    } catch (error) {
      this.told = error.message;
    }
    const { slopes } = backward(graph, values, back);
    const later = operations.slice(step);
    const shown = nodes.map((node) => (later.includes(node) ? undefined : values[node.index]));
    let current = back > 1 ? operations[operations.length + 1 - back] : operations[step - 1];
    if (back === 1) current = nodes.at(-1);
    this.figure.innerHTML = draw(graph, shown, slopes, current?.index);
    this.figure.firstChild.setAttribute("aria-label", this.name(shown, slopes));
    this.center(this.figure.querySelector("g.now"));
    this.buttons.forward.disabled = !values.length || back >= 0;
    this.buttons.back.disabled = !values.length || back < 0 || step === this.lastStep;
    this.buttons.finish.disabled = !values.length || step === this.lastStep;
    this.buttons.restart.disabled = step === 0;
  }

  sentence() {
    return this.problem ?? this.told;
  }

  // On a phone the drawing may be wider than the page.
  center(box) {
    if (!box) return;
    const middle = (element) =>
      element.getBoundingClientRect().left + element.getBoundingClientRect().width / 2;
    this.figure.scrollLeft += middle(box) - middle(this.figure);
  }

  name(values, slopes) {
    const boxes = this.graph.nodes.map(({ text, index }) => {
      const value = values[index] === undefined ? "not computed yet" : show(values[index]);
      return `${text}: ${value}${slopes[index] === undefined ? "" : `, slope ${show(slopes[index])}`}`;
    });
    return `Graph of ${this.graph.source}. ${boxes.join("; ")}.`;
  }
}

customElements.define("backprop-stepper", BackpropStepper);
