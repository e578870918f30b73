"""A batch in pieces gives the step of the whole batch."""

import dataclasses
import math

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.batches import Batches
from dlcourse.data.digits import load_digits
from dlcourse.training.accumulation import add_gradients, steps_in_pieces
from dlcourse.training.config import TrainConfig
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.task import Supervised, Task
from dlcourse.training.trainer import Trainer

CPU = torch.device("cpu")
CONFIG = TrainConfig(epochs=25, learning_rate=0.01, device="cpu", clip_norm=0.5)
needs_gpu = pytest.mark.skipif(not torch.cuda.is_available(), reason="needs an NVIDIA GPU")


def make_model():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 3)).double()


def make_batches(ignored=()):
    """Batches of 10 and one of 7, which no number of pieces from 2 to 6 divides."""
    generator = torch.Generator().manual_seed(1)
    inputs = torch.randn(37, 4, generator=generator, dtype=torch.float64)
    labels = torch.randint(3, (37,), generator=generator)
    labels[list(ignored)] = -100
    return list(zip(inputs.split(10), labels.split(10), strict=True))


def make_float_batches():
    return [(inputs.float(), labels) for inputs, labels in make_batches()]


def get_weights(model):
    return torch.cat([parameter.detach().flatten() for parameter in model.parameters()])


def run_pieces(model, batches, num_pieces, scaler, loss_fn=F.cross_entropy):
    """Take the steps of a pass with a learning rate of 0; return what each yields."""
    optimizers = {"": torch.optim.SGD(model.parameters(), lr=0.0)}
    task = Supervised(loss_fn)
    return list(steps_in_pieces(task, model, batches, optimizers, CPU, num_pieces, scaler))


# The same steps


def assert_pieces_are_the_whole(num_pieces, batches, loss_fn=F.cross_entropy):
    whole = Trainer(make_model(), CONFIG, loss_fn=loss_fn)
    whole.fit(batches, batches)
    config = dataclasses.replace(CONFIG, accumulate=num_pieces)
    pieces = Trainer(make_model(), config, loss_fn=loss_fn)
    pieces.fit(batches, batches)
    # 100 steps in float64, whose roundings are 1e-16 of the value; Adam divides small gradients by
    # themselves.
    assert (get_weights(whole.model) - get_weights(pieces.model)).abs().max() < 1e-12
    for expected, row in zip(whole.history, pieces.history, strict=True):
        assert row.step == expected.step
        assert row.train_loss == pytest.approx(expected.train_loss, rel=1e-12)


@pytest.mark.parametrize("num_pieces", [2, 3, 4, 20])  # of 20, a batch of 10 gives 10
def test_pieces_take_the_steps_of_whole_batches(num_pieces):
    assert_pieces_are_the_whole(num_pieces, make_batches())


def test_class_weights_count_as_in_the_whole_batch():
    weights = torch.tensor([0.2, 1.0, 3.0], dtype=torch.float64)
    assert_pieces_are_the_whole(4, make_batches(), nn.CrossEntropyLoss(weight=weights))


@pytest.mark.parametrize("num_pieces", [1, 2, 4, 10])
def test_a_piece_of_classes_without_weight_counts_nothing(num_pieces):
    weights = torch.tensor([0.0, 1.0, 3.0], dtype=torch.float64)
    batches = make_batches(ignored=[9])
    batches[0][1][:6] = 0  # all of the first pieces, and all of the second batch
    batches[1][1][:] = 0
    assert_pieces_are_the_whole(num_pieces, batches, nn.CrossEntropyLoss(weight=weights))


def test_a_class_without_weight_has_the_gradient_of_pytorch_among_others():
    loss_fn = nn.CrossEntropyLoss(weight=torch.tensor([0.0, 1.0, 3.0], dtype=torch.float64))
    inputs, targets = make_batches(ignored=[9])[0]
    gradients = []
    task = Supervised(loss_fn)
    for compute in (
        lambda model: loss_fn(model(inputs), targets),
        lambda model: task.loss(model, (inputs, targets)),
    ):
        model = make_model()
        compute(model).backward()
        gradients.append(torch.cat([weight.grad.flatten() for weight in model.parameters()]))
    assert gradients[0].isfinite().all()
    assert torch.equal(*gradients)


