"""Check applications/reasons."""

import random
from itertools import product

from dlcourse.exercises.checking import expect

MESSAGES = {
    "not a list of numbers": "reasons(...) returns {got}, expected a list with numbers from 1 to "
    "3, each at most once.",
    "not raw": "You return {got}, expected {expected}: one number alone is correct for {best}%, "
    "and guessing for {guessing}%. This input is not raw.",
    "raw after all": "You return {got}, expected {expected}: no number alone is correct for more "
    "than {best}%, and guessing for {guessing}%, so sentence 1 is true.",
    "not plentiful": "You return {got}, expected {expected}: {examples} examples with labels are "
    "few.",
    "many examples": "You return {got}, expected {expected}: {examples} examples are plenty.",
    "a teacher without an end": "You return {got}, expected {expected}: with the teacher "
    "“{teacher}” there are always more examples, so sentence 2 is true.",
    "nothing is near": "You return {got}, expected {expected}: {before}% in order and {after}% "
    "shuffled differ by 10 or less, so sentence 3 is false.",
    "something is near": "You return {got}, expected {expected}: {before}% in order become "
    "{after}% if they are shuffled, so sentence 3 is true.",
    "another order": "You return {got}, expected {expected}, from the smallest to the largest.",
    "not a list of names": "no_reason(...) returns {got}, expected a list of names.",
    "a reason after all": "You return “{name}”, but {numbers} are true for it: there is a reason.",
    "a name is missing": "“{name}” is missing in no_reason(...): no sentence is true for it.",
    "other names": "no_reason(...) returns {got}, expected {expected}.",
}
BIRD = {"alone": [3, 4, 2], "guessing": 2, "examples": 500_000, "teacher": "labels"}
BIRD |= {"in order": 90, "shuffled": 40}
CARS = {"alone": [55, 81], "guessing": 50, "examples": 2_000, "teacher": "labels"}
CARS |= {"in order": 88, "shuffled": 88}


def find_true(application):
    """Return the numbers of the sentences that are true."""
    best = max(application["alone"]) - application["guessing"]
    lost = application["in order"] - application["shuffled"]
    many = application["examples"] >= 100_000 or application["teacher"] != "labels"
    sentences = [best <= 10, many, lost > 10]
    return [number for number, is_true in enumerate(sentences, start=1) if is_true]


def draw_application(generator, best, examples, teacher, lost):
    """Return an application in which one number alone is better than guessing by `best`."""
    guessing = generator.choice([2, 10, 25, 50])
    alone = [guessing + generator.randint(-2, best) for _ in range(generator.randint(2, 5))]
    alone[generator.randrange(len(alone))] = guessing + best
    before = generator.randint(60, 98)
    return {
        "alone": alone,
        "guessing": guessing,
        "examples": examples,
        "teacher": teacher,
        "in order": before,
        "shuffled": before - lost,
    }


def draw_applications(generator):
    """Return applications of all kinds, also at the limits, in a random order."""
    applications = []
    kinds = product([False, True], [False, True], ["labels", "itself", "rewards"], [False, True])
    for is_raw, is_many, teacher, is_near in kinds:
        best = generator.randint(0, 9) if is_raw else generator.randint(12, 40)
        examples = generator.randint(20, 9_000)
        if is_many:
            examples = generator.randint(200_000, 10_000_000)
        lost = generator.randint(12, 40) if is_near else generator.randint(0, 9)
        applications.append(draw_application(generator, best, examples, teacher, lost))
    for best, examples, lost in ((10, 99_999, 10), (11, 100_000, 11)):
        applications.append(draw_application(generator, best, examples, "labels", lost))
    generator.shuffle(applications)
    return applications


def look(learner, application):
    """Stop at the first sentence that is judged in another way."""
    got = learner.reasons(dict(application))
    is_list = type(got) is list and all(type(one) is int and one in (1, 2, 3) for one in got)
    is_list = is_list and len(got) == len(set(got))
    expect(is_list, "not a list of numbers", got=got)
    right = find_true(application)
    facts = {key: application[key] for key in ("guessing", "examples", "teacher")}
    shown = {"got": got, "expected": right, "best": max(application["alone"]), **facts}
    shown |= {"before": application["in order"], "after": application["shuffled"]}
    plenty = "many examples" if facts["teacher"] == "labels" else "a teacher without an end"
    keys = {
        1: ("not raw", "raw after all"),
        2: ("not plentiful", plenty),
        3: ("nothing is near", "something is near"),
    }
    for number, (too_many, missing) in keys.items():
        expect(number in right or number not in got, too_many, **shown)
        expect(number in got or number not in right, missing, **shown)
    expect(got == right, "another order", **shown)


def look_at_names(learner, applications):
    """Compare the names of the applications without a reason."""
    got = learner.no_reason(dict(applications))
    expect(type(got) is list, "not a list of names", got=got)
    expected = [name for name, one in applications.items() if not find_true(one)]
    for name, application in applications.items():
        true = find_true(application)
        numbers = " and ".join(f"sentence {number}" for number in true)
        expect(name not in got or not true, "a reason after all", name=name, numbers=numbers)
        expect(name in got or bool(true), "a name is missing", name=name)
    expect(got == expected, "other names", got=got, expected=expected)


def check(learner, generator: random.Random) -> None:
    """Begin with the examples of the task; then applications that are drawn anew."""
    look(learner, BIRD)
    look(learner, CARS)
    look(learner, {**CARS, "teacher": "rewards"})
    look(learner, {**CARS, "examples": 100_000})
    for application in draw_applications(generator):
        look(learner, application)
    look_at_names(learner, {"a bird's song": BIRD, "used cars": CARS})
    drawn = draw_applications(generator)
    look_at_names(learner, {f"application {i + 1}": one for i, one in enumerate(drawn)})
