"""What the page on Keras claims, with other settings than the page's."""

import math
import os
import re
import subprocess
import sys
from functools import cache, partial
from pathlib import Path

import matplotlib
import pytest
import torch
from page_snippets import run_snippet
from torch import nn
from torch.nn import functional as F

from dlcourse.models.mlp import MLP

keras = pytest.importorskip("keras", reason="needs the extra dlcourse[keras]")
# NumPy's remark on how Keras converts a tensor
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "keras" / "index.md").read_text("utf-8")
SNIPPETS = ROOT / "snippets" / "keras"
SOAK = pytest.mark.soak
names_of = cache(partial(run_snippet, "keras"))


# Back end


def run_alone(code, home, **variables):
    """Run Python in a process of its own, with its own home folder; return what it prints."""
    environment = {**os.environ, "HOME": str(home), "USERPROFILE": str(home), **variables}
    environment["MPLCONFIGDIR"] = matplotlib.get_configdir()  # its cache of fonts takes seconds
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env=environment, cwd=home
    )
    return done.stdout.split()


def test_keras_runs_on_pytorch_alone_and_writes_one_file_into_its_folder(tmp_path):
    code = "import keras, sys; print(keras.config.backend(), 'tensorflow' in sys.modules,"
    code += " 'jax' in sys.modules)"
    folder = tmp_path / "settings"
    expected = ["torch", "False", "False"]
    assert run_alone(code, tmp_path, KERAS_BACKEND="torch", KERAS_HOME=str(folder)) == expected
    assert [path.name for path in folder.iterdir()] == ["keras.json"]
    assert not (tmp_path / ".keras").exists()


@pytest.mark.soak
def test_without_a_folder_keras_writes_into_the_home_folder_and_with_devnull_nowhere(tmp_path):
    variables = {"KERAS_BACKEND": "torch"}
    run_alone("import keras", tmp_path, **variables, KERAS_HOME=os.devnull)
    assert not (tmp_path / ".keras").exists()
    code = "import os; del os.environ['KERAS_HOME']; import keras"
    run_alone(code, tmp_path, **variables)
    assert (tmp_path / ".keras" / "keras.json").exists()


# The same network


def dense_network(in_features, hidden_features, num_classes):
    return keras.Sequential(
        [
            keras.Input((in_features,)),
            keras.layers.Dense(hidden_features, activation="relu"),
            keras.layers.Dense(num_classes),
        ]
    )


def in_keras_order(model):
    return [model.hidden.weight.T, model.hidden.bias, model.output.weight.T, model.output.bias]


@pytest.mark.parametrize("sizes", [(784, 128, 10), (64, 32, 10), (5, 7, 3), (3, 1, 2)])
def test_copied_weights_give_the_same_outputs_and_count(sizes, seed):
    torch.manual_seed(seed)
    ours = MLP(*sizes)
    theirs = dense_network(*sizes)
    theirs.set_weights(in_keras_order(ours))
    assert theirs.count_params() == sum(p.numel() for p in ours.parameters())
    assert all(isinstance(part, nn.Module) for part in (theirs, *theirs.layers))
    images = torch.rand(33, sizes[0])
    # Sums of at most 784 products of about 0.01 in float32: rounding is below 1e-6
    assert torch.allclose(theirs(images), ours(images.reshape(33, 1, 1, -1)), rtol=0, atol=1e-5)


def test_a_square_matrix_that_is_not_transposed_gives_other_outputs():
    torch.manual_seed(0)
    ours = MLP(6, 6, 6)
    theirs = dense_network(6, 6, 6)
    weights = in_keras_order(ours)
    weights[0] = weights[0].T
    theirs.set_weights(weights)
    images = torch.rand(33, 6)
    assert (theirs(images) - ours(images.reshape(33, 1, 1, 6))).abs().max() > 0.01


# Three calls


