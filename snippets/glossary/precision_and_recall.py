"""Finding everything misses nothing and is often wrong."""

import torch

is_spam = torch.tensor([True, False, False, False])
is_found = torch.tensor([True, True, True, True])

num_hits = (is_spam & is_found).sum()
precision = num_hits / is_found.sum()
recall = num_hits / is_spam.sum()
print(f"precision {precision:.2f}, recall {recall:.2f}")
