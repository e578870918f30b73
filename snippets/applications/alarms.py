"""A hundred alarms of one test, for diseases that are more and more rare."""

import matplotlib.pyplot as plt

hit_rate = 0.99  # of the sick, and of the healthy
shares = {}
for one_in in (2, 10, 50, 100, 500, 1000):
    found = hit_rate / one_in
    alarmed = (1 - hit_rate) * (1 - 1 / one_in)
    shares[one_in] = found / (found + alarmed)
    num_correct = round(100 * shares[one_in])

    figure, axes = plt.subplots(figsize=(3, 3))
    columns = [number % 10 for number in range(100)]
    rows = [number // 10 for number in range(100)]
    axes.plot(columns[:num_correct], rows[:num_correct], "C0o", markersize=9)
    axes.plot(columns[num_correct:], rows[num_correct:], "C1x", markersize=7)
    axes.set(xlim=(-0.7, 9.7), ylim=(9.7, -0.7))
    axes.set_axis_off()
    print(f"one of {one_in:,} is sick:", end=" ")
    print(f"{num_correct} of 100 alarms are correct")
plt.show()
