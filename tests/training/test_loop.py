import math

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.training.loop import evaluate, train_epoch, train_steps

CPU = torch.device("cpu")


def make_examples(count, seed=0):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(count, 4, generator=generator), torch.randint(
        3, (count,), generator=generator
    )


def make_linear():
    torch.manual_seed(0)
    return nn.Linear(4, 3)


def test_a_step_is_that_of_gradient_descent():
    inputs, labels = make_examples(8)
    model = nn.Linear(4, 3, bias=False)
    nn.init.zeros_(model.weight)
    train_epoch(model, [(inputs, labels)], torch.optim.SGD(model.parameters(), lr=0.5), CPU)
    # softmax of zeros is 1/3 each, so the gradient of the mean loss is (1/3 - one-hot)^T inputs / 8
    gradient = (1 / 3 - F.one_hot(labels, 3).float()).T @ inputs / 8
    assert torch.allclose(
        model.weight, -0.5 * gradient, atol=1e-7
    )  # a few float32 roundings of values near 0.1


def test_gradients_of_before_do_not_count():
    batches = [make_examples(8)]
    clean, stale = make_linear(), make_linear()
    for parameter in stale.parameters():
        parameter.grad = torch.full_like(parameter, 1e6)
    for model in (clean, stale):
        train_epoch(model, batches, torch.optim.SGD(model.parameters(), lr=0.5), CPU)
    assert torch.equal(clean.weight, stale.weight)


def test_the_mean_loss_counts_each_example_once():
    inputs, labels = make_examples(10)
    model = make_linear()
    expected = F.cross_entropy(model(inputs), labels).item()
    ragged = list(zip(inputs.split(4), labels.split(4), strict=True))  # 4, 4 and 2 examples
    loss = train_epoch(model, ragged, torch.optim.SGD(model.parameters(), lr=0.0), CPU)
    assert loss == pytest.approx(expected, rel=1e-6)  # float32 sums in another order
    assert evaluate(model, ragged, CPU)[0] == pytest.approx(expected, rel=1e-6)


def test_each_step_gives_its_loss_and_count():
    inputs, labels = make_examples(10)
    batches = list(zip(inputs.split(4), labels.split(4), strict=True))
    model = make_linear()
    seen = list(train_steps(model, batches, torch.optim.SGD(model.parameters(), lr=0.0), CPU))
    assert [count for _, count in seen] == [4, 4, 2]
    assert not any(
        loss.requires_grad for loss, _ in seen
    )  # else each would keep its whole graph alive
    for (loss, _), (images, targets) in zip(seen, batches, strict=True):
        assert loss.item() == pytest.approx(F.cross_entropy(model(images), targets).item())


def test_evaluate_knows_a_perfect_and_a_clueless_model():
    labels = torch.tensor([0, 1, 2, 0])
    assert evaluate(nn.Identity(), [(100.0 * F.one_hot(labels), labels)], CPU) == (0.0, 1.0)
    loss, accuracy = evaluate(nn.Identity(), [(torch.zeros(4, 3), labels)], CPU)
    assert loss == pytest.approx(math.log(3))  # three equal chances
    assert accuracy == 0.5  # argmax takes the first of equals, and two of four labels are 0


def test_training_is_for_training_and_evaluation_changes_nothing():
    inputs, labels = make_examples(8)
    model = nn.Sequential(nn.BatchNorm1d(4), nn.Dropout(0.5), nn.Linear(4, 3))
    train_epoch(model, [(inputs, labels)], torch.optim.SGD(model.parameters(), lr=0.1), CPU)
    assert model.training
    assert model[0].num_batches_tracked == 1
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    assert evaluate(model, [(inputs, labels)], CPU) == evaluate(
        model, [(inputs, labels)], CPU
    )  # no dropout either
    assert not model.training
    assert all(torch.equal(tensor, before[name]) for name, tensor in model.state_dict().items())


def test_no_batches_are_refused():
    model = make_linear()
    with pytest.raises(ValueError, match="at least one example"):
        train_epoch(model, [], torch.optim.SGD(model.parameters(), lr=0.1), CPU)
    with pytest.raises(ValueError, match="at least one example"):
        evaluate(model, [], CPU)


def test_any_loss_can_be_made_small_and_only_classes_have_an_accuracy():
    inputs, _ = make_examples(8)
    targets = inputs @ torch.tensor([[1.0], [-2.0], [0.5], [0.0]])
    model = nn.Linear(4, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
    for _ in range(200):
        train_epoch(model, [(inputs, targets)], optimizer, CPU, loss_fn=F.mse_loss)
    ragged = list(zip(inputs.split(3), targets.split(3), strict=True))
    loss, accuracy = evaluate(model, ragged, CPU, F.mse_loss)
    assert accuracy is None
    assert loss == pytest.approx(
        F.mse_loss(model(inputs), targets).item(), rel=1e-5
    )  # another order of sums
    assert loss < 1e-3  # a straight line fits these targets without rest


def test_each_place_of_a_sequence_is_judged():
    labels = torch.tensor([[0, 1, 2], [2, 1, 0]])  # (batch, time)
    logits = F.one_hot(labels, 3).float().transpose(1, 2)  # (batch, classes, time)
    logits[1, :, 2] = torch.tensor([0.0, 0.0, 9.0])  # one of six is taken for class 2
    loss, accuracy = evaluate(nn.Identity(), [(logits, labels)], CPU)
    assert accuracy == pytest.approx(5 / 6)
    assert loss == pytest.approx(F.cross_entropy(logits, labels).item())
