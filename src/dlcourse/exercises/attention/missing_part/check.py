"""Check attention/missing_part."""

import math
import random

from dlcourse.exercises.checking import expect

MESSAGES = {
    "another word": "find_missing(run) returns {got}, expected “nothing” or the name of a part.",
    "positions": "You return “{got}”, expected “positions”: first and last place have the same "
    "letter and the same features, so nothing says which is first.",
    "causal mask": "You return “{got}”, expected “causal mask”: the first place reads from the "
    "last one with the weight {weight}.",
    "heads": "You return “{got}”, expected “heads”: the {places} places have one table of weights, "
    "so each of them reads a single mixture.",
    "residual connections": "You return “{got}”, expected “residual connections”: what goes on is "
    "what attention returns. Nothing of the input was added to it.",
    "layer normalization": "You return “{got}”, expected “layer normalization”: attention reads "
    "the features as they are, with numbers up to {largest}.",
    "nothing": "You return “{got}”, expected “nothing”: {reason}.",
}
# Why a part is there, in a run in which nothing is missing
REASONS = {
    "positions": "the same letter has other features at the last place",
    "causal mask": "the first place gives all later places the weight 0",
    "heads": "there are {heads} tables of weights, one for each head",
    "residual connections": "the result is the features plus what attention returns",
    "layer normalization": "the rows that are read have the mean 0 and variance 1",
}
PARTS = tuple(REASONS)


def normalize(row):
    """Return a row with the mean 0 and the variance 1."""
    mean = sum(row) / len(row)
    variance = sum((value - mean) ** 2 for value in row) / len(row)
    return [(value - mean) / math.sqrt(variance) for value in row]


def weigh(rows, is_causal):
    """Return the attention weights of rows that are queries and keys."""
    table = []
    for i, query in enumerate(rows):
        exponentials = []
        for j, key in enumerate(rows):
            score = sum(a * b for a, b in zip(query, key, strict=True)) / math.sqrt(len(query))
            is_hidden = is_causal and j > i
            exponentials.append(0.0 if is_hidden else math.exp(score / 4))
        table.append([value / sum(exponentials) for value in exponentials])
    return table


def record(generator, missing):
    """Return a run of random letters, without one part."""
    num_heads = 1 if missing == "heads" else generator.randint(2, 4)
    num_features = 3 * num_heads
    num_places = generator.randint(4, 7)
    size = generator.uniform(1, 3)
    letters = [[generator.gauss(0, size) for _ in range(num_features)] for _ in range(num_places)]
    letters[-1] = letters[0][:]
    features = []
    for row in letters:
        if missing != "positions":
            row = [value + generator.gauss(0, 1) for value in row]
        features.append(row)
    read = features
    if missing != "layer normalization":
        read = [normalize(row) for row in features]
    tables = []
    attended: list[list[float]] = [[] for _ in read]
    for head in range(num_heads):
        own = [row[3 * head : 3 * head + 3] for row in read]
        table = weigh(own, missing != "causal mask")
        tables.append(table)
        for place, weights in enumerate(table):
            columns = zip(*own, strict=True)
            for column in columns:
                products = [w * value for w, value in zip(weights, column, strict=True)]
                attended[place].append(sum(products))
    result = attended
    if missing != "residual connections":
        pairs = zip(features, attended, strict=True)
        result = [[x + y for x, y in zip(*pair, strict=True)] for pair in pairs]
    run = {"features": features, "read": read, "weights": tables}
    run |= {"attended": attended, "result": result}
    return {key: [row[:] for row in rows] for key, rows in run.items()}


def look(learner, generator, missing):
    """Let the learner find the part that is missing in a run."""
    run = record(generator, missing)
    weight = run["weights"][0][0][-1]
    largest = max(abs(value) for row in run["features"] for value in row)
    places = len(run["features"])
    heads = len(run["weights"])
    got = learner.find_missing(run)
    expect(isinstance(got, str) and got in (*PARTS, "nothing"), "another word", got=got)
    shown = {"got": got, "weight": weight, "places": places, "largest": largest}
    if missing == "nothing":
        shown["reason"] = REASONS.get(got, "").format(heads=heads)
    expect(got == missing, missing, **shown)


def check(learner, generator: random.Random) -> None:
    """Begin with the part of the task's example; in the end the parts come in any order."""
    cases = ["causal mask", "nothing", *PARTS]
    others = [*PARTS, "nothing"] * 2
    generator.shuffle(others)
    for missing in cases + others:
        look(learner, generator, missing)
