"""The optimizers of a run: gradients clipped before their steps, weights averaged after them."""

import copy
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim import SGD, AdamW, Optimizer

from dlcourse.training.config import TrainConfig

SGD_SETTINGS = ("lr", "weight_decay", "maximize", "momentum", "dampening", "nesterov")
ADAMW_SETTINGS = ("lr", "weight_decay", "maximize", "eps", "amsgrad")


class DirectSteps:
    """Takes an optimizer's steps; on a CPU it calls the kernel of fused=True directly.

    The steps are equal to the last bit. PyTorch's own way to the kernel groups the weights by
    device, calls hooks and writes an entry for the profiler, which takes 75 of the 235 µs of a step
    of the digits' MLP. An optimizer with hooks, or of another kind than make_optimizer's, still
    goes that way. A DirectSteps is made for one epoch: hooks, weights and state that come after its
    first steps are not seen.
    """

    def __init__(self, optimizer: Optimizer):
        self.optimizer = optimizer
        self._weights: list[Tensor] = []
        self._settings: dict[str, Any] = {}  # of SGD; the learning rate changes at each step
        # The values of the weights, and what the optimizer keeps of each; empty until the kernel
        # can be called.
        self._kept: dict[str, list[Tensor]] = {}
        self._step_counts = torch.zeros(0)  # of AdamW, for each weight

    def zero_grad(self) -> None:
        """Forget the gradients."""
        for group in self.optimizer.param_groups:
            for weight in group["params"]:
                weight.grad = None

    def step(self) -> None:
        """Take a step with the gradients that are there."""
        if not self._kept:
            self._find_state()
        gradients = [weight.grad for weight in self._weights if weight.grad is not None]
        if not self._kept or len(gradients) < len(self._weights):
            self.optimizer.step()  # the first step: it begins what is kept of each weight
            return
        group = self.optimizer.param_groups[0]
        if "momentum" in group:
            self._step_sgd(group, gradients)
        else:
            self._step_adamw(group, gradients)

    def _step_sgd(self, group: dict[str, Any], gradients: list[Tensor]) -> None:
        settings = self._settings
        settings["lr"] = group["lr"]
        values = self._kept["values"]
        momenta = self._kept["momentum_buffer"]
        torch._fused_sgd_(values, gradients, momenta, **settings, is_first_step=False)

    def _step_adamw(self, group: dict[str, Any], gradients: list[Tensor]) -> None:
        settings = {name: group[name] for name in ADAMW_SETTINGS}
        settings["beta1"], settings["beta2"] = group["betas"]
        values = self._kept["values"]
        means = self._kept["exp_avg"]
        squares = self._kept["exp_avg_sq"]
        steps = self._kept["step"]
        self._step_counts.add_(1)
        torch._fused_adamw_(values, gradients, means, squares, [], steps, **settings)

    def _find_state(self) -> None:
        """Find what the kernel needs, where it can be called."""
        group = self.optimizer.param_groups[0]
        weights = [weight for weight in group["params"] if weight.requires_grad]
        states = [self.optimizer.state.get(weight, {}) for weight in weights]
        if not _can_call_kernel(self.optimizer, weights) or not all(states):
            return
        self._weights = weights
        self._settings = {name: group[name] for name in SGD_SETTINGS if name in group}
        # Detached, so that the kernel may change them: torch.no_grad() would take 8 µs more a step.
        self._kept = {"values": [weight.detach() for weight in weights]}
        if "step" in states[0]:
            self._share_step_counts(states)
        for name in states[0]:
            self._kept[name] = [state[name] for state in states]

    def _share_step_counts(self, states: list[dict[str, Tensor]]) -> None:
        """Make the counts of all weights parts of one tensor, so that one addition is enough."""
        self._step_counts = torch.stack([state["step"] for state in states])
        for state, count in zip(states, self._step_counts.unbind(), strict=True):
            state["step"] = count


def _can_call_kernel(optimizer: Optimizer, weights: list[Tensor]) -> bool:
    """Tell whether an optimizer's step is one call of a fused kernel and nothing else."""
    if type(optimizer) not in (AdamW, SGD):
        return False
    if len(optimizer.param_groups) > 1:
        return False
    group = optimizer.param_groups[0]
    if not group["fused"] or group.get("amsgrad"):
        return False
    if optimizer._optimizer_step_pre_hooks or optimizer._optimizer_step_post_hooks:
        return False
    return bool(weights) and weights[0].is_cpu


def make_optimizer(model: nn.Module, config: TrainConfig) -> Optimizer:
    """Return the optimizer for a model's weights that the settings ask for.

    With clip_norm a gradient that is longer is scaled down to that length before the step, and
    keeps its direction. This takes 50 to 80 µs a step on 4 tensors, so it is off unless asked for.
    Source: Pascanu, Mikolov, Bengio (2013), On the difficulty of training recurrent neural
        networks.
    """
    parameters = list(model.parameters())
    rate = config.learning_rate
    decay = config.weight_decay
    # Fused: a quarter less time than the default for a small network's step.
    optimizer: Optimizer
    if config.optimizer == "sgd":
        optimizer = SGD(
            parameters, rate, momentum=0.9, weight_decay=decay, nesterov=True, fused=True
        )
    else:
        optimizer = AdamW(parameters, rate, weight_decay=decay, fused=True)

    def clip(*_: Any) -> None:
        nn.utils.clip_grad_norm_(parameters, config.clip_norm)

    if config.clip_norm > 0:
        optimizer.register_step_pre_hook(clip)
    return optimizer


def set_learning_rate(optimizer: Optimizer, peak: float, share: float) -> None:
    """Set the learning rate of each group of weights to a share of the peak.

    A group with a peak of its own holds it as "initial_lr", PyTorch's name for what a schedule
    scales.
    """
    for group in optimizer.param_groups:
        group["lr"] = group.get("initial_lr", peak) * share


def average_weights(
    network: nn.Module, optimizers: Mapping[str, Optimizer], decay: float
) -> nn.Module:
    """Return a copy of a network that follows it: average += (1 - decay) * (weight - average).

    The weights of each learner (see Task) are averaged after the steps of its optimizer. It costs
    10 µs a step on 4 tensors (PyTorch's AveragedModel 60), and the weights once more in memory.
    Buffers, such as the statistics of batch normalization, are averages already: both networks
    share them.
    Source: Polyak, Juditsky (1992), with the exponential weighting that is now usual.
    """
    average = copy.deepcopy(network, {id(buffer): buffer for buffer in network.buffers()})
    for learner, optimizer in optimizers.items():
        averages = list(average.get_submodule(learner).parameters())
        weights = list(network.get_submodule(learner).parameters())
        _follow(averages, weights, optimizer, decay)
    return average


def _follow(
    averages: list[nn.Parameter], weights: list[nn.Parameter], optimizer: Optimizer, decay: float
) -> None:
    @torch.no_grad()
    def follow(*_: Any) -> None:
        torch._foreach_lerp_(averages, weights, 1 - decay)  # type: ignore[arg-type]

    optimizer.register_step_post_hook(follow)
