from dlcourse.cli import DATASETS, MODELS
from dlcourse.recipes import RECIPES, find_recipe
from dlcourse.training.config import TrainConfig


def test_every_model_has_a_recipe_for_every_data_set():
    assert set(RECIPES) == {(model, data) for model in MODELS for data in DATASETS}


def test_what_is_not_in_the_table_gets_the_defaults():
    assert find_recipe("mlp", "holiday pictures") == TrainConfig()
