"""An example of the digits: 8 x 8 pixels and the digit that they show."""

from dlcourse.data.digits import load_digits

training_set = load_digits().train
image, label = training_set.images[0], training_set.labels[0]
print(tuple(image.shape), label.item())
print(image[0, 3].tolist())  # the fourth row of pixels, 0 to 16