def sections(snippet):
    """Return the parts of a snippet by the comments that mark them."""
    source = (SNIPPETS / f"{snippet}.py").read_text("utf-8")
    parts = re.split(r"^# (compile|fit|evaluate)$", source, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_each_line_of_the_table_stands_in_its_part_of_both_programs():
    table = PAGE.partition("| call | in Keras | in PyTorch |")[2].partition("\n\n")[0]
    rows = [re.split(r"(?<!\\)\|", row)[1:4] for row in table.strip().splitlines()[1:]]
    of_keras = sections("fit")
    of_pytorch = sections("loop")
    num_found = 0
    for call, left, right in rows:
        part = call.strip().strip("`")
        for code in re.findall(r"`([^`]+)`", left):
            if code != "shuffle=False":  # what the call does not say
                assert code in of_keras[part], code
                num_found += 1
        for code in re.findall(r"`([^`]+)`", right):
            place = part
            if "line 1" in right:  # the loss, which PyTorch names where it is computed
                place = "fit"
            if part == "compile" and code == "is_correct":
                place = "evaluate"
            assert code in of_pytorch[place], code
            num_found += 1
    assert {call.strip().strip("`") for call, _, _ in rows} == {"compile", "fit", "evaluate"}
    assert num_found >= 15


def build(seed, hidden_features=128):
    """Return a network of Keras for the digits."""
    keras.utils.set_random_seed(seed)
    return keras.Sequential(
        [
            keras.Input((1, 8, 8)),
            keras.layers.Flatten(),
            keras.layers.Dense(hidden_features, activation="relu"),
            keras.layers.Dense(10),
        ]
    )


def compile_with(model, optimizer):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=optimizer, loss=loss)


class CountBatches(keras.callbacks.Callback):
    """Counts the batches of a training."""

    num_batches = 0

    def on_train_batch_end(self, batch, logs=None):
        self.num_batches += 1


@pytest.mark.parametrize("num_examples", [31, 32, 33, 100])
def test_the_default_batch_has_32_examples_and_the_last_one_may_be_smaller(num_examples):
    model = build(0)
    compile_with(model, keras.optimizers.SGD(0.1))
    counter = CountBatches()
    images = names_of("fit")["images"][:num_examples]
    labels = names_of("fit")["labels"][:num_examples]
    model.fit(images, labels, epochs=3, verbose=0, callbacks=[counter])
    assert counter.num_batches == 3 * math.ceil(num_examples / 32)


def test_only_fit_moves_the_weights():
    model = build(1)
    images = names_of("fit")["new_images"]
    labels = names_of("fit")["new_labels"]
    before = [p.clone() for p in model.parameters()]

    def is_unmoved():
        return all(torch.equal(a, b) for a, b in zip(before, model.parameters(), strict=True))

    compile_with(model, keras.optimizers.SGD(0.3))
    assert is_unmoved()
    model.evaluate(images, labels, verbose=0)
    model.predict(images, verbose=0)
    assert is_unmoved()
    model.fit(images, labels, verbose=0)
    assert not is_unmoved()


def test_fit_shuffles_unless_told_otherwise():
    images = names_of("fit")["images"]
    labels = names_of("fit")["labels"]
    found = {}
    for shuffle in (True, False):
        weights = []
        for seed_of_order in (1, 2):
            model = build(0)
            compile_with(model, keras.optimizers.SGD(0.3))
            keras.utils.set_random_seed(seed_of_order)
            options = {} if shuffle else {"shuffle": False}
            model.fit(images, labels, verbose=0, **options)
            weights.append(nn.utils.parameters_to_vector(model.parameters()))
        found[shuffle] = torch.equal(*weights)
    assert found == {True: False, False: True}


# Validation data


@pytest.mark.parametrize("num_validation", [1, 50, 143])
def test_validation_data_leave_the_weights_as_they_are(num_validation):
    names = names_of("validation")
    data = tuple(part[:num_validation] for part in names["new"])
    measured, losses = names["train"](names["images"], names["labels"], validation_data=data)
    assert torch.equal(measured, names["without"])
    assert len(losses["val_loss"]) == len(losses["loss"]) == 3


def test_a_shuffled_run_with_validation_data_takes_other_batches():
    images = names_of("fit")["images"]
    labels = names_of("fit")["labels"]
    weights = []
    for options in ({}, {"validation_data": names_of("validation")["new"]}):
        model = build(0)
        compile_with(model, keras.optimizers.SGD(0.3))
        model.fit(images, labels, epochs=3, verbose=0, **options)
        weights.append(nn.utils.parameters_to_vector(model.parameters()))
    assert not torch.equal(*weights)


