// Loads the script of a custom element on the pages that have the element, and on no others. A script
// is a module, so the browser runs it once, however often it is imported while the reader turns pages.
const SCRIPTS = {
  "attention-matrix": "../attention/attention_matrix.js",
  "backprop-stepper": "../backprop/backprop_stepper.js",
  "coin-corridor": "../reinforcement/coin_corridor.js",
  "descent-walker": "../descent/descent_walker.js",
  "draw-digit": "./draw_digit.js",
  "exercise-progress": "./progress.js",
  "figure-frames": "./figure_frames.js",
  "glossary-cards": "../glossary/glossary_cards.js",
  "guided-tour": "./guided_tour.js",
  "layer-builder": "../network/layer_builder.js",
  "neuron-line": "../neuron/neuron_line.js",
  "python-exercise": "./exercise.js",
  "python-runner": "./run.js",
  "shape-broadcast": "../tensors/shape_broadcast.js",
  "training-budget": "../devices/training_budget.js",
  "training-playground": "../training/training_playground.js",
};

function loadScripts() {
  for (const [element, script] of Object.entries(SCRIPTS)) {
    if (document.querySelector(element)) import(script);
  }
}

// The theme tells of each page, also of one that takes the place of another.
if (window.document$) window.document$.subscribe(loadScripts);
else loadScripts();