def test_smoothed_labels_keep_the_loss_of_classes_without_weight():
    weights = torch.tensor([0.0, 1.0, 3.0], dtype=torch.float64)
    loss_fn = nn.CrossEntropyLoss(weight=weights, label_smoothing=0.1)
    inputs, targets = make_batches()[0]
    model = make_model()
    expected = loss_fn(model(inputs), targets)
    assert torch.equal(Supervised(loss_fn).loss(model, (inputs, targets)), expected)


@pytest.mark.parametrize("is_module", [True, False])
def test_ignored_targets_count_as_in_the_whole_batch(is_module):
    loss_fn = nn.CrossEntropyLoss() if is_module else F.cross_entropy
    # In the first batch these are all of the second piece and of the last.
    assert_pieces_are_the_whole(4, make_batches(ignored=[3, 4, 5, 9, 21, 36]), loss_fn)


def test_the_steps_of_pieces_are_those_of_pytorch_by_hand():
    weights = torch.tensor([0.2, 1.0, 3.0], dtype=torch.float64)
    batch = make_batches(ignored=[3, 4, 5, 9])[0]
    model = make_model()
    F.cross_entropy(model(batch[0]), batch[1], weight=weights).backward()
    expected = [parameter.grad for parameter in model.parameters()]
    model = make_model()
    scaler = torch.amp.GradScaler("cpu", enabled=False)
    run_pieces(model, [batch], 4, scaler, nn.CrossEntropyLoss(weight=weights))
    for parameter, gradient in zip(model.parameters(), expected, strict=True):
        torch.testing.assert_close(parameter.grad, gradient, rtol=1e-12, atol=1e-15)


def test_a_step_is_reported_once_with_the_whole_batch():
    model = make_model()
    scaler = torch.amp.GradScaler("cpu", enabled=False)
    steps = run_pieces(model, make_batches(), 3, scaler)
    assert [len(batch[0]) for _, batch in steps] == [10, 10, 10, 7]
    for (loss, _), (inputs, labels) in zip(steps, make_batches(), strict=True):
        expected = F.cross_entropy(model(inputs), labels).item()
        assert loss.item() == pytest.approx(expected, rel=1e-12)  # float64
        assert not loss.requires_grad


class Watching(nn.Linear):
    """A layer that notes how many examples it gets at once, and what its outputs are made of."""

    def __init__(self):
        super().__init__(4, 3)
        self.sizes = []
        self.types = []

    def forward(self, inputs):
        outputs = super().forward(inputs)
        self.sizes.append(len(inputs))
        self.types.append(outputs.dtype)
        return outputs


def test_memory_is_that_of_a_piece():
    model = Watching().double()
    config = TrainConfig(epochs=1, device="cpu", accumulate=4)
    Trainer(model, config).fit(make_batches(), make_batches()[:1])
    *training, validation = model.sizes
    assert len(training) == 4 * 4
    assert max(training) == 3  # of 10
    assert validation == 10


@pytest.mark.parametrize(
    "settings", [{"accumulate": 3}, {"precision": "bfloat16"}, {"precision": "float16"}]
)
def test_a_stopped_run_ends_as_the_whole_one(tmp_path, settings):
    config = TrainConfig(epochs=2, device="cpu", checkpoint_seconds=0, **settings)
    digits = load_digits().train

    def train(folder=None, last_step=None):
        def stop_at_last_step(progress):
            if progress.step == last_step:
                trainer.stop(15)

        torch.manual_seed(0)
        model = nn.Sequential(
            nn.Flatten(), nn.Linear(64, 16), nn.ReLU(), nn.Dropout(0.2), nn.Linear(16, 10)
        )
        trainer = Trainer(model, config, folder, report=stop_at_last_step, report_seconds=0.0)
        generator = torch.Generator().manual_seed(5)
        batches = Batches(digits, 500, max_value=16, device=CPU, generator=generator)
        validation = Batches(digits, 2000, max_value=16, device=CPU)
        trainer.fit(batches, validation, resume=folder is not None)
        return get_weights(model)

    run = RunFolder(tmp_path / "run")
    run.create({}, config)
    with pytest.raises(KeyboardInterrupt, match=r"step 2 of 6"):
        train(run, last_step=2)
    assert torch.equal(train(run), train())


def test_what_comes_after_the_last_yield_of_a_task_is_run():
    finished = []

    class Finishing(Supervised):
        def losses(self, network, batch):
            yield "", self.loss(network, batch)
            finished.append(len(batch[0]))

    model = make_model()
    optimizers = {"": torch.optim.SGD(model.parameters(), lr=0.0)}
    scaler = torch.amp.GradScaler("cpu", enabled=False)
    batches = make_batches()[:1]
    list(steps_in_pieces(Finishing(), model, batches, optimizers, CPU, 3, scaler))
    assert finished == [4, 4, 2]


