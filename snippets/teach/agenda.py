"""The agenda in minutes: after how many each station begins."""

agenda = [  # part, station, minutes of 90, minutes of 180
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

short = {}  # station: minutes of the short session
long = {}
for part, station, minutes, long_minutes in agenda:
    start = sum(short.values())
    long_start = sum(long.values())
    print(f"{part:<13}{station:<13}{start:>4}{long_start:>5}")
    short[station] = minutes
    long[station] = long_minutes

totals = [sum(short.values()), sum(long.values())]
assert totals == [90, 180]
