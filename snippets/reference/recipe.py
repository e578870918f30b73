"""The recipes of `train mlp digits` and `train lenet mnist`."""

from dlcourse.commands.models import find_recipe

for model, data in [("mlp", "digits"), ("lenet", "mnist")]:
    config = find_recipe(model, data)
    print(f"{model} on {data}: {config.epochs} epochs,", end=" ")
    print(f"{config.batch_size} examples per step")
