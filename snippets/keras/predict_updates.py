"""How often fit moves the weights, with the default batch size."""

num_examples = 100
batch_size = 32  # the default of fit
num_epochs = 3
answer = 0
for _ in range(num_epochs):
    for _ in range(0, num_examples, batch_size):
        answer += 1  # one step of the optimizer
print(f"the weights move {answer} times")
