"""Noise, image or velocity: three things that a network can predict."""

import torch

from dlcourse.tasks.noising import make_schedule

share = make_schedule()
torch.manual_seed(0)
clean = torch.randn(1000).double()  # 1000 numbers of variance 1
noise = torch.randn(1000).double()

print("step  error of noise  of image  of velocity")
for step in (50, 260, 900):
    signal = share[step].sqrt()
    spread = (1 - share[step]).sqrt()  # signal² + spread² = 1
    noisy = signal * clean + spread * noise
    velocity = signal * noise - spread * clean

    # From a prediction of one and the noisy number, the other two follow.
    predicted_noise = noise + 0.1 * torch.randn(1000)
    predicted_clean = (noisy - spread * predicted_noise) / signal
    predicted_velocity = signal * predicted_noise - spread * predicted_clean
    again = signal * noisy - spread * predicted_velocity
    assert torch.allclose(again, predicted_clean)

    row = f"{step:4}"
    pairs = [
        (predicted_noise, noise),
        (predicted_clean, clean),
        (predicted_velocity, velocity),
    ]
    for predicted, true in pairs:
        error = (predicted - true).square().mean().sqrt()
        row += f"{error:11.3f}"
    print(row)
