"""For each field of TrainConfig a value that is not its default."""

OTHER_SETTINGS = {
    "epochs": 9,
    "batch_size": 9,
    "accumulate": 2,
    "precision": "bfloat16",
    "compile": True,
    "optimizer": "sgd",
    "learning_rate": 0.5,
    "weight_decay": 0.5,
    "schedule": "cosine",
    "warmup": 0.5,
    "clip_norm": 1.0,
    "average_decay": 0.9,
    "patience": 3,
    "augment": "flip,cutout",
    "seed": 9,
    "device": "cpu",
    "checkpoint_seconds": 9.0,
}
