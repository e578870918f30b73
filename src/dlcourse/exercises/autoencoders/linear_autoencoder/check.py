"""Check autoencoders/linear_autoencoder."""

import random

import torch

from dlcourse.exercises.checking import expect, expect_tensor

MESSAGES = {
    "not a pair": "make_autoencoder(...) is {got}, expected a pair of networks (encoder, decoder).",
    "swapped": "The first network takes {got} numbers and returns {expected}: that is the "
    "decoder. Return (encoder, decoder).",
    "no bottleneck": "The code has {got} numbers, as many as the example, expected {expected}. "
    "Without a bottleneck the network can copy its input.",
    "does not take the input": "The {name} does not take a batch of the shape {shape}: {problem}",
    "only from 0 to 1": "For large codes your decoder returns only numbers from 0 to 1. The "
    "features can be any numbers, so no sigmoid may stand at its end.",
    "only from -1 to 1": "For large codes your decoder returns only numbers from -1 to 1. The "
    "features can be any numbers, so no tanh may stand at its end.",
    "never negative": "For large codes your decoder returns no negative number, but features can "
    "be negative: no ReLU may stand at its end.",
    "no bias": "The decoder of the encoder of 0 is exactly 0: without biases the surface goes "
    "through zero, and these examples lie beside it.",
    "not learned": "After {steps} steps of training {got} of the variance is lost, expected less "
    "than 0.05, which a code of {code} numbers allows.",
}
NUM_STEPS = 200


def run(network, batch, name):
    """Return the output of a network, or say that it does not take the batch."""
    try:
        return network(batch)
    except (RuntimeError, TypeError) as error:
        problem = str(error).splitlines()[0][:70]
        expect(
            False, "does not take the input", name=name, shape=tuple(batch.shape), problem=problem
        )


def train(encoder, decoder, x):
    """Train both networks by Adam, and return the share of the variance that is lost."""
    weights = [*encoder.parameters(), *decoder.parameters()]
    states = [(torch.zeros_like(weight), torch.zeros_like(weight)) for weight in weights]
    for step in range(1, NUM_STEPS + 1):
        loss = (decoder(encoder(x)) - x).square().mean()
        gradients = torch.autograd.grad(loss, weights)
        with torch.no_grad():
            for weight, gradient, (mean, square) in zip(weights, gradients, states, strict=True):
                mean.lerp_(gradient, 0.1)
                square.lerp_(gradient.square(), 0.01)
                scale = (square / (1 - 0.99**step)).sqrt() + 1e-8
                weight -= 0.05 * mean / (1 - 0.9**step) / scale
    with torch.no_grad():
        error = (decoder(encoder(x)) - x).square().sum()
    return (error / (x - x.mean(dim=0)).square().sum()).item()


def check(learner, generator: random.Random) -> None:
    """Look at the shapes, at the range of the reconstructions, and at what can be learned."""
    source = torch.Generator().manual_seed(generator.randrange(10**9))
    for num_features, code_features in ((7, 2), (9, 3)):
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(generator.randrange(10**9))  # of the initial weights
            pair = learner.make_autoencoder(num_features, code_features)
        is_pair = isinstance(pair, tuple | list) and len(pair) == 2 and all(map(callable, pair))
        expect(is_pair, "not a pair", got=pair)
        encoder, decoder = pair
        sizes = [getattr(encoder, name, None) for name in ("in_features", "out_features")]
        is_swapped = sizes == [code_features, num_features]
        expect(not is_swapped, "swapped", got=code_features, expected=num_features)
        codes = run(encoder, torch.randn(5, num_features, generator=source), "encoder")
        width = codes.shape[-1]
        is_wide = width >= num_features
        expect(not is_wide, "no bottleneck", got=width, expected=code_features)
        expect_tensor(codes, (5, code_features), "the code of 5 examples")
        far = 1000 * torch.randn(50, code_features, generator=source)
        outputs = run(decoder, far, "decoder").detach()
        expect_tensor(outputs, (50, num_features), "the reconstruction of 50 codes")
        lowest, highest = outputs.min().item(), outputs.max().item()
        expect(lowest < 0 or highest > 1, "only from 0 to 1")
        expect(lowest < -1 or highest > 1, "only from -1 to 1")
        expect(lowest < 0, "never negative")
        zero = torch.zeros(1, num_features)
        expect(decoder(encoder(zero)).abs().max().item() > 0, "no bias")
    # A flat surface of 3 dimensions in 9, moved away from zero; the last pair is trained on it
    directions = torch.linalg.qr(torch.randn(9, 3, generator=source)).Q.T
    x = 2 * torch.randn(60, 3, generator=source) @ directions + 1.5
    lost = train(encoder, decoder, x)  # the solution loses 0.002 at most
    expect(lost < 0.05, "not learned", steps=NUM_STEPS, got=lost, code=code_features)
