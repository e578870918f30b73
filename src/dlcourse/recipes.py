"""Settings that are known to work, as a table: (model, data) to its TrainConfig."""

from dlcourse.training.config import TrainConfig

RECIPES = {
    ("mlp", "digits"): TrainConfig(epochs=20, batch_size=32),
    ("cnn", "digits"): TrainConfig(epochs=10, batch_size=64),
    ("lenet", "digits"): TrainConfig(epochs=10, batch_size=32, learning_rate=3e-3),
    ("mlp", "mnist"): TrainConfig(epochs=5),
    ("cnn", "mnist"): TrainConfig(epochs=3),
    ("lenet", "mnist"): TrainConfig(epochs=5, learning_rate=6e-3),
}


def find_recipe(model: str, data: str) -> TrainConfig:
    """Return the settings for a model on a data set; TrainConfig's own defaults where the table has none."""
    return RECIPES.get((model, data), TrainConfig())
