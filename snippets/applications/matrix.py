"""Ten applications: what goes in, what comes out, its teacher, its family."""

import matplotlib.pyplot as plt

rows = """image classification: picture > class > labels > CNN transformer
medicine, skin: picture > class > labels > CNN
automated driving: picture table > class action > labels > CNN transformer
camera translation: picture > text > labels > CNN RNN transformer
predictive text: text > text > itself > RNN transformer
story generation: text > text > itself rewards > transformer
image generation: text > picture > labels itself > GAN diffusion transformer
deepfakes: picture > picture > itself > autoencoder GAN diffusion
gaming, Go: table > action > labels rewards > CNN
finance, fraud: table > class > labels > MLP RNN"""
rows = rows.splitlines()
names = [row.split(":")[0].replace(" ", "\n") for row in rows]
rows = [[part.split() for part in row.split(":")[1].split(">")] for row in rows]
axes = plt.figure(figsize=(3.7, 5)).add_subplot(yticks=range(10))
titles = {"in": 0, "out": 4, "teacher": 9, "family": 13}  # where each begins
for part, (title, first) in enumerate(titles.items()):
    words = dict.fromkeys(word for row in rows for word in row[part])
    for x, word in enumerate(words, first):
        axes.text(x, -0.7, word, rotation=90, size=9, ha="center", va="bottom")
        dots = [y for y, row in enumerate(rows) if word in row[part]]
        axes.plot([x] * len(dots), dots, "o", ms=5, color=f"C{part}")
    axes.text((first + x) / 2, 10.2, title, size=10, ha="center", weight="bold")
axes.set(xticks=[], ylim=(10, -3.1), frame_on=False, yticklabels=names)
axes.tick_params(labelsize=9, length=0)
raw = sum("picture" in inputs or "text" in inputs for inputs, *_ in rows)
plt.show()
