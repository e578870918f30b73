"""The agenda in minutes: change a number, and the clock moves along."""

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


def clock(start, minutes):
    """Return a start as hours and minutes, or - without minutes."""
    if minutes == 0:
        return "-"
    return f"{start // 60}:{start % 60:02}"


short = {}  # station: minutes
long = {}
for part, station, minutes, long_minutes in agenda:
    short_clock = clock(sum(short.values()), minutes)
    long_clock = clock(sum(long.values()), long_minutes)
    print(f"{part:<13}{station:<13}{short_clock:>6}{long_clock:>6}")
    short[station] = minutes
    long[station] = long_minutes

totals = [sum(short.values()), sum(long.values())]
assert totals == [90, 180]
