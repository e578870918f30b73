"""A digit of 8 x 8 pixels, enlarged to the size of MNIST's."""

from dlcourse.data.digits import load_digits
from dlcourse.data.images import enlarge

images = load_digits().test.images
enlarged = enlarge(images, 28)
print(tuple(images.shape))
print(tuple(enlarged.shape))
