"""What training needs at least: bytes of memory, and seconds on a device."""

import math

from dlcourse.commands.roofline import PUBLISHED

DEVICES = {  # GB/s and GFLOP/s
    "T4": PUBLISHED["T4, float32 (published)"],
    "H100": PUBLISHED["H100 SXM, float32 (published)"],
}
BYTES = 4  # of a number in float32
SAMPLES = 600_000  # in all epochs together


def count_bytes(parameters, activations, batch_size):
    """Return bytes of weights, gradients, Adam's moments and activations."""
    numbers = (parameters, parameters, 2 * parameters, batch_size * activations)
    return [BYTES * number for number in numbers]


def predict(parameters, num_bytes, batch_size, device):
    """Return seconds for the operations, and for reading and writing."""
    bandwidth, peak = DEVICES[device]
    operations = 6 * parameters * SAMPLES
    num_steps = math.ceil(SAMPLES / batch_size)
    moved = 2 * num_bytes * num_steps
    return operations / (peak * 1e9), moved / (bandwidth * 1e9)


parameters = 1_126_410  # of the network above
activations = 2122  # of one sample: its inputs and all outputs of layers
print("device batch        MB computing    moving   (in seconds)")
for device in DEVICES:
    for batch_size in (32, 1024):
        num_bytes = sum(count_bytes(parameters, activations, batch_size))
        times = predict(parameters, num_bytes, batch_size, device)
        cells = [f"{number:9.3f}" for number in (num_bytes / 1e6, *times)]
        print(f"{device:6} {batch_size:5}", *cells)
