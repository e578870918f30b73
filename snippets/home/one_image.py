"""One of the test images, printed: the more ink, the darker the sign."""

from dlcourse.data.digits import load_digits

digits = load_digits()
image = digits.test.images[3, 0]  # (8, 8): eight rows of eight pixels

for row in image:
    signs = [" .:+#"[ink // 4] for ink in row.tolist()]  # ink is 0 to 16
    doubled = [2 * sign for sign in signs]  # a sign is half as wide as high
    print("".join(doubled).rstrip())
