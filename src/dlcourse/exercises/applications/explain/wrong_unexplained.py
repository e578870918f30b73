# a technical word is not explained
def explanation():
    return [
        "A program listens to a talk and writes captions below it while people speak.",
        "What goes in is sound, some thousand numbers for each second of the talk.",
        "What comes out is text, one word after another, with the words that were said.",
        "The teachers were people who wrote down thousands of hours of talks, word by word.",
        "Nobody can write rules from air pressure to words, so a transformer learned them.",
        "It makes more errors for speakers whose way of speaking was rare in the training data.",
    ]


def words():
    return {"network": "a formula with many numbers that are adjusted to fit examples"}
