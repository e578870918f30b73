// <draw-digit>: draw a digit with a pen, a finger or the keyboard, and see what a network computes of it while you draw.
import { hasInk, predict, prepareDrawing, readWeights } from "./digit_network.js";

const CELLS = 28; // of the keyboard's grid, each side
const PEN = 18; // of 256 pixels
const SIDE = 256;
const MOST_COLUMNS = 32; // of maps of a layer
// Rows and columns by which a key moves the pen
const MOVES = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  " ": [0, 0],
};
const SAY_MS = 400; // a pause in drawing after which the result is announced

// What the button Example draws, in turn: points of 256 pixels, joined by lines.
const EXAMPLES = [
  "70,60 190,60 115,210",
  "75,90 100,55 150,52 178,85 165,125 70,205 190,205",
  "150,45 70,150 195,150 155,150 155,100 155,215",
  "130,45 126,210",
].map((points) => points.split(" ").map((point) => point.split(",").map(Number)));

const networks = {}; // by the address of their weights, also while the reader turns pages

async function loadNetwork(url) {
  if (networks[url]) return;
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.url} answers ${response.status}`);
  networks[url] = readWeights(await response.arrayBuffer());
}

class DrawDigit extends HTMLElement {
  connectedCallback() {
    if (this.paper) return;
    this.paper = this.querySelector("canvas.paper");
    this.pen = this.paper.getContext("2d", { willReadFrequently: true });
    this.status = this.querySelector("[role=status]");
    this.rows = [...this.querySelectorAll("tbody tr")];
    this.maps = this.querySelectorAll("canvas.maps");
    this.choices = [...this.querySelectorAll("[data-weights]")];
    this.cell = { row: 5, column: 14 };
    this.paper.addEventListener("pointerdown", (event) => this.startStroke(event));
    this.paper.addEventListener("pointermove", (event) => this.extendStroke(event));
    this.paper.addEventListener("keydown", (event) => this.press(event));
    this.paper.addEventListener("focus", () => this.showCell());
    this.paper.addEventListener("blur", () => this.removeCell());
    for (const button of this.querySelectorAll("[data-do]")) {
      button.addEventListener("click", () => this[button.dataset.do]());
    }
    this.addEventListener("change", () => this.show());
    for (const control of this.querySelectorAll("[disabled]")) control.disabled = false;
    this.mark = this.querySelector(".cell");
    this.examples = 0;
    this.clear();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  clear() {
    this.pen.clearRect(0, 0, SIDE, SIDE);
    this.show();
  }

  example() {
    this.clear();
    const [first, ...others] = EXAMPLES[this.examples % EXAMPLES.length];
    this.examples += 1;
    this.last = first;
    others.forEach((point) => this.drawTo(point));
  }

  place(event) {
    const box = this.paper.getBoundingClientRect();
    const scale = SIDE / box.width;
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  }

  startStroke(event) {
    this.paper.setPointerCapture(event.pointerId);
    this.last = this.place(event);
    this.drawTo(this.last);
  }

  extendStroke(event) {
    if (event.buttons !== 1) return;
    this.drawTo(this.place(event));
  }

  drawTo(to) {
    Object.assign(this.pen, { lineWidth: PEN, lineCap: "round", strokeStyle: "#000" });
    this.pen.beginPath();
    this.pen.moveTo(...this.last);
    this.pen.lineTo(...to);
    this.pen.stroke();
    this.last = to;
    this.show();
  }

  // Arrows move the pen; while Shift is held, or after Space, they draw.
  press(event) {
    if (event.key === "Delete") this.clear();
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    if (event.key === " ") this.isDown = !this.isDown;
    this.last = this.cellCenter();
    this.cell.row = Math.min(CELLS - 2, Math.max(1, this.cell.row + move[0]));
    this.cell.column = Math.min(CELLS - 2, Math.max(1, this.cell.column + move[1]));
    const isDrawing = this.isDown || (event.shiftKey && event.key !== " ");
    if (isDrawing) this.drawTo(this.cellCenter());
    this.showCell();
  }

  cellCenter() {
    const pixels = SIDE / CELLS;
    return [(this.cell.column + 0.5) * pixels, (this.cell.row + 0.5) * pixels];
  }

  showCell() {
    this.mark.hidden = false;
    this.mark.classList.toggle("down", Boolean(this.isDown));
    this.mark.style.left = `${((this.cell.column + 0.5) / CELLS) * 100}%`;
    this.mark.style.top = `${((this.cell.row + 0.5) / CELLS) * 100}%`;
  }

  removeCell() {
    this.mark.hidden = true;
    this.isDown = false;
  }

  readInk() {
    const { data } = this.pen.getImageData(0, 0, SIDE, SIDE);
    const values = Array.from({ length: SIDE * SIDE }, (_, place) => data[4 * place + 3] / 255);
    return { width: SIDE, height: SIDE, values };
  }

  // Draws the result at most once a frame, however many points a pen sends.
  show() {
    if (this.isWaiting) return;
    this.isWaiting = true;
    requestAnimationFrame(() => {
      this.isWaiting = false;
      this.compute();
    });
  }

  compute() {
    const drawing = this.readInk();
    if (!hasInk(drawing)) return this.showNothing();
    if (!this.choices.every((choice) => networks[choice.dataset.weights])) return this.load();
    for (const choice of this.choices) {
      const { about, weights } = networks[choice.dataset.weights];
      const image = prepareDrawing(drawing, about);
      const { drawing_side: side } = about;
      this.showMaps(this.seenBy(choice), { channels: 1, side, values: image });
      if (!choice.checked) continue;
      const { probabilities, maps } = predict(weights, image, side);
      this.showProbabilities(probabilities);
      this.maps.forEach((canvas, layer) => this.showMaps(canvas, maps[layer]));
    }
  }

  // The weights of both networks are fetched at the first ink. What is read then is what the sheet holds by then.
  async load() {
    if (this.isLoading) return;
    this.isLoading = true;
    try {
      await Promise.all(this.choices.map((choice) => loadNetwork(choice.dataset.weights)));
      this.show();
    } catch (error) {
      this.status.textContent = `The network could not be loaded: ${error.message}.`;
    }
    this.isLoading = false;
  }

  seenBy(choice) {
    return choice.parentElement.nextElementSibling;
  }

  showNothing() {
    clearTimeout(this.timer);
    this.status.textContent = "Draw a digit.";
    for (const canvas of [...this.maps, ...this.choices.map(this.seenBy)]) {
      canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height);
    }
    for (const row of this.rows) {
      row.className = "";
      row.querySelector("td").textContent = "";
      row.style.setProperty("--share", 0);
    }
  }

  showProbabilities(probabilities) {
    const guess = probabilities.indexOf(Math.max(...probabilities));
    probabilities.forEach((probability, digit) => {
      const row = this.rows[digit];
      row.className = digit === guess ? "guess" : "";
      row.querySelector("td").textContent = `${(100 * probability).toFixed(0)}%`;
      row.style.setProperty("--share", probability);
    });
    clearTimeout(this.timer);
    const percent = (100 * probabilities[guess]).toFixed(0);
    this.timer = setTimeout(() => {
      this.status.textContent = `The network reads a ${guess}, with a probability of ${percent}%.`;
    }, SAY_MS);
  }

  // The maps of a layer in rows; the strongest value of all is drawn strongest.
  showMaps(canvas, { channels, side, values }) {
    const columns = Math.min(channels, MOST_COLUMNS);
    canvas.width = columns * (side + 1);
    canvas.height = Math.ceil(channels / columns) * (side + 1);
    const context = canvas.getContext("2d");
    const most = Math.max(...values) || 1;
    const color = getComputedStyle(this).color.match(/\d+/g).slice(0, 3).map(Number);
    const pixels = context.createImageData(side, side);
    for (let channel = 0; channel < channels; channel += 1) {
      for (let place = 0; place < side * side; place += 1) {
        const strength = values[channel * side * side + place] / most;
        pixels.data.set([...color, 255 * strength], 4 * place);
      }
      const left = (channel % columns) * (side + 1);
      const top = Math.floor(channel / columns) * (side + 1);
      context.putImageData(pixels, left, top);
    }
  }
}

customElements.define("draw-digit", DrawDigit);
