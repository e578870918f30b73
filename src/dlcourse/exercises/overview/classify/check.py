"""Check overview/classify."""

import random

from dlcourse.exercises.checking import expect

MESSAGES = {
    "not a dictionary": "find_rings(...) returns {got}, expected a dictionary with the keys AI, ML "
    "and DL.",
    "a ring is missing": "The dictionary lacks the key “{ring}”.",
    "not a list": "The value of “{ring}” is {got}, expected a list of names.",
    "the ring around it": "“{system}” is in {inner} but not in {ring}: {inner} is a kind of "
    "{ring}.",
    "nothing is learned": "“{system}” is not {ring}: each of its steps {steps} was decided by a "
    "person.",
    "something is learned": "“{system}” is machine learning: the data decided in {steps}.",
    "too few learned layers": "“{system}” is not DL with the steps {steps}: the last one gives the "
    "answer, and the data decided {got} of the others, expected 2 or more.",
    "enough learned layers": "“{system}” is DL: before the last of its steps {steps}, the data "
    "decided in two or more.",
    "not clever": "“{system}” is not AI: it learns nothing, and nobody would call it intelligent.",
    "clever": "“{system}” is AI: it is clever, and AI needs no learning.",
    "another order": "The list of {ring} is {got}, expected {expected}, in the order of systems.",
}
EXAMPLE = {
    "route search": {"clever": True, "steps": ["person"]},
    "pocket calculator": {"clever": False, "steps": ["person"]},
    "fitted line": {"clever": False, "steps": ["data"]},
    "digit classifier": {"clever": True, "steps": ["data", "data", "data"]},
}
RINGS = ("AI", "ML", "DL")


def rings_of(system):
    """Return the rings in which a system lies."""
    steps = system["steps"]
    rings = []
    if system["clever"] or "data" in steps:
        rings.append("AI")
    if "data" in steps:
        rings.append("ML")
    if steps[:-1].count("data") >= 2:
        rings.append("DL")
    return rings


def make_systems(generator):
    """Return systems of all kinds, in a random order."""
    few = generator.randint(1, 2)
    many = generator.randint(2, 5)
    kinds = [
        (True, ["person"] * many),
        (False, ["person"] * few),
        (False, ["person"] * few + ["data"]),
        (generator.random() < 0.5, ["person"] * few + ["data", "data"]),
        (generator.random() < 0.5, ["data", "data", "person"]),
        (True, ["data", "person"]),
        (False, ["person"] * few + ["data"] * (many + 1)),
    ]
    generator.shuffle(kinds)
    systems = {}
    for letter, (clever, steps) in zip("ABCDEFG", kinds, strict=True):
        systems[f"system {letter}"] = {"clever": clever, "steps": steps}
    return systems


def look_at_system(name, system, rings):
    """Stop at the first ring in which a system lies or does not lie as it should."""
    right = rings_of(system)
    steps = system["steps"]
    shown = {"system": name, "steps": steps}
    in_ai, in_ml, in_dl = (name in rings[ring] for ring in RINGS)
    if in_dl and "DL" not in right:
        expect("ML" in right, "nothing is learned", ring="DL", **shown)
        expect(False, "too few learned layers", got=steps[:-1].count("data"), **shown)
    if in_ml and "ML" not in right:
        expect(False, "nothing is learned", ring="ML", **shown)
    if in_ai and "AI" not in right:
        expect(False, "not clever", **shown)
    expect(in_dl or "DL" not in right, "enough learned layers", **shown)
    expect(in_ml or not in_dl, "the ring around it", ring="ML", inner="DL", **shown)
    expect(in_ai or not in_ml, "the ring around it", ring="AI", inner="ML", **shown)
    expect(in_ml or "ML" not in right, "something is learned", **shown)
    expect(in_ai or "AI" not in right, "clever", **shown)


def look(learner, systems):
    """Compare the rings of all systems."""
    given = {name: {**system, "steps": system["steps"][:]} for name, system in systems.items()}
    rings = learner.find_rings(given)
    expect(isinstance(rings, dict), "not a dictionary", got=rings)
    for ring in RINGS:
        expect(ring in rings, "a ring is missing", ring=ring)
        expect(type(rings[ring]) is list, "not a list", ring=ring, got=rings[ring])
    for name, system in systems.items():
        look_at_system(name, system, rings)
    for ring in RINGS:
        expected = [name for name, system in systems.items() if ring in rings_of(system)]
        expect(
            rings[ring] == expected, "another order", ring=ring, got=rings[ring], expected=expected
        )


def check(learner, generator: random.Random) -> None:
    """Begin with the example of the task; then systems of all kinds."""
    look(learner, EXAMPLE)
    for _ in range(3):
        look(learner, make_systems(generator))
