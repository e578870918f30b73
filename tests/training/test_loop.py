"""The loops: steps of gradient descent, and figures that count each example once."""

import math

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.training.loop import evaluate, evaluate_task, train_epoch, train_steps
from dlcourse.training.task import Supervised, Task

CPU = torch.device("cpu")


def make_examples(count, seed=0):
    generator = torch.Generator().manual_seed(seed)
    inputs = torch.randn(count, 4, generator=generator)
    labels = torch.randint(3, (count,), generator=generator)
    return inputs, labels


def make_linear():
    torch.manual_seed(0)
    return nn.Linear(4, 3)


def make_sgd(model, rate):
    return torch.optim.SGD(model.parameters(), lr=rate)


# Training


def test_a_step_is_that_of_gradient_descent():
    inputs, labels = make_examples(8)
    model = nn.Linear(4, 3, bias=False)
    nn.init.zeros_(model.weight)
    train_epoch(model, [(inputs, labels)], make_sgd(model, 0.5), CPU)
    # softmax of zeros is 1/3 each, so the gradient of the mean loss is (1/3 - one-hot)^T inputs / 8
    gradient = (1 / 3 - F.one_hot(labels, 3).float()).T @ inputs / 8
    expected = -0.5 * gradient
    # A few float32 roundings of values near 0.1.
    assert torch.allclose(model.weight, expected, atol=1e-7)


def test_gradients_of_before_do_not_count():
    batches = [make_examples(8)]
    clean = make_linear()
    stale = make_linear()
    for parameter in stale.parameters():
        parameter.grad = torch.full_like(parameter, 1e6)
    for model in (clean, stale):
        train_epoch(model, batches, make_sgd(model, 0.5), CPU)
    assert torch.equal(clean.weight, stale.weight)


def test_the_mean_loss_counts_each_example_once():
    inputs, labels = make_examples(10)
    model = make_linear()
    expected = F.cross_entropy(model(inputs), labels).item()
    ragged = list(zip(inputs.split(4), labels.split(4), strict=True))  # 4, 4 and 2 examples
    loss = train_epoch(model, ragged, make_sgd(model, 0.0), CPU)
    # float32 sums in another order
    assert loss == pytest.approx(expected, rel=1e-6)
    assert evaluate(model, ragged, CPU)[0] == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("weight", [None, torch.tensor([0.5, 1.0, 4.0])])
def test_class_weights_and_ignored_targets_are_those_of_the_whole(weight):
    inputs, labels = make_examples(10)
    labels[[1, 4, 5, 6, 7]] = -100  # all of the second batch
    model = make_linear()
    loss_fn = nn.CrossEntropyLoss(weight=weight)
    expected = loss_fn(model(inputs), labels).item()
    ragged = list(zip(inputs.split(4), labels.split(4), strict=True))
    loss, accuracy = evaluate(model, ragged, CPU, loss_fn)
    assert loss == pytest.approx(expected, rel=1e-6)
    is_correct = model(inputs).argmax(dim=1) == labels
    assert accuracy == is_correct.sum().item() / 5
    counted = [ragged[0], ragged[2]]
    loss = train_epoch(model, counted, make_sgd(model, 0.0), CPU, loss_fn)
    assert loss == pytest.approx(expected, rel=1e-6)


def test_each_step_yields_its_loss_and_its_batch():
    inputs, labels = make_examples(10)
    batches = list(zip(inputs.split(4), labels.split(4), strict=True))
    model = make_linear()
    seen = list(train_steps(Supervised(), model, batches, {"": make_sgd(model, 0.0)}, CPU))
    for (loss, batch), (images, targets) in zip(seen, batches, strict=True):
        assert not loss.requires_grad  # else each would keep its whole graph alive
        assert loss.item() == pytest.approx(F.cross_entropy(model(images), targets).item())
        assert torch.equal(batch[0], images)
        assert torch.equal(batch[1], targets)


class Duel(Task):
    """The first weight learns to be 1; the second to be the first, as it is after its step."""

    learners = ("first", "second")

    def losses(self, network, batch):
        first = network["first"].weight
        second = network["second"].weight
        yield "first", (first - 1).square().sum() / 2
        yield "second", (second - first.detach()).square().sum() / 2


def test_a_learner_steps_before_the_next_loss_is_computed():
    network = nn.ModuleDict({name: nn.Linear(1, 1, bias=False) for name in Duel.learners})
    for layer in network.values():
        nn.init.zeros_(layer.weight)
    optimizers = {name: make_sgd(network[name], 0.5) for name in Duel.learners}
    steps = list(train_steps(Duel(), network, [(torch.ones(1),)], optimizers, CPU))
    # The gradients are the differences: 0 - 1 for the first, then 0 - 0.5 for the second.
    assert network["first"].weight.item() == 0.5
    assert network["second"].weight.item() == 0.25
    assert [loss.item() for loss, _ in steps] == [0.125]  # (0 - 0.5)^2 / 2, the last of the losses


# Evaluation


def test_a_perfect_and_a_clueless_model_have_the_known_figures():
    labels = torch.tensor([0, 1, 2, 0])
    assert evaluate(nn.Identity(), [(100.0 * F.one_hot(labels), labels)], CPU) == (0.0, 1.0)
    loss, accuracy = evaluate(nn.Identity(), [(torch.zeros(4, 3), labels)], CPU)
    assert loss == pytest.approx(math.log(3))  # three equal chances
    assert accuracy == 0.5  # argmax takes the first of equals, and two of four labels are 0


