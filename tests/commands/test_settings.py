import dataclasses

from dlcourse.commands.models import find_recipe
from dlcourse.commands.settings import describe_changes, describe_settings
from dlcourse.training.config import TrainConfig

RECIPE = TrainConfig(epochs=20, batch_size=32)


def test_only_what_differs_from_the_recipe_is_named():
    changed = dataclasses.replace(RECIPE, epochs=3, augment="flip", compile=True)
    assert describe_changes(RECIPE, RECIPE) == "the settings of the recipe"
    assert describe_changes(changed, RECIPE) == (
        "--epochs 3 (recipe: 20), --compile yes (recipe: no), --augment flip (recipe: none)"
    )


def test_the_table_has_a_line_for_each_setting_and_the_recipe_where_it_differs():
    changed = dataclasses.replace(RECIPE, epochs=3, augment="flip")
    lines = describe_settings(changed, RECIPE).splitlines()
    names = [field.name for field in dataclasses.fields(TrainConfig)]
    assert [line.split()[0] for line in lines] == [f"--{n.replace('_', '-')}" for n in names]
    assert lines[0].split() == ["--epochs", "3", "recipe:", "20"]
    assert lines[1].split() == ["--batch-size", "32"]
    assert sum("recipe:" in line for line in lines) == 2


def test_show_config_prints_the_table(call):
    exit_code, out, err = call("train", "mlp", "--show-config", "--epochs", 3)
    recipe = find_recipe("mlp", "digits")
    table = describe_settings(dataclasses.replace(recipe, epochs=3), recipe)
    assert (exit_code, out, err) == (0, f"{table}\n", "")


def test_a_run_names_the_settings_that_differ_and_no_other(call):
    out = call("train", "mlp", "--epochs", 1, "--warmup", 0.5)[1]
    place = "0.1 MiB of 8 x 8 pixels kept in memory, on cpu with"
    assert f"{place} --epochs 1 (recipe: 20), --warmup 0.5 (recipe: 0.25)\n" in out
    out = call("train", "mlp", "--resume")[1]
    assert f"{place} --epochs 1 (recipe: 20), --warmup 0.5 (recipe: 0.25)\n" in out
