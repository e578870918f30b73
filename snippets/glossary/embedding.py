"""An embedding looks up the row that a one-hot vector would pick."""

import torch
import torch.nn.functional as F

embedding = torch.nn.Embedding(num_embeddings=1000, embedding_dim=8)
word = torch.tensor(42)
looked_up = embedding(word)

one_hot = F.one_hot(word, num_classes=1000).float()
multiplied = one_hot @ embedding.weight
print(torch.equal(looked_up, multiplied))
