"""Amdahl's law: what runs alone limits what many processes gain."""

import matplotlib.pyplot as plt


def speed_up(share, processes):
    """Return how many times faster it is if a share is divided."""
    return 1 / ((1 - share) + share / processes)


processes = [2**power for power in range(8)]  # 1 to 128
plt.figure(figsize=(5, 3.4))
shares = (1.0, 0.99, 0.95, 0.75)
for number, share in enumerate(shares):
    gains = [speed_up(share, count) for count in processes]
    style = ["-", "--", "-.", ":"][number]
    label = f"{share:.0%} divided"
    plt.plot(processes, gains, f"C{number}{style}", label=label)
plt.xscale("log", base=2)
plt.yscale("log", base=2)
plt.xticks(processes, processes)
plt.yticks(processes, processes)
plt.xlabel("processes (logarithmic)")
plt.ylabel("times faster (logarithmic)")
plt.legend()
plt.show()

eight = speed_up(0.95, 8)
limit = 1 / (1 - 0.95)
