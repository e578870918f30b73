// Exercises in the page: the reader writes below the task, and the check of the command line judges.
import { readProgress, updateProgress } from "./progress.js";
import { PythonBlock } from "./run.js";

class PythonExercise extends PythonBlock {
  connectedCallback() {
    if (this.buttons) return;
    super.connectedCallback();
    this.exercise = this.dataset.exercise;
    this.rules = JSON.parse(this.dataset.rules); // of the command line
    this.findSolution()
      ?.querySelector("summary")
      .addEventListener("click", (event) => this.guard(event));
    if (this.entry.code) this.openEditor(this.entry.code);
    if (this.entry.passed) this.status.textContent = "You have passed this exercise.";
  }

  get entry() {
    return readProgress().exercises[this.exercise] ?? {};
  }

  findSolution() {
    let sibling = this.nextElementSibling;
    while (sibling && !sibling.matches("details.success, h2, h3")) {
      sibling = sibling.nextElementSibling;
    }
    return sibling?.matches("details") ? sibling : undefined;
  }

  guard(event) {
    const { passed, failed = 0 } = this.entry;
    const missing = this.rules.tries - failed;
    if (passed || missing <= 0) return;
    event.preventDefault();
    const tries = missing === 1 ? "one more try" : `${missing} more tries`;
    this.status.textContent = `The solution opens when you have passed, or after ${tries}.`;
  }

  start() {
    if (!this.editor) this.openEditor(this.shownCode);
    this.begin(this.exercise);
  }

  hear(message) {
    if (message.kind === "loaded")
      this.timer = setTimeout(() => this.stopSlowProgram(), this.rules.seconds * 1000);
    if (message.kind === "checked") this.judge(message.verdict);
    super.hear(message);
  }

  stopSlowProgram() {
    this.stop();
    this.judge({ passed: false, key: "too slow", message: this.rules.too_slow });
  }

  judge({ passed, key, message, bug }) {
    const { failed = 0, passed: before } = this.entry;
    const changes = { code: this.source };
    if (passed) changes.passed = new Date().toISOString().slice(0, 19);
    else if (!bug && this.isTry(key)) changes.failed = failed + 1;
    const isKept = updateProgress(this.exercise, changes);
    let told = before
      ? "Passed before, but the present program does not pass: " + message
      : message;
    if (passed) told = "Passed. " + this.dataset.why;
    if (bug) told = this.rules.faulty;
    if (!isKept) told += " (This browser keeps no progress: its storage is blocked.)";
    this.finish(told);
  }

  // An empty program and an unchanged starter are no tries, as for the command line.
  isTry(key) {
    const isStarter = this.source.trimEnd() === this.shownCode.trimEnd();
    return !isStarter && !this.rules.no_tries.includes(key);
  }

  finish(status) {
    clearTimeout(this.timer);
    super.finish(status);
  }

  reset() {
    updateProgress(this.exercise, { code: undefined });
    super.reset();
  }
}

customElements.define("python-exercise", PythonExercise);
