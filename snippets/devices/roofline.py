"""Two cores of a CPU, measured, beside the published roofs of two GPUs."""

import matplotlib.pyplot as plt

from dlcourse.commands.roofline import draw_roofline

# `dlcourse info --roofline --json`, November 2026, beside other programs
measured = {
    "device": "two cores of an AMD EPYC",
    "gigabytes_per_second": 17.1,
    "launch_microseconds": 2.3,
    "gflops": {
        "64": 11.0,
        "128": 15.2,
        "256": 74.6,
        "512": 188.6,
        "1024": 64.9,
        "2048": 57.0,
    },
}
figure, axes = plt.subplots(figsize=(6.4, 4.4))
draw_roofline(axes, measured)
axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), fontsize="small")
plt.show()

bend = max(measured["gflops"].values()) / measured["gigabytes_per_second"]
