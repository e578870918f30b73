// What the widgets have in common: named controls, whose values stand in the address, and a status.
const PAUSE_MS = 400; // after which the status is announced and the address is written

export class Widget extends HTMLElement {
  connectedCallback() {
    this.onHash = () => this.readAddress();
    window.addEventListener("hashchange", this.onHash);
    if (!this.controls) {
      this.controls = [...this.querySelectorAll("[name]:not([type=radio])")];
      this.status = this.querySelector("[role=status]");
      this.guess = this.querySelector(".guess");
      this.plot = this.querySelector("svg");
      this.buttons = connectButtons(this);
      this.setUp();
      this.addEventListener("input", (event) => this.change(event.target));
      for (const control of this.querySelectorAll("[disabled]")) control.disabled = false;
    }
    this.readAddress();
    this.change();
  }

  setUp() {}

  disconnectedCallback() {
    window.removeEventListener("hashchange", this.onHash);
    clearTimeout(this.timer);
  }

  control(name) {
    return this.controls.find((control) => control.name === name);
  }

  number(name) {
    return Number(this.control(name).value);
  }

  // The browser brings a number into the range of its slider; a word that a list lacks changes nothing.
  // A field of text takes all words.
  write(values) {
    for (const control of this.controls) {
      const value = values[control.name];
      if (value === undefined) continue;
      const words = control.options && Array.from(control.options, (option) => option.value);
      const isText = ["text", "textarea"].includes(control.type);
      if (control.type === "checkbox") control.checked = value === "on";
      else if (words ? words.includes(value) : isText || isFinite(value)) control.value = value;
    }
  }

  get setting() {
    const valueOf = ({ type, checked, value }) => (type === "checkbox" && !checked ? "off" : value);
    const values = this.controls.map((control) => [control.name, valueOf(control)]);
    return `#${this.id}:${new URLSearchParams(values)}`;
  }

  // A setting in the address, such as #neuron-line:w1=1&w2=1, is brought into the controls.
  readAddress() {
    const beginning = `#${this.id}:`;
    if (!location.hash.startsWith(beginning) || location.hash === this.setting) return;
    this.write(Object.fromEntries(new URLSearchParams(location.hash.slice(beginning.length))));
    this.change();
    this.scrollIntoView({ block: "center" });
  }

  // Shows each slider's number, then what follows from it; the address and the status wait for a pause.
  change(target) {
    for (const slider of this.querySelectorAll("input[type=range]")) {
      slider.parentElement.nextElementSibling.textContent = this.describe(slider);
    }
    this.show(target);
    this.querySelector(".setting").href = this.setting;
    if (target?.name) this.isChanged = true;
    this.say();
  }

  describe(slider) {
    return withMinus(slider.value);
  }

  say() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const sentence = this.sentence();
      if (this.status.textContent !== sentence) this.status.textContent = sentence;
      if (this.isChanged) history.replaceState(history.state, "", this.setting);
      this.isChanged = false;
    }, PAUSE_MS);
  }
}

// A widget whose result is shown after a guess, and follows the controls from then on. A subclass has read(),
// which gives what the controls say or a `problem`, and for it rows of a table, a question and an answer.
export class GuessWidget extends Widget {
  setUp() {
    this.result = this.querySelector(".result");
    this.guess.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && this.hasGuess) this.reveal();
    });
  }

  get hasGuess() {
    return this.guess.value.trim() !== "";
  }

  show() {
    this.buttons.reveal.disabled = !this.hasGuess;
    this.result.hidden = !this.guessed;
    if (this.guessed) this.fill(this.read());
  }

  fill(found) {
    fillRows(this.result.querySelector("tbody"), found.problem ? [] : this.makeRows(found));
  }

  reveal() {
    this.guessed = { text: this.guess.value.trim(), setting: this.setting };
    this.change();
  }

  hide() {
    this.guessed = null;
    this.guess.value = "";
    this.change();
    this.guess.focus();
  }

  sentence() {
    const found = this.read();
    if (found.problem) return found.problem;
    if (!this.guessed) return `Guess first: ${this.question}.`;
    const answer = this.answer(found);
    const { text, setting } = this.guessed;
    return setting === this.setting ? `${answer} You guessed ${text}.` : answer;
  }
}

// A widget that takes one step after another from Play to its end, or to Stop; at the end Play begins anew.
// Readers who want no motion see the end at once. A subclass has restart(), advance() and isOver.
export class PlayWidget extends Widget {
  disconnectedCallback() {
    super.disconnectedCallback();
    this.stop();
  }

  play() {
    if (this.clock) return this.stop();
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (this.isOver) {
      this.restart();
    } else if (isCalm) {
      while (!this.isOver) this.advance();
    }
    if (isCalm) return;
    this.buttons.play.textContent = "Stop";
    this.clock = setInterval(() => {
      if (!document.hidden) this.advance();
      if (document.hidden || this.isOver) this.stop();
    }, this.constructor.stepMs);
  }

  stop() {
    clearInterval(this.clock);
    this.clock = undefined;
    this.buttons.play.textContent = "Play";
  }

  step() {
    this.stop();
    this.advance();
  }

  reset() {
    this.stop();
    this.restart();
  }
}

// Gives each button the method that its data-do names. Returns {name: button}.
export function connectButtons(element) {
  const buttons = {};
  for (const button of element.querySelectorAll("[data-do]")) {
    buttons[button.dataset.do] = button;
    button.addEventListener("click", () => element[button.dataset.do]());
  }
  return buttons;
}

// Fills the rows of a table with texts; the first of each row names it.
export function fillRows(body, rows) {
  body.replaceChildren();
  for (const [name, ...texts] of rows) {
    const row = body.insertRow();
    const head = document.createElement("th");
    head.scope = "row";
    head.textContent = name;
    row.append(head);
    for (const text of texts) row.insertCell().textContent = text;
  }
}

export const withCommas = (number) => number.toLocaleString("en-US");

export function withMinus(number) {
  return String(number).replace("-", "−");
}

// Adds a shape with the given attributes to an SVG or a group of it.
export function draw(parent, kind, attributes, text) {
  const shape = document.createElementNS("http://www.w3.org/2000/svg", kind);
  setAttributes(shape, attributes);
  if (text) shape.textContent = text;
  parent.append(shape);
  return shape;
}

export function setAttributes(shape, attributes) {
  for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value);
}
