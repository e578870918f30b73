"""An example of the digits: 8 x 8 pixels and the digit that they show."""

from dlcourse.data.digits import load_digits

training_set = load_digits().train
image = training_set.images[0]
label = training_set.labels[0]
print(tuple(image.shape), label.item())

fourth_row = image[0, 3]  # of the only channel; pixels are 0 to 16
print(fourth_row.tolist())
