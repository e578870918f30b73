"""A digit of 8 x 8 pixels, brought to the size of MNIST's."""

from dlcourse.data.digits import load_digits
from dlcourse.data.images import enlarge

images = load_digits().test.images
print(tuple(images.shape[1:]), "->", tuple(enlarge(images, 28).shape[1:]))
