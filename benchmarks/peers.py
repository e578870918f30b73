"""What others would train the same work with: each function trains once and returns what predicts.

Each at its best: batches made of tensors in memory (Keras, skorch and scikit-learn are given arrays, which
they cut themselves) and the optimiser fused, where the framework lets one. Lightning has another row, as its
manual begins: the tutorial's DataLoader, its logging and its checkpoint. Packages are imported where used.
"""

import os
import tempfile
import warnings

import torch
import torch.nn.functional as F
from loops import Resident, make_tutorial_loader


def lightning(work, batches=None, log=True, **settings):
    from dlcourse.data import torchvision_ops  # noqa: F401  (lightning fails where torchvision does)

    import lightning  # isort: skip

    class Module(lightning.LightningModule):
        def __init__(self):
            super().__init__()
            self.network = work.make_model()

        def training_step(self, batch, _):
            images, labels = batch
            loss = F.cross_entropy(self.network(images), labels)
            if log:
                self.log("loss", loss, prog_bar=True)
            return loss

        def configure_optimizers(self):
            return work.make_optimizer(self, fused=True)

    module = Module()
    with tempfile.TemporaryDirectory() as folder:
        trainer = lightning.Trainer(
            max_epochs=work.epochs, accelerator="cpu", default_root_dir=folder, **settings
        )
        trainer.fit(module, batches or make_tutorial_loader(work))
    return module.network


def lightning_lean(work):
    return lightning(
        work,
        Resident(work),
        log=False,
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
    )


def keras(work):
    os.environ["KERAS_BACKEND"] = "torch"
    import keras

    keras.utils.set_random_seed(0)
    keras.config.set_image_data_format("channels_first")  # faster here than its default
    layers = keras.layers
    if work.is_convolutional:
        body = [
            layers.Conv2D(6, 5, padding="same", activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(16, 5, activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(120, activation="relu"),
            layers.Dense(84, activation="relu"),
        ]
    else:
        body = [layers.Flatten(), layers.Dense(work.hidden, activation="relu")]
    images = work.floats()
    model = keras.Sequential([keras.Input(images.shape[1:]), *body, layers.Dense(10)])
    model.compile(
        keras.optimizers.SGD(0.05, momentum=0.9, nesterov=True),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    labels = work.pictures.train.labels.numpy()
    model.fit(images.numpy(), labels, batch_size=work.batch_size, epochs=work.epochs, verbose=0)
    return lambda images: torch.from_numpy(
        model.predict(images.numpy(), batch_size=1000, verbose=0)
    )


def fastai(work):
    import fastai.callback.progress  # noqa: F401  (gives a Learner no_bar)
    from fastai.data.core import DataLoaders
    from fastai.learner import Learner
    from fastai.optimizer import OptimWrapper

    def make_optimizer(parameters, **_):
        return OptimWrapper(
            parameters, torch.optim.SGD, lr=0.05, momentum=0.9, nesterov=True, fused=True
        )

    model = work.make_model()
    loaders = DataLoaders(Resident(work), [], device="cpu")
    learner = Learner(loaders, model, F.cross_entropy, opt_func=make_optimizer)
    with learner.no_bar(), learner.no_logging():
        learner.fit(work.epochs, 0.05)
    return model


def skorch(work):
    from skorch import NeuralNetClassifier

    network = NeuralNetClassifier(
        work.make_model(),
        criterion=torch.nn.CrossEntropyLoss,
        optimizer=torch.optim.SGD,
        lr=0.05,
        optimizer__momentum=0.9,
        optimizer__nesterov=True,
        optimizer__fused=True,
        batch_size=work.batch_size,
        max_epochs=work.epochs,
        iterator_train__shuffle=True,
        train_split=None,
        verbose=0,
    )
    network.fit(work.floats(), work.pictures.train.labels)
    return network.module_


def ignite(work):
    from ignite.engine import create_supervised_trainer
    from ignite.metrics import RunningAverage

    model = work.make_model()
    engine = create_supervised_trainer(
        model, work.make_optimizer(model, fused=True), F.cross_entropy
    )
    RunningAverage(output_transform=lambda loss: loss).attach(engine, "loss")
    engine.run(Resident(work), max_epochs=work.epochs)
    return model


def accelerate(work):
    from accelerate import Accelerator

    accelerator = Accelerator(cpu=True)
    model, batches = work.make_model(), Resident(work)
    model, optimizer = accelerator.prepare(model, work.make_optimizer(model, fused=True))
    for _ in range(work.epochs):
        for images, labels in batches:
            loss = F.cross_entropy(model(images), labels)
            optimizer.zero_grad()
            accelerator.backward(loss)
            optimizer.step()
    return model


def scikit_learn(work):
    """MLPClassifier: its steps are written for this one network, without automatic differentiation."""
    from sklearn.neural_network import MLPClassifier

    if work.is_convolutional:
        raise ImportError("scikit-learn has no convolutions")
    network = MLPClassifier(
        (work.hidden,), solver="sgd", batch_size=work.batch_size, max_iter=work.epochs,
        learning_rate_init=0.05, alpha=0, tol=0, n_iter_no_change=work.epochs + 1, random_state=0,
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it has not converged, and should not
        network.fit(work.floats().flatten(start_dim=1).numpy(), work.pictures.train.labels.numpy())
    return lambda images: torch.from_numpy(
        network.predict_proba(images.flatten(start_dim=1).numpy())
    )


PEERS = {
    "Lightning": lightning,
    "Lightning, lean": lightning_lean,
    "Keras on PyTorch": keras,
    "fastai": fastai,
    "skorch": skorch,
    "Ignite": ignite,
    "Accelerate": accelerate,
    "scikit-learn": scikit_learn,
}
