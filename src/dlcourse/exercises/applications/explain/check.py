"""Check applications/explain."""

import random
import re

from dlcourse.exercises.checking import expect, expect_list

MESSAGES = {
    "not a text": "{name} is {got}, expected a text.",
    "not a dictionary": "words() returns {got}, expected a dictionary.",
    "the sentence is short": "The sentence on the {part} has {count} words, expected at least 6: "
    "your peer cannot see what you mean.",
    "the sentence is long": "The sentence on the {part} has {count} words, expected at most 25: "
    "say it in fewer, or leave something out.",
    "the same sentence twice": "The sentences on the {part} and on the {other} are the same.",
    "a technical word is not explained": "The sentence on the {part} uses “{word}”, which your "
    "peer does not know: explain it in words(), or use a plain word.",
    "the explanation is short": "“{word}” is explained by {count} words, expected at least 6 plain "
    "ones.",
    "the explanation is a circle": "“{word}” is explained by itself: say it without the word.",
    "an explanation needs another one": "The explanation of “{word}” uses “{other}”, which your "
    "peer does not know either: explain it as well, or avoid it.",
}
PARTS = ["use", "input", "output", "teacher", "reason", "risk"]
TECHNICAL = [
    "mlp",
    "cnn",
    "rnn",
    "transformer",
    "autoencoder",
    "gan",
    "diffusion",
    "label",
    "paradigm",
    "feature",
    "layer",
    "network",
    "encoder",
    "decoder",
]


def count_words(text: str) -> int:
    """Return the number of words."""
    return len(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text))


def technical_words(text: str) -> list[str]:
    """Return the technical words of a text, in its order, without the s of a plural."""
    found = re.findall(r"[a-z]+", text.lower())
    single = [word[:-1] if word.endswith("s") else word for word in found]
    return [word for word in single if word in TECHNICAL]


def look_at_sentences(sentences: list) -> None:
    """Stop unless there are six different sentences that can be said aloud."""
    for place, (part, sentence) in enumerate(zip(PARTS, sentences, strict=True)):
        is_text = isinstance(sentence, str)
        expect(is_text, "not a text", name=f"The sentence on the {part}", got=sentence)
        count = count_words(sentence)
        expect(count >= 6, "the sentence is short", part=part, count=count)
        expect(count <= 25, "the sentence is long", part=part, count=count)
        if sentence in sentences[:place]:
            other = PARTS[sentences.index(sentence)]
            expect(False, "the same sentence twice", part=part, other=other)


def check(learner, generator: random.Random) -> None:
    """Count the words of the sentences, then look for words that need an explanation."""
    sentences = learner.explanation()
    expect_list(sentences, 6, "explanation()")
    look_at_sentences(sentences)
    got = learner.words()
    expect(isinstance(got, dict), "not a dictionary", got=got)
    explained = {str(word).lower(): text for word, text in got.items()}
    for part, sentence in zip(PARTS, sentences, strict=True):
        for word in technical_words(sentence):
            is_known = word in explained
            expect(is_known, "a technical word is not explained", part=part, word=word)
    for word, text in explained.items():
        expect(isinstance(text, str), "not a text", name=f"The explanation of {word}", got=text)
        count = count_words(text)
        expect(count >= 6, "the explanation is short", word=word, count=count)
        others = technical_words(text)
        expect(word not in others, "the explanation is a circle", word=word)
        for other in others:
            is_known = other in explained
            expect(is_known, "an explanation needs another one", word=word, other=other)
