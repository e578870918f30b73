"""A fair coin has one bit of entropy, a loaded coin less."""

import torch

for heads in (0.5, 0.9, 0.99):
    coin = torch.tensor([heads, 1 - heads])
    surprise = -coin.log2()
    entropy = (coin * surprise).sum()  # the mean surprise
    print(f"{heads}: {entropy:.2f} bits")
