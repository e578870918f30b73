"""One word in the loss decides whether the code is used."""

import torch
import torch.nn.functional as F

from dlcourse.data.digits import load_digits
from dlcourse.models.vae import VAE

train = load_digits().train
x = train.images.flatten(1).float() / 16  # (1295, 64)


def train_vae(
    reduction,
    code_features=8,
    seed=0,
    learning_rate=0.003,
):
    """Train for 40 epochs, with the sum or the mean over the pixels."""
    torch.manual_seed(seed)
    network = VAE(64, hidden_features=128, code_features=code_features)
    optimizer = torch.optim.Adam(network.parameters(), lr=learning_rate)
    for _ in range(40):
        for batch in torch.randperm(len(x)).split(128):
            mean, log_variance = network.encode(x[batch])
            codes = network.draw_codes(mean, log_variance)
            logits = network.decode(codes)
            error = F.binary_cross_entropy_with_logits(
                logits,
                x[batch],
                reduction=reduction,
            )
            if reduction == "sum":
                error = error / len(batch)  # the pixels stay added up
            divergence = find_divergence(mean, log_variance)
            loss = error + divergence
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return network


def find_divergence(mean, log_variance):
    """Return the mean divergence of the codes, in nats an image."""
    variance = log_variance.exp()
    divergences = (mean.square() + variance - 1 - log_variance) / 2
    return divergences.sum(dim=1).mean()


print("reduction  divergence  error per pixel  std of mean codes")
for reduction in ("sum", "mean"):
    network = train_vae(reduction)
    with torch.no_grad():
        mean, log_variance = network.encode(x)
        pixels = network.decode(mean).sigmoid()
    divergence = find_divergence(mean, log_variance)
    squared_error = F.mse_loss(pixels, x)
    spread = mean.std(dim=0).max()  # of the number that varies most
    row = f"{reduction:9}{divergence:12.2f}{squared_error:17.3f}"
    print(f"{row}{spread:19.2f}")
