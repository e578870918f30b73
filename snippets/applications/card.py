"""An application card: eight answers about one use of deep learning."""

card = {
    "application": "live captions",
    "input": "sound: some thousand numbers a second",
    "output": "text",
    "paradigm": "supervised: talks that a person wrote down",
    "architecture": "transformer",
    "why": "nobody can write rules from air pressure to words",
    "risk": "more errors for speakers whom the data left out",
    "source": "Koenecke et al. (2020), PNAS 117(14), 7684-7689",
}
architectures = ["MLP", "CNN", "RNN", "transformer"]

for question, answer in card.items():
    print(f"{question + ':':<14}{answer}")
    assert answer.strip(), f"{question} is empty"
assert card["architecture"] in architectures