def test_pieces_are_for_training_on_the_device_that_is_given():
    meta = torch.device("meta")
    model = make_model().eval().to(meta)
    optimizers = {"": torch.optim.SGD(model.parameters(), lr=0.1)}
    scaler = torch.amp.GradScaler("cpu", enabled=False)
    batches = make_batches()[:1]

    def loss_fn(outputs, targets):
        return outputs.mean()

    task = Supervised(loss_fn)
    ((loss, batch),) = steps_in_pieces(task, model, batches, optimizers, meta, 2, scaler)
    assert model.training
    assert loss.device == meta
    assert [part.device for part in batch] == [meta, meta]


# Several processes, of which the others are pretended


class Transfer:
    """A sum over processes that all have the same gradients; it is there after `wait`."""

    def __init__(self, bucket, num_processes):
        self.bucket = bucket
        self.num_processes = num_processes

    def wait(self):
        self.bucket.mul_(self.num_processes)


@pytest.fixture
def pretend(monkeypatch):
    """Return a function that makes this process one of several, and gives the buckets it sends."""

    def pretend_processes(rank, num_processes):
        buckets = []

        def all_reduce(bucket, async_op=False):
            buckets.append(bucket.clone())
            transfer = Transfer(bucket, num_processes)
            if async_op:
                return transfer
            return transfer.wait()

        monkeypatch.setattr("dlcourse.training.accumulation.get_rank", lambda: rank)
        monkeypatch.setattr("dlcourse.training.accumulation.count_processes", lambda: num_processes)
        monkeypatch.setattr("torch.distributed.all_reduce", all_reduce)
        return buckets

    return pretend_processes


class Sum(Task):
    """The loss is the mean of the inputs times a weight; the pieces are noted."""

    def __init__(self):
        self.pieces = []

    def loss(self, network, batch):
        (inputs,) = batch
        self.pieces.append(inputs.flatten().tolist())
        return network(inputs).mean()


def run_sum(inputs, num_pieces):
    """Take one step of Sum with a weight of 1; return the loss, the pieces and the gradient."""
    model = nn.Linear(1, 1, bias=False)
    nn.init.ones_(model.weight)
    optimizers = {"": torch.optim.SGD(model.parameters(), lr=0.0)}
    task = Sum()
    scaler = torch.amp.GradScaler("cpu", enabled=False)
    batches = [(torch.tensor(inputs).reshape(-1, 1),)]
    with torch.device("meta"):  # where new tensors are, unless they name their device
        steps = list(steps_in_pieces(task, model, batches, optimizers, CPU, num_pieces, scaler))
    ((loss, _),) = steps
    return loss.item(), task.pieces, model.weight.grad.item()


def test_a_process_takes_every_nth_example(pretend):
    pretend(rank=1, num_processes=3)
    loss, pieces, gradient = run_sum([0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0], num_pieces=2)
    assert pieces == [[1.0, 4.0], [7.0]]
    assert loss == 1.5  # (1 + 4 + 7) / 8: its part of the mean of the whole batch
    assert gradient == 4.5  # the sum over three processes that all have 1.5


def test_a_process_without_an_example_takes_part_with_one_that_counts_nothing(pretend):
    buckets = pretend(rank=2, num_processes=3)
    loss, pieces, gradient = run_sum([5.0, 6.0], num_pieces=2)
    assert pieces == [[5.0]]
    assert len(buckets) == 1
    assert loss == 0.0
    assert gradient == 0.0


def test_a_piece_that_counts_nothing_may_have_no_mean(pretend):
    pretend(rank=1, num_processes=2)
    loss, _, _ = run_sum([math.nan], num_pieces=1)
    assert loss == 0.0


def test_gradients_travel_in_buckets_of_one_type(pretend, monkeypatch):
    buckets = pretend(rank=0, num_processes=2)
    monkeypatch.setattr("dlcourse.training.accumulation.BUCKET_VALUES", 10)
    network = nn.Module()
    network.six = nn.Parameter(torch.zeros(2, 3))
    network.four = nn.Parameter(torch.zeros(4))
    network.one = nn.Parameter(torch.zeros(1))
    network.unused = nn.Parameter(torch.zeros(1))
    network.other_type = nn.Parameter(torch.zeros(2, dtype=torch.float64))
    network.twelve = nn.Parameter(torch.zeros(12))
    network.two = nn.Parameter(torch.zeros(2))
    network.three = nn.Parameter(torch.zeros(3))
    weights = [weight for weight in network.parameters() if weight is not network.unused]
    for number, weight in enumerate(weights):
        weight.grad = torch.full_like(weight, number)
    add_gradients(network)
    # Six and four are 10 together. Twelve are too many for any bucket, so they get their own.
    assert [len(bucket) for bucket in buckets] == [10, 1, 2, 12, 5]
    for number, weight in enumerate(weights):
        assert torch.equal(weight.grad, torch.full_like(weight, 2 * number))
    assert network.unused.grad is None


