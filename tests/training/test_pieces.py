"""A batch in pieces gives the step of the whole batch."""

import pytest
import torch
from torch import nn

from dlcourse.data.batches import Batches
from dlcourse.data.digits import load_digits
from dlcourse.training.config import TrainConfig
from dlcourse.training.loop import train_steps
from dlcourse.training.pieces import Pieces
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.trainer import Trainer

CPU = torch.device("cpu")


def make_model():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 3)).double()


def make_batches():
    """Batches of 10 and one of 7, which no number of pieces from 2 to 6 divides."""
    generator = torch.Generator().manual_seed(1)
    inputs = torch.randn(37, 4, generator=generator, dtype=torch.float64)
    labels = torch.randint(3, (37,), generator=generator)
    return list(zip(inputs.split(10), labels.split(10), strict=True))


def weights(model):
    return torch.cat([parameter.detach().flatten() for parameter in model.parameters()])


@pytest.mark.parametrize("num_pieces", [2, 3, 4, 20])  # of 20, a batch of 10 gives 10
def test_pieces_take_the_steps_of_whole_batches(num_pieces):
    config = TrainConfig(epochs=25, learning_rate=0.01, device="cpu", clip_norm=0.5)
    histories, ends = [], []
    for accumulate in (1, num_pieces):
        trainer = Trainer(make_model(), TrainConfig(**{**vars(config), "accumulate": accumulate}))
        trainer.fit(make_batches(), make_batches())
        histories.append([(row.step, row.train_loss) for row in trainer.history])
        ends.append(weights(trainer.model))
    # 100 steps in float64, whose roundings are 1e-16 of the value; Adam divides small gradients by themselves
    assert (ends[0] - ends[1]).abs().max() < 1e-12
    assert [step for step, _ in histories[0]] == [step for step, _ in histories[1]]
    for (_, whole), (_, pieces) in zip(*histories, strict=True):
        assert pieces == pytest.approx(whole, rel=1e-12)


def test_a_step_is_reported_once_with_all_its_examples():
    model = make_model()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.0)
    scaler = torch.amp.GradScaler("cpu", enabled=False)
    pieces = Pieces(model, optimizer, 3, scaler, nn.functional.cross_entropy)
    batches = pieces.split(make_batches())
    steps = pieces.join(train_steps(pieces.network, batches, pieces, CPU, pieces.loss_fn))
    seen = [(loss.item(), count) for loss, count in steps]
    losses = [nn.functional.cross_entropy(model(x), y).item() for x, y in make_batches()]
    assert [count for _, count in seen] == [10, 10, 10, 7]
    assert [loss for loss, _ in seen] == pytest.approx(losses, rel=1e-12)  # float64


def test_memory_is_that_of_a_piece():
    sizes = []

    class Watching(nn.Linear):
        def forward(self, inputs):
            sizes.append(len(inputs))
            return super().forward(inputs)

    trainer = Trainer(Watching(4, 3).double(), TrainConfig(epochs=1, device="cpu", accumulate=4))
    trainer.fit(make_batches(), make_batches()[:1])
    assert max(sizes[:-1]) == 3  # of 10; the last is the validation
    assert len(sizes) == 4 * 4 + 1


@pytest.mark.parametrize(
    "settings", [{"accumulate": 3}, {"precision": "bfloat16"}, {"precision": "float16"}]
)
def test_a_stopped_run_ends_as_the_whole_one(tmp_path, monkeypatch, settings):
    config = TrainConfig(epochs=2, device="cpu", checkpoint_seconds=0, **settings)
    digits = load_digits().train

    def train(folder=None, last_step=None):
        torch.manual_seed(0)
        model = nn.Sequential(
            nn.Flatten(), nn.Linear(64, 16), nn.ReLU(), nn.Dropout(0.2), nn.Linear(16, 10)
        )
        trainer = Trainer(model, config, folder)
        batches = Batches(
            digits, 500, max_value=16, device=CPU, generator=torch.Generator().manual_seed(5)
        )
        if last_step:
            trainer.report = lambda at: at.step == last_step and trainer.stop(15)
        trainer.fit(
            batches, Batches(digits, 2000, max_value=16, device=CPU), resume=folder is not None
        )
        return weights(model)

    run = RunFolder(tmp_path / "run")
    run.create({}, config)
    monkeypatch.setattr("dlcourse.training.trainer.REPORT_SECONDS", 0.0)
    with pytest.raises(KeyboardInterrupt, match=r"step 2 of 6"):
        train(run, last_step=2)
    assert torch.equal(train(run), train())


