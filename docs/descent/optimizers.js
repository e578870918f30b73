// The optimizers of the widgets, as PyTorch computes them.
// Each gives the change of the parameters for a gradient; what it remembers stands in `memory`.
export const OPTIMIZERS = {
  descent: (memory, gradient, rate) => gradient.map((slope) => -rate * slope),
  momentum(memory, gradient, rate) {
    memory.velocity = gradient.map((slope, axis) => 0.9 * (memory.velocity?.[axis] ?? 0) + slope);
    return memory.velocity.map((speed) => -rate * speed);
  },
  Adam(memory, gradient, rate) {
    memory.step = (memory.step ?? 0) + 1;
    memory.mean = gradient.map((slope, axis) => 0.9 * (memory.mean?.[axis] ?? 0) + 0.1 * slope);
    memory.square = gradient.map(
      (slope, axis) => 0.999 * (memory.square?.[axis] ?? 0) + 0.001 * slope ** 2,
    );
    return memory.mean.map((mean, axis) => {
      const square = memory.square[axis] / (1 - 0.999 ** memory.step);
      return (-rate * (mean / (1 - 0.9 ** memory.step))) / (Math.sqrt(square) + 1e-8);
    });
  },
};
