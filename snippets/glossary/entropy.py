"""A fair coin holds one bit, a loaded one less."""

import torch

for heads in (0.5, 0.9, 0.99):
    coin = torch.tensor([heads, 1 - heads])
    print(f"{heads}: {-(coin * coin.log2()).sum():.2f} bits")
