// Run, Stop, Edit and Reset below a code block. Python is fetched at the first Run and stays while the reader turns pages.
let worker;
let jobNumber = 0;
let listener; // of the job that runs

// Runs code, or checks it as the solution of an exercise, and tells onMessage what comes of it.
// There is one program at a time, so an earlier one is stopped.
function runPython(code, exercise, onMessage) {
  stopPython();
  jobNumber += 1;
  listener = onMessage;
  const isFirst = !worker;
  worker ??= startWorker();
  worker.postMessage({ job: jobNumber, code, exercise });
  return isFirst;
}

function startWorker() {
  const started = new Worker(new URL("python_worker.js", import.meta.url), { type: "module" });
  started.onmessage = ({ data }) => {
    if (data.job !== jobNumber) return;
    if (data.kind === "broken") return endWorker(data);
    const told = listener;
    if (["done", "failed", "checked"].includes(data.kind)) listener = undefined;
    told?.(data);
  };
  started.onerror = () => endWorker({ kind: "broken", text: "this browser does not start it" });
  return started;
}

function stopPython() {
  if (listener) endWorker({ kind: "stopped" });
}

// A worker that computes hears nothing: it is ended, and the next Run starts another one.
function endWorker(message) {
  const told = listener;
  worker?.terminate();
  worker = undefined;
  listener = undefined;
  told?.(message);
}

// What a block of code with buttons has in common: an editor, and one program that runs or is checked.
export class PythonBlock extends HTMLElement {
  connectedCallback() {
    if (this.buttons) return;
    this.buttons = {};
    for (const button of this.querySelectorAll("[data-do]")) {
      this.buttons[button.dataset.do] = button;
      button.addEventListener("click", () => this[button.dataset.do]());
    }
    this.status = this.querySelector("[role=status]");
    this.block = this.previousElementSibling;
    this.name = this.getAttribute("aria-label");
    this.enable({ start: true, edit: true });
  }

  disconnectedCallback() {
    if (this.isRunning) stopPython();
  }

  get isRunning() {
    return !this.buttons.stop.disabled;
  }

  get shownCode() {
    return this.block.querySelector("code").textContent;
  }

  get source() {
    return this.editor?.value ?? this.shownCode;
  }

  enable(states) {
    for (const [name, isEnabled] of Object.entries(states)) {
      this.buttons[name].disabled = !isEnabled;
    }
  }

  begin(exercise) {
    this.enable({ start: false, stop: true });
    const isFirst = runPython(this.source, exercise, (message) => this.hear(message));
    this.status.textContent = isFirst ? "Loading Python (6.4 MB, once) …" : "Running …";
    this.buttons.stop.focus();
  }

  hear({ kind, text }) {
    if (kind === "loaded") this.status.textContent = "Running …";
    if (kind === "stopped") this.finish("Stopped.");
    if (kind === "broken") {
      this.finish(`Python could not be loaded: ${text}. The code also runs in a terminal.`);
    }
  }

  finish(status) {
    this.status.textContent = status;
    const hasFocus = document.activeElement === this.buttons.stop;
    this.enable({ start: true, stop: false });
    if (hasFocus) this.buttons.start.focus();
  }

  stop() {
    stopPython();
  }

  edit() {
    this.openEditor(this.source);
    this.editor.focus();
  }

  openEditor(code) {
    const editor = document.createElement("textarea");
    editor.value = code;
    editor.rows = code.split("\n").length;
    editor.setAttribute("aria-label", `Code of ${this.name}`);
    editor.spellcheck = false;
    editor.setAttribute("autocapitalize", "off");
    editor.setAttribute("autocorrect", "off");
    editor.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.start();
    });
    this.editor = editor;
    this.block.hidden = true;
    this.block.after(editor);
    this.enable({ edit: false, reset: true });
  }

  reset() {
    this.editor.remove();
    this.editor = undefined;
    this.block.hidden = false;
    this.status.textContent = "";
    this.enable({ edit: true, reset: false });
    this.buttons.edit.focus();
  }
}

class PythonRunner extends PythonBlock {
  get output() {
    return this.querySelector(".printed");
  }

  start() {
    this.output.textContent = "";
    this.output.hidden = false;
    this.output.classList.remove("failed");
    this.begin();
  }

  hear(message) {
    const { kind, text, seconds } = message;
    if (kind === "output" || kind === "failed") this.output.append(text);
    if (kind === "done") this.finish(`Finished in ${seconds.toFixed(2)} s.`);
    if (kind === "failed") {
      this.output.classList.add("failed");
      this.finish("Stopped with an error, which stands in the output.");
    }
    if (kind === "broken") this.output.hidden = true;
    super.hear(message);
  }

  reset() {
    this.output.hidden = true;
    super.reset();
  }
}

customElements.define("python-runner", PythonRunner);
