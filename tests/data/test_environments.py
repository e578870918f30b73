import pytest
import torch

from dlcourse.data.catalog import ENVIRONMENTS
from dlcourse.data.environments import (
    ENDED,
    MAPS,
    Episodes,
    find_values,
    load_environment,
    make_environment,
)
from dlcourse.errors import DataError

CORRIDOR = load_environment("corridor", coin=0.5)


def test_names_are_those_of_the_catalog():
    assert tuple(MAPS) == ENVIRONMENTS


def test_the_corridor_as_a_table():
    assert CORRIDOR.rows == ("S.c...G",)
    assert CORRIDOR.actions == ("left", "right")
    assert CORRIDOR.start == 0
    left, right = CORRIDOR.next_states.T.tolist()
    assert left == [0, 0, 1, 2, 3, 4, 5]
    assert right == [1, 2, 3, 4, 5, ENDED, ENDED]
    left, right = CORRIDOR.rewards.T.tolist()
    assert left == [0, 0, 0, 0.5, 0, 0, 0]
    assert right == [0, 0.5, 0, 0, 0, 10, 10]


def test_walls_and_borders_stop_a_move_and_a_coin_counts_only_when_it_is_entered():
    environment = make_environment("cS\n#G\n", coin=3)
    assert environment.actions == ("left", "right", "up", "down")
    assert environment.start == 1
    assert environment.next_states[0].tolist() == [0, 1, 0, 0]  # three times it stays
    assert environment.rewards[0].tolist() == [0, 0, 0, 0]
    assert environment.next_states[1].tolist() == [0, 1, 1, ENDED]
    assert environment.rewards[1].tolist() == [3, 0, 0, 10]


@pytest.mark.parametrize(
    "text", ["", "S.G\nS.", "S.G?", "..G", "SSG", "S..", "S\0G", "\n\n", "novel text"]
)
def test_a_text_that_is_not_a_map_is_refused(text, tmp_path):
    path = tmp_path / "map.txt"
    path.write_text(text)
    said = r"map.txt is not a map with one start S and a goal G: use the signs S G c # \."
    with pytest.raises(DataError, match=said):
        load_environment(str(path))
    path.write_bytes(b"\xff\xfe\x80")
    with pytest.raises(DataError, match=said):
        load_environment(str(path))


def test_a_file_of_a_map_is_read(tmp_path):
    path = tmp_path / "map.txt"
    path.write_text("S.c...G\r\n")
    assert torch.equal(load_environment(str(path), coin=0.5).rewards, CORRIDOR.rewards)


# Values


def test_values_of_the_corridor_by_hand():
    values = find_values(load_environment("corridor"), 0.5, 100)
    assert values.tolist() == [10 / 32, 10 / 16, 10 / 8, 10 / 4, 10 / 2, 10, 10]
    # From place 1 the goal is 5 steps away, with a coin on the way; a second coin takes 2 more.
    assert find_values(CORRIDOR, 1.0, 6)[1] == 10.5
    assert find_values(CORRIDOR, 1.0, 7)[1] == 11.0


def test_too_few_steps_reach_nothing():
    values = find_values(load_environment("corridor"), 0.9, 3)
    assert values[:3].tolist() == [0, 0, 0]
    assert values[3] == pytest.approx(8.1)


def test_value_of_random_actions_by_hand():
    environment = make_environment("S.G")
    equal = torch.full((3, 2), 0.5)
    values = find_values(environment, 0.9, 500, equal)
    # v0 = 0.45 v0 + 0.45 v1 and v1 = 0.45 v0 + 5
    v1 = 5 / (1 - 0.45 * 0.45 / 0.55)
    assert values[1].item() == pytest.approx(v1)
    assert values[0].item() == pytest.approx(0.45 * v1 / 0.55)


# Episodes


def test_a_batch_has_dice_and_the_environment_for_each_episode():
    batches = Episodes(CORRIDOR, 10, 4, 20, 0.9)
    assert len(batches) == 3
    assert [len(batch[0]) for batch in batches] == [4, 4, 2]
    dice, starts, next_states, rewards, best_returns = next(iter(batches))
    assert dice.shape == (4, 20)
    assert starts.tolist() == [0] * 4
    assert torch.equal(next_states[2], CORRIDOR.next_states)
    assert torch.equal(rewards[3], CORRIDOR.rewards)
    best = 0.5 * 0.9 + 10 * 0.9**5
    assert best_returns.tolist() == pytest.approx([best] * 4)
    assert batches.place == "10 episodes an epoch, of at most 20 steps"


def test_dice_are_new_at_each_pass_only_with_a_generator():
    fixed = Episodes(CORRIDOR, 4, 4, 20, 0.9, seed=1)
    assert torch.equal(next(iter(fixed))[0], next(iter(fixed))[0])
    other = Episodes(CORRIDOR, 4, 4, 20, 0.9, seed=2)
    assert not torch.equal(next(iter(fixed))[0], next(iter(other))[0])
    drawn = Episodes(CORRIDOR, 4, 4, 20, 0.9, torch.Generator().manual_seed(1))
    assert not torch.equal(next(iter(drawn))[0], next(iter(drawn))[0])
