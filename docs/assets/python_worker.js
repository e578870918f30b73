// Runs Python in a worker. In: {job, code, exercise}; with the id of an exercise the code is checked as its solution.
// Out: {job, kind, text, seconds or verdict}; kind is loaded, output, done, failed, checked or broken.
const MOST_CHARACTERS = 100_000; // of output
const FLUSH_MS = 50; // a message for each line would keep the page too busy for its Stop button
const built = new URL("built/", import.meta.url);
const NO_INPUT = `
import builtins
def input(prompt=""):
    raise RuntimeError("input() has no keyboard here: put the text into the code")
builtins.input = input
`;

// The folder of Pyodide is a URL in a browser, and a path in Node.
export async function loadPython(loadPyodide, folder, packageBytes) {
  const python = await loadPyodide({ indexURL: folder });
  python.unpackArchive(packageBytes, "zip", { extractDir: "/home/pyodide" });
  python.runPython(NO_INPUT);
  return python;
}

export async function runCode(python, code, write, values = {}) {
  const collect = { batched: (line) => write(`${line}\n`) };
  python.setStdout(collect);
  python.setStderr(collect);
  const globals = python.toPy({ __name__: "__main__", ...values });
  try {
    return await python.runPythonAsync(code, { globals, filename: "snippet.py" });
  } finally {
    globals.destroy();
  }
}

// The very check of the command line.
const CHECK = `
import json
import random
from dataclasses import asdict
from pathlib import Path
from dlcourse.exercises import grading
folder = Path(grading.__file__).parent / exercise
program = grading.Program(exercise, "your program", code.encode())
check = grading.load_check(folder)
verdict = grading.grade(check, program, random.randrange(2**32))
json.dumps(asdict(verdict))
`;

// Returns {passed, key, message, bug}, as dlcourse.exercises.grading.Verdict has them.
export async function checkCode(python, code, exercise, write) {
  return JSON.parse(await runCode(python, CHECK, write, { code, exercise }));
}

// The frames between the first line and the snippet's own belong to Pyodide.
export function shortenTraceback(text) {
  return text.replace(/ {2}File "\/lib\/python[\s\S]*?(?= {2}File "snippet\.py")/, "");
}

function collectOutput(job) {
  let waiting = "";
  let total = 0;
  let flushed = 0;
  function flush() {
    if (waiting) postMessage({ job, kind: "output", text: waiting });
    waiting = "";
    flushed = performance.now();
  }
  function write(text) {
    if (total > MOST_CHARACTERS) return;
    total += text.length;
    waiting += text;
    const isFull = total > MOST_CHARACTERS;
    if (isFull) waiting += `… the output is cut after ${MOST_CHARACTERS} characters\n`;
    if (isFull || performance.now() - flushed > FLUSH_MS) flush();
  }
  return { write, flush };
}

async function load() {
  if (typeof WebAssembly === "undefined") throw new Error("this browser runs no WebAssembly");
  const pyodide = new URL("pyodide/", built).href;
  const [{ loadPyodide }, packageBytes] = await Promise.all([
    import(`${pyodide}pyodide.mjs`),
    fetchPackage(),
  ]);
  return loadPython(loadPyodide, pyodide, packageBytes);
}

async function fetchPackage() {
  const response = await fetch(new URL("python/dlcourse.zip", built));
  if (!response.ok) throw new Error(`${response.url} answers ${response.status}`);
  return response.arrayBuffer();
}

let loading;

async function serve({ job, code, exercise }) {
  const { write, flush } = collectOutput(job);
  let python;
  try {
    loading ??= load();
    python = await loading;
  } catch (error) {
    postMessage({ job, kind: "broken", text: error.message });
    return;
  }
  postMessage({ job, kind: "loaded" });
  const start = performance.now();
  try {
    if (exercise) {
      const verdict = await checkCode(python, code, exercise, write);
      postMessage({ job, kind: "checked", verdict });
      return;
    }
    await runCode(python, code, write);
    flush();
    postMessage({ job, kind: "done", seconds: (performance.now() - start) / 1000 });
  } catch (error) {
    flush();
    postMessage({ job, kind: "failed", text: shortenTraceback(error.message) });
  }
}

if (typeof WorkerGlobalScope !== "undefined") onmessage = ({ data }) => serve(data);
