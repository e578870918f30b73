// <attention-matrix>: a table of attention weights, with temperature, causal mask and positions to change.
import { Widget } from "../assets/widget.js";
import { TEXT, attentionWeights, describeRow } from "./attention_weights.js";

class AttentionMatrix extends Widget {
  setUp() {
    this.answer = this.querySelector(".answer");
    this.rows = [...this.querySelectorAll("tbody tr")].map((row, place) => {
      const button = row.querySelector("button");
      button.addEventListener("focus", () => this.choose(place));
      row.addEventListener("click", () => this.choose(place));
      return { row, button, cells: row.querySelectorAll("td") };
    });
  }

  choose(place) {
    if (place === this.row) return;
    this.write({ row: place + 1 });
    this.change(this.control("row"));
  }

  describe(slider) {
    return slider.valueAsNumber.toFixed(1);
  }

  show() {
    const row = Math.min(Math.max(1, Math.trunc(this.number("row"))), TEXT.length);
    this.write({ row });
    this.row = row - 1;
    this.weights = attentionWeights({
      temperature: this.number("temperature"),
      mask: this.control("mask").checked,
      positions: this.control("positions").checked,
    });
    this.weights.forEach((weights, place) => {
      const { row, button, cells } = this.rows[place];
      row.className = place === this.row ? "chosen" : "";
      button.setAttribute("aria-pressed", place === this.row);
      weights.forEach((weight, column) => {
        cells[column].textContent = weight === 0 ? "0" : weight.toFixed(2);
        cells[column].style.setProperty("--weight", weight);
      });
    });
  }

  sentence() {
    return describeRow(this.weights[this.row], this.row);
  }

  reveal() {
    const chosen = this.querySelector("[name=prediction]:checked");
    if (!chosen) {
      this.answer.textContent = "Choose one of the answers first.";
      return;
    }
    this.write({ mask: "on", row: 1 });
    this.change(this.control("mask"));
    const first = this.weights[0][0].toFixed(2);
    const judged = chosen.value === "one" ? "Correct." : "Not quite.";
    this.answer.textContent = `${judged} The first place can read only from itself, so softmax gives it the weight ${first}.`;
  }
}

customElements.define("attention-matrix", AttentionMatrix);
