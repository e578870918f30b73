"""A loss that is NaN because of the data names the data, and its remedy helps."""

import math

import pytest
import torch
import torch.nn.functional as F
from small_run import CONFIG, get_weights, make_batches, make_model
from torch import nn

from dlcourse.errors import TrainingDiverged
from dlcourse.training.not_finite import count_not_finite
from dlcourse.training.trainer import Trainer


def poison(batches, value, index=1):
    """Return batches of which one has three inputs with that value."""
    inputs, labels = batches[index]
    poisoned = inputs.clone()
    poisoned.flatten()[:3] = value
    return [*batches[:index], (poisoned, labels), *batches[index + 1 :]]


def test_values_are_counted_in_tensors_of_any_type():
    tensors = [torch.tensor([math.nan, 1.0, -math.inf]), torch.arange(3), torch.tensor(math.inf)]
    assert count_not_finite(tensors) == 3
    assert count_not_finite([]) == 0


@pytest.mark.parametrize("value", [math.nan, math.inf])
@pytest.mark.parametrize("split", ["training", "validation"])
def test_data_that_are_not_finite_are_named_and_the_remedy_helps(split, value):
    splits = {"training": make_batches(), "validation": make_batches()}
    sound = splits[split]
    splits[split] = poison(sound, value)
    trainer = Trainer(make_model(), CONFIG)
    with pytest.raises(TrainingDiverged) as caught:
        trainer.fit(*splits.values())
    assert caught.value.problem.endswith(f"; 3 values of a {split} batch are NaN or infinite")
    assert caught.value.remedy == "correct these examples or leave them out"
    inputs, labels = splits[split][1]
    corrected = [sound[0], (inputs.nan_to_num(posinf=1), labels), sound[2]]
    for better in (corrected, [sound[0], sound[2]]):
        splits[split] = better
        trainer = Trainer(make_model(), CONFIG)
        trainer.fit(*splits.values())
        assert len(trainer.history) == CONFIG.epochs


def test_targets_that_are_not_finite_are_named():
    batches = [(inputs, inputs[:, :2] * math.nan) for inputs, _ in make_batches()]
    trainer = Trainer(make_model(), CONFIG, loss_fn=F.mse_loss)
    with pytest.raises(TrainingDiverged, match="32 values of a training batch are NaN or infinite"):
        trainer.fit(batches, batches)


def test_a_learning_rate_that_is_too_high_is_not_blamed_on_the_other_split():
    class Exploding(nn.Linear):
        def forward(self, inputs):
            return super().forward(inputs) * math.inf

    with pytest.raises(TrainingDiverged) as caught:
        Trainer(Exploding(2, 2), CONFIG).fit(make_batches(), poison(make_batches(), math.nan))
    assert caught.value.remedy == "try --learning-rate 0.005"


def test_batches_that_play_on_are_not_drawn_again():
    class Playing(list):
        num_passes = 0

        def __iter__(self):
            self.num_passes += 1
            return super().__iter__()

        def state_dict(self):
            return {}

        def load_state_dict(self, state):
            pass

    batches = Playing(poison(make_batches(), math.nan))
    with pytest.raises(TrainingDiverged, match="try --learning-rate"):
        Trainer(make_model(), CONFIG).fit(batches, make_batches())
    assert batches.num_passes == 1


@pytest.mark.parametrize("num_pieces", [1, 2])
def test_a_batch_of_ignored_targets_alone_counts_nothing(num_pieces):
    config = CONFIG.__class__(epochs=2, accumulate=num_pieces, device="cpu")
    batches = make_batches()
    inputs, labels = batches[1]
    batches[1] = (inputs, torch.full_like(labels, -100))
    trainer = Trainer(make_model(), config)
    trainer.fit(batches, make_batches())
    assert len(trainer.history) == 2
    assert all(math.isfinite(row.train_loss) for row in trainer.history)
    assert get_weights(trainer.model).isfinite().all()
