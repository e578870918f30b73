"""Index once, and one axis is gone."""

from dlcourse.data.digits import load_digits

batch = load_digits().test.images  # 359 handwritten digits
picture = batch[0]
channel = picture[0]
row = channel[3]
pixel = row[4]

print("rank    size  shape")
for tensor in (batch, picture, channel, row, pixel):
    print(f"{tensor.ndim:4}{tensor.numel():8,}  {tuple(tensor.shape)}")
