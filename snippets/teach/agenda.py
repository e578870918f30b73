"""The agenda in minutes: change a number, and the clock moves along."""

agenda = [  # minutes of 90, minutes of 180
    ("Dictionary", "rings", 10, 15),
    ("Dictionary", "three ways", 10, 15),
    ("Dictionary", "when not", 8, 15),
    ("Neuron", "two neurons", 12, 15),
    ("Neuron", "gates", 10, 15),
    ("Neuron", "break", 0, 10),
    ("Neuron", "forward", 8, 15),
    ("Neuron", "hill", 8, 15),
    ("Neuron", "backwards", 0, 15),
    ("Application", "training", 10, 20),
    ("Application", "explain", 10, 20),
    ("Application", "exit", 4, 10),
]
short, long = {}, {}  # station: minutes
for part, station, *minutes in agenda:
    starts = sum(short.values()), sum(long.values())
    short[station], long[station] = minutes
    clock = [f"{start // 60}:{start % 60:02}" for start in starts]
    clock[0] = clock[0] if minutes[0] else "-"
    print(f"{part:<13}{station:<13}{clock[0]:>6}{clock[1]:>6}")
totals = [sum(short.values()), sum(long.values())]
assert totals == [90, 180]