# The loop inside fit

SETTINGS = [  # batch size, learning rate, epochs
    (32, 0.1, 3),
    (64, 0.5, 3),
    (100, 0.01, 1),
    (1295, 0.5, 5),
    pytest.param(7, 0.05, 2, marks=SOAK),
    pytest.param(1, 0.01, 1, marks=SOAK),
    pytest.param(48, 0.3, 10, marks=SOAK),
]


@pytest.mark.parametrize(("batch_size", "learning_rate", "num_epochs"), SETTINGS)
def test_fit_and_the_loop_give_the_same_bits(batch_size, learning_rate, num_epochs, seed):
    train_both = names_of("same_loop")["train_both"]
    gap, of_fit, of_loop = train_both(batch_size, learning_rate, num_epochs, seed)
    assert gap == 0
    # The losses are added up in float32 by Keras and in float64 by the loop
    assert of_fit == pytest.approx(of_loop, abs=1e-5)


def test_the_largest_difference_would_show_another_learning_rate():
    """A step of another length by a millionth is seen."""
    source = (SNIPPETS / "same_loop.py").read_text("utf-8")
    line = "lr=learning_rate)"
    assert source.count(line) == 1
    names: dict = {"__name__": "same_loop"}
    exec(source.replace(line, "lr=learning_rate * 1.000001)"), names)
    assert names["gap"] > 0


def test_without_shuffle_off_the_weights_differ_and_the_curves_stay_close(seed):
    source = (SNIPPETS / "same_loop.py").read_text("utf-8")
    line = "        shuffle=False,\n"
    assert source.count(line) == 1
    names: dict = {"__name__": "same_loop"}
    exec(source.replace(line, "").replace("seed=0", f"seed={seed}"), names)
    assert names["gap"] > 0.01
    gaps = zip(names["losses_of_fit"], names["losses_of_loop"], strict=True)
    assert max(abs(a - b) for a, b in gaps) < 0.1


@pytest.mark.parametrize(("batch_size", "learning_rate", "num_epochs"), SETTINGS)
def test_our_mlp_ends_with_the_same_weights_up_to_rounding(
    batch_size, learning_rate, num_epochs, seed
):
    train_both = names_of("our_mlp")["train_both"]
    gap = train_both(batch_size, learning_rate, num_epochs, seed)
    assert gap < 1e-5  # a weight of about 0.1 is rounded at 1e-8, in up to a few hundred steps


# Logits


def train_each(optimizer, seed, *pairs):
    """Return the validation accuracies for pairs of an activation and what the loss is told."""
    train = names_of("forgotten")["train"]
    return [train(activation, from_logits, optimizer(), seed) for activation, from_logits in pairs]


@pytest.mark.parametrize(
    "optimizer",
    [
        partial(keras.optimizers.SGD, 0.1),
        pytest.param(partial(keras.optimizers.SGD, 0.3), marks=SOAK),
        partial(keras.optimizers.Adam, 0.003),
        pytest.param(partial(keras.optimizers.Adam, 0.01), marks=SOAK),
    ],
)
def test_forgotten_logits_leave_a_network_near_guessing(optimizer, seed):
    pairs = [(None, False), (None, True), ("softmax", False)]
    forgotten, logits, probabilities = train_each(optimizer, seed, *pairs)
    assert forgotten < 0.35  # guessing: 0.1
    assert logits > 0.85
    assert probabilities > 0.85


@pytest.mark.parametrize("learning_rate", [0.3, pytest.param(0.1, marks=SOAK)])
def test_a_second_softmax_slows_learning_down(learning_rate, seed):
    optimizer = partial(keras.optimizers.SGD, learning_rate)
    once, twice = train_each(optimizer, seed, (None, True), ("softmax", True))
    assert twice < once - 0.02


