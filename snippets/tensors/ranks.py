"""Index once, and one axis is gone."""

from dlcourse.data.digits import load_digits

batch = load_digits().test.images  # 359 handwritten digits
image = batch[0]
channel = image[0]
row = channel[3]
pixel = row[4]

print("rank    size  shape")
for tensor in (batch, image, channel, row, pixel):
    print(f"{tensor.ndim:4}{tensor.numel():8,}  {tuple(tensor.shape)}")
