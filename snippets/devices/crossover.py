"""How long a product of two n x n matrices should take, on two machines."""

BYTES = 4  # of a number in float32


def predict(n, launch, bandwidth, peak):
    """Return seconds: the start, and what takes longer, moving or computing."""
    moving = 3 * n**2 * BYTES / bandwidth
    computing = 2 * n**3 / peak
    return launch + max(moving, computing)


def compare(n):
    """Return the microseconds on the CPU, the GPU, and with the transfer."""
    cpu = predict(n, launch=2.3e-6, bandwidth=17e9, peak=189e9)
    gpu = predict(n, launch=10e-6, bandwidth=3350e9, peak=67e12)
    transfer = 3 * n**2 * BYTES / 64e9  # to the GPU, and back
    return cpu * 1e6, gpu * 1e6, (gpu + transfer) * 1e6


print("    n       CPU       GPU  GPU with transfer   (microseconds)")
for n in (32, 64, 128, 256, 1024, 4096):
    cpu, gpu, with_transfer = compare(n)
    print(f"{n:5d} {cpu:9.0f} {gpu:9.0f} {with_transfer:18.0f}")
