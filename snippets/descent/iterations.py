"""60,000 images in mini-batches of 64: one epoch."""

from torch.utils.data import DataLoader

num_images = 60_000
batch_size = 64
images = range(num_images)  # numbers take the place of the images

# A DataLoader shuffles the images and cuts them into batches.
num_updates = 0
num_seen = 0
for batch in DataLoader(images, batch_size, shuffle=True):
    num_updates += 1  # here a training loop updates every parameter
    num_seen += len(batch)
# drop_last leaves out a last batch that is smaller than the others.
num_whole = len(DataLoader(images, batch_size, drop_last=True))

print(f"{num_updates} updates, {len(batch)} images in the last batch")
print(f"each image once: {num_seen == num_images}")
print(f"without the last batch: {num_whole} updates")