# Lower precision


def test_outputs_are_bfloat16_in_training_and_weights_stay_float32():
    model = Watching()
    batches = make_float_batches()
    before = get_weights(model).clone()
    config = TrainConfig(epochs=1, device="cpu", precision="bfloat16")
    Trainer(model, config).fit(batches, batches[:1])
    # The validation measures what `evaluate` will.
    assert model.types == [torch.bfloat16] * 4 + [torch.float32]
    assert get_weights(model).dtype == torch.float32
    assert not torch.equal(get_weights(model), before)


def get_train_loss(**settings):
    """Return the mean loss of 40 steps in float32, or as the settings say."""
    model = make_model().float()
    batches = make_float_batches() * 10
    trainer = Trainer(model, TrainConfig(epochs=1, **settings))
    trainer.fit(batches, batches)
    return trainer.history[0].train_loss


@pytest.mark.parametrize("precision", ["bfloat16", "float16"])
def test_lower_precision_learns_as_float32_does(precision):
    expected = get_train_loss(device="cpu")
    loss = get_train_loss(device="cpu", precision=precision)
    # bfloat16 keeps 8 bits: each product is exact to 0.4%, and 40 steps follow a slightly different
    # path. With weights that a cache kept from before the first of these steps, the loss would not
    # fall at all.
    assert loss == pytest.approx(expected, rel=0.02)


def test_float16_keeps_gradients_that_are_below_its_range():
    """The logits' gradient is 1e-9 here; float16's smallest number is 6e-8."""
    model = nn.Linear(4, 3, bias=False)
    inputs = torch.ones(1, 4)
    labels = torch.tensor([0])
    nn.init.zeros_(model.weight)
    # The correct logit is 21 above the others: their probabilities are 7.6e-10.
    model.weight.data[0] = 5.25
    scaler = torch.amp.GradScaler("cpu")
    with torch.autocast("cpu", torch.float16, cache_enabled=False):
        run_pieces(model, [(inputs, labels)], 1, scaler)
    expected = torch.tensor([21.0, 0, 0]).softmax(dim=0)[1].item()
    # float16 has 11 bits.
    assert model.weight.grad[1, 0].item() == pytest.approx(expected, rel=1e-3)


def test_a_step_whose_gradient_float16_cannot_hold_is_left_out():
    model = nn.Linear(4, 3)
    before = get_weights(model).clone()
    trainer = Trainer(model, TrainConfig(epochs=1, device="cpu", precision="float16"))
    batch = (torch.full((2, 4), 30000.0), torch.tensor([0, 1]))
    trainer.fit([batch], [(torch.ones(2, 4), torch.tensor([0, 1]))])
    assert torch.equal(get_weights(model), before)
    assert trainer.scaler.get_scale() == 2.0**15  # half of where it begins


# Compiled, and on a GPU


@pytest.mark.soak
@pytest.mark.filterwarnings(
    "ignore:.torch.jit.script_method. is deprecated"  # in what torch.compile imports
)
def test_compiled_steps_learn_the_same():
    losses = []
    for is_compiled in (False, True):
        config = TrainConfig(epochs=2, device="cpu", compile=is_compiled)
        trainer = Trainer(make_model(), config)
        trainer.fit(make_batches(), make_batches())
        losses.append(trainer.history[-1].figures["loss"])
    assert losses[0] == pytest.approx(losses[1], rel=1e-6)


@pytest.mark.gpu
@needs_gpu
@pytest.mark.parametrize(
    "settings", [{"precision": "float16"}, {"precision": "bfloat16"}, {"compile": True}]
)
def test_cuda_learns_the_same_in_lower_precision_and_compiled(settings):
    expected = get_train_loss(device="cuda")
    loss = get_train_loss(device="cuda", **settings)
    assert loss == pytest.approx(expected, rel=0.02)  # bfloat16 keeps 8 bits
