"""What `dlcourse train mlp digits` and `dlcourse train lenet mnist` start from."""

from dlcourse.recipes import find_recipe

for model, data in [("mlp", "digits"), ("lenet", "mnist")]:
    config = find_recipe(model, data)
    print(f"{model} on {data}: {config.epochs} epochs, {config.batch_size} examples a step")
