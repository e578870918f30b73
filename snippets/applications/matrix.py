"""Fourteen uses: what goes in, what comes out, the teacher, the network."""

import matplotlib.pyplot as plt

uses = """
image classification: image > class > labels > CNN transformer > -
medicine, skin: image > class > labels > CNN > -
automated driving: image table > class action > labels > CNN transformer > -
camera translation: image > text > labels > CNN transformer > -
speech recognition: sound > text > labels itself > RNN transformer > -
predictive text: text > text > itself > RNN transformer > -
story generation: text > text > itself rewards > transformer > -
assistants: text image > text > itself labels rewards > transformer > -
code: text > text > itself rewards > transformer > -
image generation: text > image > labels itself > CNN transformer > GAN diffusion
deepfakes: image > image > itself > CNN > autoencoder GAN diffusion
gaming, Go: table > action > labels rewards > CNN > -
finance, fraud: table > class > labels > MLP RNN > -
video suggestions: table > ranking > itself > MLP transformer > -
"""
table = {}
for line in uses.strip().splitlines():
    name, answers = line.split(": ")
    table[name] = [answer.split() for answer in answers.split(" > ")]

axes = plt.figure(figsize=(3.7, 6)).gca()
groups = ["in", "out", "teacher", "architecture", "set-up"]
x = 0
for number, group in enumerate(groups):
    words = []  # the columns of this group
    for answers in table.values():
        for word in answers[number]:
            if word not in [*words, "-"]:
                words.append(word)
    first = x
    for word in words:
        axes.text(x, -0.7, word, size=8, rotation=90, ha="center", va="bottom")
        for y, answers in enumerate(table.values()):
            if word in answers[number]:
                axes.plot(x, y, "o", ms=5, color=f"C{number}")
        x += 1
    middle = (first + x - 1) / 2
    y = len(table) + 0.6 * (number % 2)  # on two lines, so that none touch
    axes.text(middle, y, group, size=9, ha="center", weight="bold")
    x += 1  # a gap between the groups

names = [name.replace(" ", "\n", 1) for name in table]
axes.set_yticks(range(len(table)), names)
axes.set_xticks([])
axes.set_ylim(len(table) + 0.9, -4)
axes.set_frame_on(False)
axes.tick_params(labelsize=9, length=0)

raw = 0
for inputs, *_ in table.values():
    if "image" in inputs or "text" in inputs or "sound" in inputs:
        raw += 1
plt.show()