@pytest.mark.parametrize("logits", [[4, -1, -2], [0.5, 0.2, 0.1], [3, 2, -1], [1, 0, 0]])
def test_each_loss_is_right_for_its_own_kind_of_numbers(logits):
    logits = torch.tensor([logits], dtype=torch.float32)
    probabilities = logits.softmax(dim=1)
    loss = keras.losses.SparseCategoricalCrossentropy
    for label in range(3):
        target = torch.tensor([label])
        expected = F.cross_entropy(logits, target).item()
        assert loss()(target, probabilities).item() == pytest.approx(expected, abs=1e-4)
        assert loss(from_logits=True)(target, logits).item() == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("logit", [0.0, -0.3, -1.0, -50.0])
def test_a_logit_of_0_or_less_is_taken_for_a_constant_and_has_no_slope(logit):
    logits = torch.tensor([[60.0, logit]], requires_grad=True)
    loss = keras.losses.SparseCategoricalCrossentropy()(torch.tensor([1]), logits)
    loss.backward()
    assert loss.item() == pytest.approx(-math.log(1e-7), abs=1e-4)
    assert logits.grad.abs().max() == 0


# Batch normalization


@pytest.mark.parametrize("momentum", [0.01, 0.1, 0.25, 0.5])
@pytest.mark.parametrize("batch_size", [2, 5, 64])
def test_momentum_has_the_opposite_meaning_and_only_the_variance_differs(momentum, batch_size):
    torch.manual_seed(batch_size)
    theirs = keras.layers.BatchNormalization(momentum=1 - momentum, epsilon=1e-5)
    ours = nn.BatchNorm1d(3, momentum=momentum)
    variances = []
    for _ in range(4):
        batch = 5 * torch.randn(batch_size, 3) + 2
        assert torch.allclose(theirs(batch, training=True), ours(batch), atol=1e-4)
        variances.append(batch.var(dim=0, correction=0))
    assert torch.allclose(theirs.moving_mean.value, ours.running_mean, atol=1e-5)
    by_hand = torch.ones(3)
    for variance in variances:
        by_hand = (1 - momentum) * by_hand + momentum * variance
    assert torch.allclose(theirs.moving_variance.value, by_hand, rtol=1e-4)
    assert (ours.running_var > theirs.moving_variance.value).all()


@pytest.mark.parametrize(("momentum", "num_batches"), [(0.99, 459), (0.9, 44)])
def test_batches_until_one_percent_of_the_start_is_left(momentum, num_batches):
    layer = keras.layers.BatchNormalization(momentum=momentum)
    batch = torch.zeros(2, 1)
    left = []
    layer.build((None, 1))
    layer.moving_mean.assign(torch.ones(1))
    for _ in range(num_batches):
        layer(batch, training=True)
        left.append(layer.moving_mean.value.item())
    assert left[-1] <= 0.01 < left[-2]


@pytest.mark.parametrize("learning_rate", [0.03, 0.1, 0.3])
def test_after_one_epoch_the_validation_loss_is_higher_with_keras_default(learning_rate, seed):
    train = names_of("batch_norm_lag")["train"]
    slow = train(0.99, 1, learning_rate, seed)
    fast = train(0.9, 1, learning_rate, seed)
    assert slow[0] == fast[0]  # in training the running mean is not used
    assert slow[1] > fast[1] + 0.1


# Adam


@pytest.mark.parametrize("gradient", [1e-2, 1e-5, 1e-7, 1e-9])
def test_first_step_of_adam_by_its_formula(gradient):
    names = names_of("adam")
    for epsilon in (1e-8, 1e-7, 1e-4):
        by_formula = gradient / (gradient + epsilon)
        assert names["step_of_pytorch"](gradient, epsilon) == pytest.approx(by_formula, rel=1e-5)
        larger = epsilon / math.sqrt(1 - 0.999)
        by_formula = gradient / (gradient + larger)
        assert names["step_of_keras"](gradient, epsilon) == pytest.approx(by_formula, rel=1e-5)