def test_training_is_for_training_and_evaluation_changes_nothing():
    batches = [make_examples(8)]
    model = nn.Sequential(nn.BatchNorm1d(4), nn.Dropout(0.5), nn.Linear(4, 3))
    train_epoch(model, batches, make_sgd(model, 0.1), CPU)
    assert model.training
    assert model[0].num_batches_tracked == 1
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    first = evaluate(model, batches, CPU)
    assert evaluate(model, batches, CPU) == first  # no dropout either
    assert not model.training
    for name, tensor in model.state_dict().items():
        assert torch.equal(tensor, before[name])


def test_no_batches_are_refused():
    model = make_linear()
    said = "^batches must hold at least one example, got none$"
    with pytest.raises(ValueError, match=said):
        train_epoch(model, [], make_sgd(model, 0.1), CPU)
    with pytest.raises(ValueError, match=said):
        evaluate(model, [], CPU)


def test_any_loss_can_be_made_small_and_only_classes_have_an_accuracy():
    inputs, _ = make_examples(8)
    targets = inputs @ torch.tensor([[1.0], [-2.0], [0.5], [0.0]])
    model = nn.Linear(4, 1)
    optimizer = make_sgd(model, 0.2)
    for _ in range(200):
        train_epoch(model, [(inputs, targets)], optimizer, CPU, loss_fn=F.mse_loss)
    ragged = list(zip(inputs.split(3), targets.split(3), strict=True))
    loss, accuracy = evaluate(model, ragged, CPU, F.mse_loss)
    expected = F.mse_loss(model(inputs), targets).item()
    assert accuracy is None
    assert loss == pytest.approx(expected, rel=1e-5)  # another order of sums
    assert loss < 1e-3  # a straight line fits these targets exactly


def test_each_place_of_a_sequence_is_judged():
    labels = torch.tensor([[0, 1, 2], [2, 1, 0]])  # (batch, time)
    logits = F.one_hot(labels, 3).float().transpose(1, 2)  # (batch, classes, time)
    logits[1, :, 2] = torch.tensor([0.0, 0.0, 9.0])  # one of six is taken for class 2
    loss, accuracy = evaluate(nn.Identity(), [(logits, labels)], CPU)
    assert accuracy == pytest.approx(5 / 6)
    assert loss == pytest.approx(F.cross_entropy(logits, labels).item())


class Noise(Task):
    """A figure that is drawn at random, as that of a network that generates images."""

    def measure(self, network, batch):
        return {"loss": (torch.rand(()), 1)}


def test_a_random_figure_is_the_same_at_each_call_and_the_generator_stays():
    torch.manual_seed(5)
    before = torch.get_rng_state()
    batches = [(torch.ones(1),)] * 3
    first = evaluate_task(Noise(), nn.Identity(), batches, CPU)
    assert torch.equal(torch.get_rng_state(), before)
    torch.manual_seed(6)
    assert evaluate_task(Noise(), nn.Identity(), batches, CPU) == first


class Tenths(Task):
    """A sum of 0.1 and a divisor of 0.3 from each batch, in float32."""

    def measure(self, network, batch):
        return {"loss": (torch.tensor(0.1), torch.tensor(0.3))}


def test_many_batches_are_added_up_in_double_precision():
    batches = [(torch.ones(1),)] * 3000
    figures = evaluate_task(Tenths(), nn.Identity(), batches, CPU)
    expected = torch.tensor(0.1).item() / torch.tensor(0.3).item()
    assert figures["loss"] == pytest.approx(expected, rel=1e-12)


# Devices: "meta" is one that every computer has


class Devices(Task):
    """Notes on which devices the parts of its batches are."""

    def __init__(self):
        self.seen = []

    def loss(self, network, batch):
        self.seen.append([part.device.type for part in batch])
        return network(batch[0]).sum()

    def measure(self, network, batch):
        self.seen.append([part.device.type for part in batch])
        return {"loss": (1.0, 1)}


def test_batches_go_to_the_device_that_is_given():
    task = Devices()
    meta = torch.device("meta")
    model = make_linear().to(meta)
    batches = [make_examples(8)]
    ((loss, batch),) = train_steps(task, model, batches, {"": make_sgd(model, 0.1)}, meta)
    assert loss.device == meta
    assert [part.device for part in batch] == [meta, meta]
    evaluate_task(task, model, batches, meta)
    assert task.seen == [["meta", "meta"]] * 2


def test_an_epoch_is_trained_on_the_device_that_is_given():
    meta = torch.device("meta")
    model = make_linear().to(meta)
    seen = []

    def loss_fn(outputs, targets):
        seen.append(targets.device)
        return F.cross_entropy(outputs, targets)

    with pytest.raises(RuntimeError, match="meta tensors"):  # their mean has no value
        train_epoch(model, [make_examples(8)], make_sgd(model, 0.1), meta, loss_fn)
    assert seen == [meta]


def test_losses_are_added_up_on_the_device_that_is_given():
    inputs, labels = make_examples(8)
    model = make_linear()
    optimizer = make_sgd(model, 0.0)
    expected = F.cross_entropy(model(inputs), labels).item()
    with torch.device("meta"):  # where new tensors are, unless they name their device
        loss = train_epoch(model, [(inputs, labels)], optimizer, CPU)
    assert loss == pytest.approx(expected)
