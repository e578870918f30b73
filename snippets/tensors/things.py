"""A tone, an image, a clip and a sentence, each as a tensor."""

import torch

from dlcourse.data.digits import load_digits
from dlcourse.data.moves import move

seconds = torch.arange(8000) / 8000  # one second, measured 8000 times
wave = torch.sin(2 * torch.pi * 440 * seconds)  # the note A
tone = torch.stack([wave, 0.5 * wave])  # (channels, samples): louder left

image = load_digits().test.images[0]  # (C, H, W): gray, so C is 1
frames = [move(image, right=step) for step in range(5)]
clip = torch.stack(frames)  # (T, C, H, W): the digit moves out to the right

words = ["the", "dog", "sees", "the", "cat"]
vocabulary = sorted(set(words))
numbers = [vocabulary.index(word) for word in words]
sentence = torch.tensor(numbers)  # (words,)

tensors = {
    "tone": tone,
    "image": image,
    "clip": clip,
    "sentence": sentence,
}
print("          shape          dtype")
for name, tensor in tensors.items():
    shape = str(tuple(tensor.shape))
    print(f"{name:<10}{shape:<15}{tensor.dtype}")
