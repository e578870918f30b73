"""An embedding looks up what a one-hot vector would pick."""

import torch

table = torch.nn.Embedding(num_embeddings=1000, embedding_dim=8)
one_hot = torch.nn.functional.one_hot(torch.tensor(42), 1000).float()
print(torch.equal(table(torch.tensor(42)), one_hot @ table.weight))
