from dlcourse.recipes import DATASETS, FOLDER_RECIPE, MODELS, RECIPES, find_recipe
from dlcourse.training.config import TrainConfig


def test_recipes_are_of_models_and_data_sets_that_exist():
    assert set(RECIPES) <= {(model, data) for model in MODELS for data in DATASETS}
    assert set(RECIPES) >= {
        (model, data) for model in ("mlp", "cnn", "lenet") for data in ("digits", "mnist")
    }


def test_what_is_not_in_the_table_gets_the_defaults():
    assert find_recipe("mlp", "cifar10") == TrainConfig()
    assert find_recipe("mlp", "holiday/pictures") == FOLDER_RECIPE
