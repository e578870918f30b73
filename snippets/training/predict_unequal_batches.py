"""The accuracy on two batches of unequal sizes."""

num_correct = 64 + 16 // 2
num_images = 64 + 16

answer = num_correct / num_images
print(answer)
