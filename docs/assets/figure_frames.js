// <figure-frames>: figures of which one is seen at a time; a slider or Play goes through them.
import { PlayWidget } from "./widget.js";

class FigureFrames extends PlayWidget {
  static stepMs = 1500; // time to read a caption

  setUp() {
    this.figures = [...this.querySelectorAll("figure")];
    this.slider = this.control("frame");
    this.addEventListener("input", () => this.stop());
  }

  show() {
    const shown = this.figures[this.number("frame") - 1];
    for (const figure of this.figures) figure.classList.toggle("shown", figure === shown);
    this.caption = shown.querySelector("figcaption").firstChild.textContent; // without the links to its files
    this.slider.setAttribute("aria-valuetext", this.describe(this.slider));
  }

  describe(slider) {
    return `${slider.value} of ${slider.max}`;
  }

  sentence() {
    return `Frame ${this.describe(this.slider)}: ${this.caption}`;
  }

  get isOver() {
    return this.slider.value === this.slider.max;
  }

  restart() {
    this.move(1);
  }

  advance() {
    this.move(this.number("frame") + 1);
  }

  move(frame) {
    this.slider.value = frame;
    this.change(this.slider);
  }
}

customElements.define("figure-frames", FigureFrames);