@pytest.mark.parametrize("beta_2", [0.9, 0.99, 0.999])
@pytest.mark.parametrize("num_steps", [1, 2, 10])
def test_at_step_t_the_epsilon_of_keras_counts_more(beta_2, num_steps):
    """With one gradient at all steps, the last step is as long as the formula says."""
    gradient = torch.tensor([3e-6], dtype=torch.float64)
    weight = keras.Variable([0.0], dtype="float64")
    optimizer = keras.optimizers.Adam(1.0, beta_2=beta_2, epsilon=1e-6)
    for _ in range(num_steps):
        before = weight.value.item()
        optimizer.apply([gradient], [weight])
    step = before - weight.value.item()
    counts = 1e-6 / math.sqrt(1 - beta_2**num_steps)
    # Keras stores the learning rate and the betas in float32
    assert step == pytest.approx(3e-6 / (3e-6 + counts), rel=1e-3)


def test_after_thousands_of_steps_the_factor_is_near_1():
    assert 1 / math.sqrt(1 - 0.999**3000) < 1.05
    assert keras.optimizers.Adam().beta_2 == 0.999
    assert torch.optim.Adam(nn.Linear(1, 1).parameters()).defaults["betas"][1] == 0.999


@pytest.mark.parametrize("learning_rate", [0.001, pytest.param(0.01, marks=SOAK)])
def test_on_the_digits_epsilon_hardly_changes_the_result(learning_rate, seed):
    accuracies = []
    for epsilon in (1e-7, 1e-8 * math.sqrt(1 - 0.999)):  # the second is PyTorch's first step
        adam = keras.optimizers.Adam(learning_rate, epsilon=epsilon)
        accuracies.append(names_of("forgotten")["train"](None, True, adam, seed))
    assert abs(accuracies[0] - accuracies[1]) < 0.02  # one standard error of 143 images


# Initial weights, and recurrent layers


@pytest.mark.parametrize(("inputs", "outputs"), [(784, 128), (64, 32), (32, 256)])
def test_initial_weights_are_below_the_limits_and_near_them(inputs, outputs, seed):
    keras.utils.set_random_seed(seed)
    of_keras = keras.layers.Dense(outputs)
    of_keras.build((None, inputs))
    of_pytorch = nn.Linear(inputs, outputs)
    pairs = [
        (of_keras.kernel.value, math.sqrt(6 / (inputs + outputs))),
        (of_pytorch.weight, 1 / math.sqrt(inputs)),
    ]
    for weight, limit in pairs:
        assert 0.98 * limit < weight.abs().max() <= limit * 1.0001
    assert of_keras.bias.value.abs().max() == 0
    assert of_pytorch.bias.abs().max() > 0
    is_smaller = pairs[1][0].abs().max() < pairs[0][0].abs().max()
    assert is_smaller == (outputs < 5 * inputs)
    if inputs == 784:  # the layer of the page
        assert pairs[0][1] > 2 * pairs[1][1]


@pytest.mark.parametrize(("inputs", "units"), [(10, 20), (3, 7), (1, 1)])
def test_an_lstm_of_pytorch_has_one_bias_more_for_each_unit_of_each_gate(inputs, units):
    counts = {}
    for name in ("LSTM", "GRU"):
        layer = getattr(keras.layers, name)(units)
        layer.build((None, None, inputs))
        ours = sum(p.numel() for p in getattr(nn, name)(inputs, units).parameters())
        counts[name] = ours - layer.count_params()
    assert counts == {"LSTM": 4 * units, "GRU": 0}


def test_an_lstm_of_pytorch_with_the_weights_of_keras_gives_the_same_outputs():
    """Only the sum of its two biases counts."""
    keras.utils.set_random_seed(0)
    theirs = keras.layers.LSTM(7, return_sequences=True)
    sequences = torch.randn(5, 11, 3)
    expected = theirs(sequences)
    kernel, recurrent, bias = [weight.value for weight in theirs.weights]
    ours = nn.LSTM(3, 7, batch_first=True)
    with torch.no_grad():
        ours.weight_ih_l0.copy_(kernel.T)
        ours.weight_hh_l0.copy_(recurrent.T)
        ours.bias_ih_l0.copy_(bias - 5)
        ours.bias_hh_l0.fill_(5)
    assert torch.allclose(ours(sequences)[0], expected, atol=1e-5)


# Our digit reader


def test_the_row_is_that_of_pytorch():
    rows = [
        (ROOT / "snippets" / chapter / "digit_reader.out").read_text("utf-8")[22:]
        for chapter in ("keras", "training")
    ]
    assert rows[0] == rows[1]
