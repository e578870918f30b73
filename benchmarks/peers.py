"""What others would train the same work with: each function trains once and returns what predicts.

Each framework is used at its best: with batches made of tensors in memory and with the fused
optimizer, where it takes them. Keras, skorch and scikit-learn are given arrays, which they cut into
batches themselves. Lightning has another row that follows the beginning of its manual: with the
tutorial's DataLoader, its logging and its checkpoint. Packages are imported where they are used.
"""

import os
import tempfile
import warnings

import torch
import torch.nn.functional as F
from loops import Resident, make_tutorial_loader

# Lightning


def import_lightning():
    # This import comes first: lightning cannot be imported where torchvision cannot
    from dlcourse.data import torchvision_ops  # noqa: F401

    import lightning  # isort: skip

    return lightning


def make_lightning_module(work, is_logging):
    lightning = import_lightning()

    class Module(lightning.LightningModule):
        def __init__(self):
            super().__init__()
            self.network = work.make_model()

        def training_step(self, batch, _):
            images, labels = batch
            loss = F.cross_entropy(self.network(images), labels)
            if is_logging:
                self.log("loss", loss, prog_bar=True)
            return loss

        def configure_optimizers(self):
            return work.make_optimizer(self, fused=True)

    return Module()


def train_with_lightning(work):
    lightning = import_lightning()
    module = make_lightning_module(work, is_logging=True)
    with tempfile.TemporaryDirectory() as folder:
        trainer = lightning.Trainer(
            max_epochs=work.epochs,
            accelerator="cpu",
            default_root_dir=folder,
        )
        trainer.fit(module, make_tutorial_loader(work))
    return module.network


def train_with_lean_lightning(work):
    lightning = import_lightning()
    module = make_lightning_module(work, is_logging=False)
    trainer = lightning.Trainer(
        max_epochs=work.epochs,
        accelerator="cpu",
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
    )
    trainer.fit(module, Resident(work))
    return module.network


# Keras


def make_keras_model(work, image_shape):
    import keras

    keras.utils.set_random_seed(0)
    keras.config.set_image_data_format("channels_first")  # faster here than its default
    layers = keras.layers
    if work.is_convolutional:
        hidden_layers = [
            layers.Conv2D(6, 5, padding="same", activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(16, 5, activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(120, activation="relu"),
            layers.Dense(84, activation="relu"),
        ]
    else:
        hidden_layers = [
            layers.Flatten(),
            layers.Dense(work.hidden_features, activation="relu"),
        ]
    model = keras.Sequential([keras.Input(image_shape), *hidden_layers, layers.Dense(10)])
    model.compile(
        keras.optimizers.SGD(0.05, momentum=0.9, nesterov=True),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model


def train_with_keras(work):
    os.environ["KERAS_BACKEND"] = "torch"  # Keras reads it when it is imported
    images = work.floats().numpy()
    labels = work.data.train.labels.numpy()
    model = make_keras_model(work, images.shape[1:])
    model.fit(images, labels, batch_size=work.batch_size, epochs=work.epochs, verbose=0)

    def predict(images):
        logits = model.predict(images.numpy(), batch_size=1000, verbose=0)
        return torch.from_numpy(logits)

    return predict


# fastai


def train_with_fastai(work):
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


# skorch


def train_with_skorch(work):
    from skorch import NeuralNetClassifier

    classifier = NeuralNetClassifier(
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
    classifier.fit(work.floats(), work.data.train.labels)
    return classifier.module_


# Ignite


def train_with_ignite(work):
    from ignite.engine import create_supervised_trainer
    from ignite.metrics import RunningAverage

    model = work.make_model()
    optimizer = work.make_optimizer(model, fused=True)
    engine = create_supervised_trainer(model, optimizer, F.cross_entropy)
    average_loss = RunningAverage(output_transform=lambda loss: loss)
    average_loss.attach(engine, "loss")
    engine.run(Resident(work), max_epochs=work.epochs)
    return model


# Accelerate


def train_with_accelerate(work):
    from accelerate import Accelerator

    accelerator = Accelerator(cpu=True)
    model = work.make_model()
    batches = Resident(work)
    optimizer = work.make_optimizer(model, fused=True)
    model, optimizer = accelerator.prepare(model, optimizer)
    for _ in range(work.epochs):
        for images, labels in batches:
            loss = F.cross_entropy(model(images), labels)
            optimizer.zero_grad()
            accelerator.backward(loss)
            optimizer.step()
    return model


# scikit-learn


def train_with_scikit_learn(work):
    """MLPClassifier: its steps are written for this one network, without autograd."""
    from sklearn.neural_network import MLPClassifier

    if work.is_convolutional:
        raise ImportError("scikit-learn has no convolutions")
    classifier = MLPClassifier(
        (work.hidden_features,),
        solver="sgd",
        batch_size=work.batch_size,
        max_iter=work.epochs,
        learning_rate_init=0.05,
        alpha=0,
        tol=0,
        n_iter_no_change=work.epochs + 1,
        random_state=0,
    )
    images = work.floats().flatten(start_dim=1).numpy()
    labels = work.data.train.labels.numpy()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it has not converged, and should not
        classifier.fit(images, labels)

    def predict(images):
        probabilities = classifier.predict_proba(images.flatten(start_dim=1).numpy())
        return torch.from_numpy(probabilities)

    return predict


PEERS = {
    "Lightning": train_with_lightning,
    "Lightning, lean": train_with_lean_lightning,
    "Keras on PyTorch": train_with_keras,
    "fastai": train_with_fastai,
    "skorch": train_with_skorch,
    "Ignite": train_with_ignite,
    "Accelerate": train_with_accelerate,
    "scikit-learn": train_with_scikit_learn,
}
