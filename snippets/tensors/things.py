"""A tone, a picture, a clip and a sentence, each as a tensor."""

import torch

from dlcourse.data.digits import load_digits

seconds = torch.arange(8000) / 8000  # one second, measured 8000 times
wave = torch.sin(2 * torch.pi * 440 * seconds)  # the note A
tone = torch.stack([wave, 0.5 * wave])  # (channels, samples): louder left

picture = load_digits().test.images[0]  # (C, H, W): gray, so C is 1
frames = [picture.roll(step, dims=2) for step in range(5)]
clip = torch.stack(frames)  # (T, C, H, W): out on the right, in on the left

words = ["the", "dog", "sees", "the", "cat"]
vocabulary = sorted(set(words))
sentence = torch.tensor([vocabulary.index(word) for word in words])  # (words,)

print("          shape          dtype")
names = {"tone": tone, "picture": picture, "clip": clip, "sentence": sentence}
for name, tensor in names.items():
    print(f"{name:<10}{tuple(tensor.shape)!s:<15}{tensor.dtype}")
