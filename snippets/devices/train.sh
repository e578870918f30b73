#!/bin/bash
#SBATCH --job-name=resnet
#SBATCH --nodes=1
#SBATCH --gpus=2
#SBATCH --cpus-per-task=8
#SBATCH --time=01:00:00
#SBATCH --requeue

source .venv/bin/activate
torchrun --standalone --nproc-per-node 2 -m dlcourse \
    train resnet cifar10 --data-dir data \
    --precision bfloat16 --run-dir runs/resnet-cifar10 --resume
