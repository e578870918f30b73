import pytest
import torch
from matplotlib.quiver import Quiver
from torch import nn

from dlcourse.data.environments import (
    ENDED,
    Episodes,
    find_values,
    load_environment,
    make_environment,
)
from dlcourse.errors import DataError, UsageError
from dlcourse.tasks.reinforce import RECIPE, Reinforce, choose, play
from dlcourse.training.config import TrainConfig

CPU = torch.device("cpu")
RIGHT = torch.tensor([0.0, 100.0])  # logits of the corridor's actions


class Fixed(nn.Module):
    """A policy with the same logits in every state, or with a row of logits for each."""

    def __init__(self, logits):
        super().__init__()
        self.logits = nn.Parameter(logits)

    def forward(self, states):
        if self.logits.dim() == 1:
            return self.logits.expand(*states.shape, -1)
        return self.logits[states]


def make_batch(num_episodes=4, max_steps=20, coin=0.5, discount=0.9, data="corridor"):
    environment = load_environment(data, coin)
    (batch,) = Episodes(environment, num_episodes, num_episodes, max_steps, discount)
    return [part.double() if part.is_floating_point() else part for part in batch]


# Episodes


def test_an_episode_to_the_goal():
    states, actions, rewards, is_over = play(Fixed(RIGHT), make_batch())
    assert states.tolist() == [[0, 1, 2, 3, 4, 5]] * 4  # it stops when all are over
    assert actions.tolist() == [[1] * 6] * 4
    assert rewards.tolist() == [[0, 0.5, 0, 0, 0, 10]] * 4
    assert is_over.tolist() == [True] * 4


def test_an_episode_that_does_not_arrive_has_all_steps():
    states, _, rewards, is_over = play(Fixed(-RIGHT), make_batch(max_steps=9))
    assert states.tolist() == [[0] * 9] * 4
    assert rewards.sum() == 0
    assert not is_over.any()


def test_episodes_end_at_different_steps():
    environment = make_environment("Sc..G", 0.5)  # the coin is beside place 0
    (batch,) = Episodes(environment, 50, 50, 60, 0.9)
    states, _, rewards, is_over = play(Fixed(torch.zeros(2)), batch)
    assert is_over.any()
    for row, reward in zip(states.tolist(), rewards.tolist(), strict=True):
        if ENDED in row:
            first = row.index(ENDED)
            assert set(row[first:]) == {ENDED}
            assert reward[first - 1] == 10
            assert not any(reward[first:])


def test_an_episode_does_not_depend_on_the_others_of_its_batch():
    batch = make_batch(50, 60)
    whole = play(Fixed(torch.zeros(2)), batch)[2].sum(dim=1)
    part = play(Fixed(torch.zeros(2)), [column[7:9] for column in batch])[2].sum(dim=1)
    assert torch.equal(whole[7:9], part)


def test_dice_choose_each_action_as_often_as_its_probability():
    logits = torch.tensor([0.5, 0.2, 0.3]).log().expand(1000, 3)
    dice = (torch.arange(1000) + 0.5) / 1000  # evenly from 0 to 1
    assert choose(logits, dice).bincount().tolist() == [500, 200, 300]
    assert choose(logits[:2], torch.tensor([0.0, 1.0])).tolist() == [0, 2]
    for num_actions in range(2, 60):  # their shares add up to less than 1 in some cases
        assert choose(torch.zeros(1, num_actions), torch.ones(1)) == num_actions - 1


# The loss


@pytest.mark.parametrize("text", ["S.c...G", "S.c\n.#.\n..G"])
@pytest.mark.parametrize("discount", [0.5, 0.9, 1.0])
def test_the_gradient_of_the_loss_is_on_average_that_of_the_expected_return(text, discount):
    """The expected return comes from the tables, where autograd finds its gradient exactly."""
    torch.manual_seed(0)
    environment = make_environment(text, 0.5)
    network = Fixed(torch.randn(environment.rewards.shape).double())
    max_steps = 12
    probabilities = network.logits.softmax(dim=1)
    value = find_values(environment, discount, max_steps, probabilities)[environment.start]
    (expected,) = torch.autograd.grad(value, network.logits)

    family = Reinforce("reinforce", {"discount": discount})
    gradients = []
    for seed in range(20):
        (batch,) = Episodes(environment, 1000, 1000, max_steps, discount, seed=seed)
        loss = family.loss(network, batch)
        gradients.append(torch.autograd.grad(-loss, network.logits)[0])
    found = torch.stack(gradients)
    standard_error = (found.var(dim=0) / len(found)).sum().sqrt()
    error = (found.mean(dim=0) - expected).norm()
    assert error < 2 * standard_error
    assert error < 0.1 * expected.norm()  # so that a wrong factor would be seen


def test_steps_after_the_end_count_nothing():
    network = Fixed(torch.zeros(7, 2).double())
    (gradient,) = torch.autograd.grad(
        Reinforce("reinforce").loss(network, make_batch(50, 60, coin=0.0)), network.logits
    )
    assert gradient[6].tolist() == [0, 0]  # nobody is at the goal
    assert gradient[5].abs().max() > 0


# Figures


