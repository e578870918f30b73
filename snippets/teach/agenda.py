"""The agenda in minutes: change a number, and the clock moves along."""

agenda = {  # station: (minutes of 90, minutes of 180)
    "Dictionary": {
        "rings": (10, 15),
        "three ways": (10, 15),
        "when not": (8, 15),
    },
    "Neuron": {
        "two neurons": (12, 15),
        "gates": (10, 15),
        "break": (0, 10),
        "forward": (8, 15),
        "hill": (8, 15),
        "backwards": (0, 15),
    },
    "Application": {"training": (10, 20), "explain": (10, 20), "exit": (4, 10)},
}
short, long = {}, {}  # station: minutes
for part, stations in agenda.items():
    for station, minutes in stations.items():
        starts = sum(short.values()), sum(long.values())
        short[station], long[station] = minutes
        clock = [f"{start // 60}:{start % 60:02}" for start in starts]
        clock[0] = clock[0] if minutes[0] else "-"
        print(f"{part:<13}{station:<13}{clock[0]:>6}{clock[1]:>6}")
totals = [sum(short.values()), sum(long.values())]
assert totals == [90, 180]
