"""60,000 pictures in mini-batches of 64: one epoch."""

from torch.utils.data import DataLoader

pictures, batch_size = range(60_000), 64  # numbers in place of pictures
num_updates, seen = 0, 0
for batch in DataLoader(pictures, batch_size, shuffle=True):
    num_updates += 1  # here a training loop updates every parameter
    seen += len(batch)
num_whole = len(DataLoader(pictures, batch_size, drop_last=True))

print(f"{num_updates} updates, {len(batch)} pictures in the last batch")
print(f"each picture once: {seen == 60_000}")
print(f"without the last batch: {num_whole} updates")