def test_figures_of_the_best_policy_in_the_corridor():
    family = Reinforce("reinforce", {"coin": 0.5})
    sums = family.measure(Fixed(RIGHT), make_batch())
    figures = family.figures({name: (total, count) for name, (total, count) in sums.items()})
    assert figures["mean_return"] == pytest.approx(0.5 * 0.9 + 10 * 0.9**5)
    assert figures["share_of_optimum"] == pytest.approx(1)
    assert figures["arrived"] == 1
    sums = family.measure(Fixed(-RIGHT), make_batch())
    assert [float(total) for total, _ in sums.values()] == [0, 0, 0]


def test_the_mean_return_of_many_episodes_is_the_value_of_the_start():
    family = Reinforce("reinforce")
    total, count = family.measure(Fixed(torch.zeros(2)), make_batch(4000, 100))["mean_return"]
    environment = load_environment("corridor", 0.5)
    equal = torch.full((7, 2), 0.5)
    value = find_values(environment, 0.9, 100, equal)[0]
    assert float(total) / count == pytest.approx(float(value), abs=0.1)  # 4 standard errors


# Data and options


def test_words_that_are_no_environment_are_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    family = Reinforce("reinforce")
    with pytest.raises(UsageError, match="a map 'corridr': did you mean corridor"):
        family.check_data("corridr")
    with pytest.raises(UsageError, match=r"no environment or file with a map 'maze.txt': choose"):
        family.load("maze.txt")


def test_a_goal_behind_a_wall_is_refused(tmp_path):
    path = tmp_path / "map.txt"
    path.write_text("S.#G")
    with pytest.raises(DataError, match=r"no reward can be reached from the start of .*: open a"):
        Reinforce("reinforce").load(str(path))
    with pytest.raises(DataError, match="raise max_steps"):
        Reinforce("reinforce", {"max_steps": 5}).load("corridor")


def test_a_discount_above_1_is_refused():
    with pytest.raises(UsageError, match=r"from 0 to 1, got 1.5: write .* --set discount=0.9"):
        Reinforce("reinforce", {"discount": 1.5})


def test_another_map_is_refused():
    family = Reinforce("reinforce")
    corridor = family.load("corridor")
    about = family.about(corridor)
    assert about == {"rows": ["S.c...G"], "actions": ["left", "right"]}
    assert family.fit_data(corridor, about) is corridor
    with pytest.raises(UsageError, match=r"trained on the map S.c...G: evaluate it on the same"):
        family.fit_data(family.load("grid"), about)


def test_batches_for_training_and_for_evaluation():
    family = Reinforce("reinforce", {"max_steps": 30})
    corridor = family.load("corridor")
    config = TrainConfig(batch_size=100)
    batches = family.make_batches(corridor, "train", CPU, config)
    assert [tuple(batch[0].shape) for batch in batches] == [(100, 30)] * 6 + [(40, 30)]
    seen = [
        next(iter(family.make_batches(corridor, split, CPU)))[0] for split in ("validation", "test")
    ]
    assert seen[0].shape == (500, 30)
    assert not torch.equal(*seen)
    with pytest.raises(ValueError, match=r"^augment must be empty for a map, got 'flip'$"):
        family.make_batches(corridor, "train", CPU, TrainConfig(augment="flip"))


def test_the_summary_says_what_there_is_to_be_had():
    family = Reinforce("reinforce", {"coin": 0.5})
    corridor = family.load("corridor")
    lines = family.summarize(corridor, family.about(corridor))
    assert lines[0] == "S.c...G"
    assert lines[1] == "S start, G goal worth 10, c coin worth 0.5, # wall"
    assert lines[2].startswith("the best mean return is 6.355, random actions get ")
    assert family.find_recipe("my/map.txt") == RECIPE


# What a policy shows


def test_a_sample_is_an_episode():
    family = Reinforce("reinforce", {"coin": 0.5})
    about = family.about(family.load("corridor"))
    text = family.sample(Fixed(RIGHT), about, torch.Generator())
    lines = text.splitlines()
    assert lines[0] == "S.c...G"
    assert lines[1] == ">>>>>>"
    assert lines[2] == "6 steps, at the goal; discounted return 6.355"
    text = family.sample(Fixed(-RIGHT), about, torch.Generator())
    assert 100 * "<" in text
    assert text.endswith("100 steps, not at the goal; discounted return 0.000")


def test_the_figure_has_an_arrow_for_each_action(tmp_path, monkeypatch):
    drawn = []
    place = "dlcourse.tasks.reinforce_figures.save_figure"
    monkeypatch.setattr(place, lambda figure, path: drawn.append(figure))
    family = Reinforce("reinforce")
    paths = family.draw_figures(Fixed(RIGHT), family.load("corridor"), CPU, tmp_path)
    assert paths == [tmp_path / "policy.png"]
    axes = drawn[0].axes[0]
    left, right = (one for one in axes.collections if isinstance(one, Quiver))
    assert left.XY.tolist() == [[column, 0] for column in range(6)]  # none at the goal
    assert left.U.tolist() == pytest.approx([0] * 6)
    assert right.U.tolist() == pytest.approx([0.45] * 6)
    assert right.V.tolist() == [0] * 6
    assert [text.get_text() for text in axes.texts] == ["S", "", "c", "", "", "", "G"]
    colors = axes.images[0].get_array()
    assert colors[0, 5] == pytest.approx(10)
    assert colors.mask[0].tolist() == [False] * 6 + [True]
