// What the reader has done, kept in this browser alone, in the form of exercises/.progress.json, which the command line reads.
import { keep, recall } from "./storage.js";

const KEY = "dlcourse.progress";
const EMPTY = { version: 1, exercises: {}, quizzes: {}, milestones: {}, current: "" };

export function readProgress() {
  return { ...structuredClone(EMPTY), ...recall(KEY) };
}

// Changes what is known of an exercise; returns whether the browser keeps it.
export function updateProgress(exercise, changes) {
  const progress = readProgress();
  progress.exercises[exercise] = { ...progress.exercises[exercise], ...changes };
  progress.current = exercise;
  return keep(KEY, progress);
}

// On the page that lists all exercises: the state of each, and the progress as a file to take along.
class ExerciseProgress extends HTMLElement {
  connectedCallback() {
    if (this.status) return;
    this.status = this.querySelector("[role=status]");
    this.querySelector("[data-do=export]").addEventListener("click", () => this.exportFile());
    this.file = this.querySelector("input");
    this.file.addEventListener("change", () => this.importFile());
    for (const control of this.querySelectorAll("button, input")) control.disabled = false;
    this.showStates();
  }

  showStates() {
    const { exercises } = readProgress();
    let passed = 0;
    for (const code of document.querySelectorAll("td code")) {
      const entry = exercises[code.textContent];
      const isPassed = Boolean(entry?.passed);
      passed += isPassed;
      const mark =
        code.nextElementSibling ?? code.parentElement.appendChild(document.createElement("span"));
      mark.textContent = isPassed ? " passed" : entry?.failed ? ` tried ${entry.failed}` : "";
    }
    this.status.textContent = `Passed in this browser: ${passed}.`;
  }

  exportFile() {
    const text = JSON.stringify(readProgress(), null, 1);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "dlcourse-progress.json";
    link.click();
    URL.revokeObjectURL(link.href);
  }

  async importFile() {
    const [file] = this.file.files;
    if (!file) return;
    let imported;
    try {
      imported = JSON.parse(await file.text());
    } catch {
      imported = undefined;
    }
    if (imported?.version !== 1 || typeof imported.exercises !== "object") {
      this.status.textContent = `${file.name} holds no progress of this course: choose a file that this page or the command line has written.`;
      return;
    }
    const progress = readProgress();
    const exercises = { ...progress.exercises, ...imported.exercises };
    const isKept = keep(KEY, { ...progress, ...imported, exercises });
    this.showStates();
    if (!isKept) this.status.textContent = "This browser keeps nothing: its storage is blocked.";
  }
}

customElements.define("exercise-progress", ExerciseProgress);