def test_bfloat16_is_what_training_reckons_in_and_weights_stay_float32():
    kinds = []

    class Watching(nn.Linear):
        def forward(self, inputs):
            outputs = super().forward(inputs)
            kinds.append(outputs.dtype)
            return outputs

    model = Watching(4, 3)
    batches = [(inputs.float(), labels) for inputs, labels in make_batches()]
    before = weights(model).clone()
    Trainer(model, TrainConfig(epochs=1, device="cpu", precision="bfloat16")).fit(
        batches, batches[:1]
    )
    assert kinds == [torch.bfloat16] * 4 + [
        torch.float32
    ]  # the validation measures what evaluate will
    assert weights(model).dtype == torch.float32
    assert not torch.equal(weights(model), before)


@pytest.mark.parametrize("fewer", ["bfloat16", "float16"])
def test_fewer_bits_learn_as_float32_does(fewer):
    losses = []
    for precision in ("float32", fewer):
        model = make_model().float()
        batches = [(inputs.float(), labels) for inputs, labels in make_batches()] * 10
        trainer = Trainer(model, TrainConfig(epochs=1, device="cpu", precision=precision))
        trainer.fit(batches, batches)
        losses.append(trainer.history[0].train_loss)
    # bfloat16 keeps 8 bits: each product is right to 0.4 %, and 40 steps follow a slightly other path.
    # With weights that a cache kept from before the first of these steps, the loss would not fall at all.
    assert losses[0] == pytest.approx(losses[1], rel=0.02)


def test_float16_keeps_gradients_that_are_below_its_range():
    """The logits' gradient is 1e-9 here; float16's smallest number is 6e-8."""
    model = nn.Linear(4, 3, bias=False)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.0)
    scaler = torch.amp.GradScaler("cpu")
    pieces = Pieces(model, optimizer, 1, scaler, nn.functional.cross_entropy)
    inputs, labels = torch.ones(1, 4), torch.tensor([0])
    nn.init.zeros_(model.weight)
    model.weight.data[0] = (
        5.25  # the right logit is 21 above the others: their probabilities are 7.6e-10
    )
    with torch.autocast("cpu", torch.float16, cache_enabled=False):
        batches = pieces.split([(inputs, labels)])
        list(train_steps(pieces.network, batches, pieces, CPU, pieces.loss_fn))
    expected = torch.tensor([21.0, 0, 0]).softmax(dim=0)[1]
    assert model.weight.grad[1, 0].item() == pytest.approx(
        expected.item(), rel=1e-3
    )  # float16 has 11 bits


def test_a_step_whose_gradient_float16_cannot_hold_is_left_out():
    model = nn.Linear(4, 3)
    before = weights(model).clone()
    trainer = Trainer(model, TrainConfig(epochs=1, device="cpu", precision="float16"))
    batch = (torch.full((2, 4), 30000.0), torch.tensor([0, 1]))
    trainer.fit([batch], [(torch.ones(2, 4), torch.tensor([0, 1]))])
    assert torch.equal(weights(model), before)
    assert trainer._scaler.get_scale() == 2.0**15  # half of where it begins


@pytest.mark.soak
@pytest.mark.filterwarnings(
    "ignore:.torch.jit.script_method. is deprecated"
)  # in what torch.compile imports
def test_compiled_steps_learn_the_same():
    losses = []
    for is_compiled in (False, True):
        config = TrainConfig(epochs=2, device="cpu", compile=is_compiled)
        trainer = Trainer(make_model(), config)
        trainer.fit(make_batches(), make_batches())
        losses.append(trainer.history[-1].validation_loss)
    assert losses[0] == pytest.approx(losses[1], rel=1e-6)


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs an NVIDIA GPU")
@pytest.mark.parametrize(
    "settings", [{"precision": "float16"}, {"precision": "bfloat16"}, {"compile": True}]
)
def test_cuda_learns_the_same_with_fewer_bits_and_compiled(settings):
    losses = []
    for extra in ({}, settings):
        model = make_model().float()
        batches = [(inputs.float(), labels) for inputs, labels in make_batches()] * 10
        trainer = Trainer(model, TrainConfig(epochs=1, device="cuda", **extra))
        trainer.fit(batches, batches)
        losses.append(trainer.history[0].train_loss)
    assert losses[0] == pytest.approx(losses[1], rel=0.02)  # bfloat16 keeps 8 bits
