"""Why the scores are divided: their size, and what softmax makes of them."""

import torch

torch.manual_seed(0)
print("features   variance   divided   largest weight: not divided   divided")
for num_features in (4, 16, 64, 256):
    queries = torch.randn(2000, num_features)
    keys = torch.randn(2000, 10, num_features)  # 10 keys for each query
    products = keys * queries.unsqueeze(1)  # 10 for each query
    scores = products.sum(dim=2)  # (2000, 10)
    divided = scores / num_features**0.5
    sharpest = scores.softmax(dim=1).amax(dim=1).mean()
    softer = divided.softmax(dim=1).amax(dim=1).mean()
    row = f"{num_features:8} {scores.var():10.1f} {divided.var():9.2f}"
    print(row + f" {sharpest:29.2f} {softer:9.2f}")
