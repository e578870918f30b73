"""A generative adversarial network of two learners, for the tests of the Trainer."""

import torch.nn.functional as F

from dlcourse.training.task import Task


class TinyGAN(Task):
    """A generator makes points that a discriminator takes for real; a batch is (points, noise)."""

    learners = ("discriminator", "generator")

    def losses(self, network, batch):
        points, noise = batch
        discriminator = network["discriminator"]
        generated = network["generator"](noise)
        real_loss = F.softplus(-discriminator(points)).mean()
        generated_loss = F.softplus(discriminator(generated.detach())).mean()
        yield "discriminator", real_loss + generated_loss
        yield "generator", F.softplus(-discriminator(generated)).mean()

    def measure(self, network, batch):
        points, noise = batch
        generated = network["generator"](noise)
        return {"loss": ((generated - points).square().sum(), len(points))}
