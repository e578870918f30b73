import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from dlcourse.data.batches import THREADS, Batches, Split, free_bytes, hold_out, work_ahead

CPU = torch.device("cpu")


def numbered(count: int, side: int = 2) -> Split:
    """Return images whose every pixel is their number; the label is the number modulo 3."""
    numbers = torch.arange(count)
    pixels = numbers.to(torch.uint8).view(count, 1, 1, 1)
    return Split(pixels.repeat(1, 1, side, side), numbers % 3)


def numbers_of(images: torch.Tensor) -> list[int]:
    first_pixels = images[:, 0, 0, 0] * 255
    return first_pixels.round().int().tolist()


def order_of(batches: Batches) -> list[int]:
    numbers = []
    for images, _ in batches:
        numbers.extend(numbers_of(images))
    return numbers


def batches_of(
    count: int, batch_size: int, seed: int | None = None, device: torch.device = CPU
) -> Batches:
    generator = None
    if seed is not None:
        generator = torch.Generator().manual_seed(seed)
    return Batches(numbered(count), batch_size, max_value=255, device=device, generator=generator)


def test_without_generator_the_order_is_the_splits():
    assert order_of(batches_of(10, 4)) == list(range(10))


def test_last_batch_holds_what_is_left():
    batches = batches_of(10, 4)
    assert [len(labels) for _, labels in batches] == [4, 4, 2]
    assert len(batches) == 3
    assert batches.num_examples == 10
    assert len(batches_of(8, 4)) == 2


def test_each_pass_sees_every_image_once_with_its_label():
    seen = []
    for images, labels in batches_of(100, 7, seed=0):
        numbers = numbers_of(images)
        assert labels.tolist() == [number % 3 for number in numbers]
        seen.extend(numbers)
    assert sorted(seen) == list(range(100))


def test_passes_differ_and_the_seed_repeats_them():
    first = batches_of(100, 7, seed=0)
    again = batches_of(100, 7, seed=0)
    orders = [order_of(first) for _ in range(3)]
    assert len({tuple(order) for order in orders}) == 3
    assert [order_of(again) for _ in range(3)] == orders
    assert order_of(batches_of(100, 7, seed=1)) != orders[0]


def test_order_takes_nothing_from_the_global_generator():
    state = torch.get_rng_state()
    order_of(batches_of(20, 7, seed=0))
    assert torch.equal(torch.get_rng_state(), state)


def test_pixels_are_float32_from_0_to_exactly_1():
    pixels = torch.tensor([0, 5, 16], dtype=torch.uint8).view(3, 1, 1, 1)
    split = Split(pixels, torch.tensor([2, 0, 1]))
    ((images, labels),) = Batches(split, 3, max_value=16, device=CPU)
    assert images.dtype == torch.float32
    assert images.flatten().tolist() == [0.0, 5 / 16, 1.0]  # sixteenths are exact in binary
    assert labels.tolist() == [2, 0, 1]


def test_changing_a_batch_leaves_the_data_alone():
    batches = batches_of(4, 4)
    for images, labels in batches:
        images.zero_()
        labels.zero_()
    assert order_of(batches) == [0, 1, 2, 3]
    _, labels = next(iter(batches))
    assert labels.tolist() == [0, 1, 2, 0]


def test_resident_images_are_bytes():
    batches = batches_of(10, 4)
    assert batches.images.dtype == torch.uint8
    assert batches.images.element_size() * batches.images.numel() == 10 * 2 * 2


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs an NVIDIA GPU")
def test_gpu_sees_the_order_of_the_cpu():
    on_gpu = batches_of(100, 7, seed=0, device=torch.device("cuda"))
    for images, labels in on_gpu:
        assert images.is_cuda
        assert labels.is_cuda
    on_gpu = batches_of(100, 7, seed=0, device=torch.device("cuda"))
    assert order_of(on_gpu) == order_of(batches_of(100, 7, seed=0))


@pytest.mark.parametrize("batch_size", [0, -3])
def test_batch_size_below_one_is_refused(batch_size):
    with pytest.raises(ValueError, match=f"batch_size must be at least 1, got {batch_size}"):
        batches_of(10, batch_size)


def test_empty_split_is_refused():
    with pytest.raises(ValueError, match=r"^the split has no images$"):
        batches_of(0, 4)


@pytest.mark.parametrize(
    ("images", "labels", "message"),
    [
        (torch.zeros(2, 1, 3, 3), torch.zeros(2).long(), "uint8.*got torch.float32"),
        (torch.zeros(2, 3, 3).byte(), torch.zeros(2).long(), r"got torch.uint8 \(2, 3, 3\)"),
        (torch.zeros(2, 1, 3, 3).byte(), torch.zeros(2), "int64.*got torch.float32"),
        (torch.zeros(2, 1, 3, 3).byte(), torch.zeros(2, 1).long(), r"got torch.int64 \(2, 1\)"),
        (torch.zeros(2, 1, 3, 3).byte(), torch.zeros(3).long(), "got 2 images and 3 labels"),
    ],
)
def test_split_says_what_does_not_fit(images, labels, message):
    with pytest.raises(ValueError, match=message):
        Split(images, labels)


def test_hold_out_takes_the_same_share_of_every_class():
    labels = torch.tensor([0] * 50 + [1] * 30 + [2] * 20)
    split = Split(torch.zeros(100, 1, 1, 1).byte(), labels)
    rest, held_out = hold_out(split, share=0.1, seed=0)
    assert torch.bincount(held_out.labels).tolist() == [5, 3, 2]
    assert torch.bincount(rest.labels).tolist() == [45, 27, 18]


def test_hold_out_shares_no_image_and_loses_none():
    rest, held_out = hold_out(numbered(100), share=0.2, seed=0)
    numbers = torch.cat([rest.images, held_out.images])[:, 0, 0, 0]
    assert sorted(numbers.tolist()) == list(range(100))


def test_hold_out_is_the_same_in_every_version():
    # The first permutation of ten that NumPy's legacy generator draws from seed 0 begins 2, 8, 4.
    # Its stream is frozen (NEP 19), so no run is tested on images that another version trained on.
    assert np.random.RandomState(0).permutation(10).tolist() == [2, 8, 4, 9, 1, 6, 7, 3, 0, 5]
    split = Split(torch.arange(10).byte().view(10, 1, 1, 1), torch.zeros(10).long())
    _, held_out = hold_out(split, share=0.3, seed=0)
    assert held_out.images.flatten().tolist() == [2, 4, 8]


def test_hold_out_depends_on_its_own_seed_alone():
    def held_out_images(seed, global_seed):
        torch.manual_seed(global_seed)
        np.random.seed(global_seed)
        _, held_out = hold_out(numbered(100), share=0.2, seed=seed)
        return held_out.images

    first = held_out_images(seed=0, global_seed=1)
    assert torch.equal(held_out_images(seed=0, global_seed=2), first)
    assert not torch.equal(held_out_images(seed=1, global_seed=1), first)


# Streamed


def test_threads_work_ahead_by_a_bounded_number_and_keep_the_order():
    started = []
    ahead_by = []

    def work(item):
        started.append(item)
        return item * item

    results = []
    for result in work_ahead(work, range(200)):
        results.append(result)
        ahead_by.append(len(started) - len(results))
    assert results == [item * item for item in range(200)]
    assert max(ahead_by) <= 2 * THREADS + 1


def test_work_that_is_no_longer_wanted_is_not_done():
    started = []
    results = work_ahead(started.append, range(10_000))
    next(results)
    results.close()
    assert len(started) <= 4 * THREADS + 2
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("ThreadPool")]


def test_an_error_of_a_thread_is_raised_where_its_result_was_due():
    def work(item):
        if item == 7:
            raise ValueError("seven")
        return item

    results = work_ahead(work, range(100))
    assert [next(results) for _ in range(7)] == list(range(7))
    with pytest.raises(ValueError, match="seven"):
        next(results)


@pytest.mark.parametrize("augment", ["", "shift,crop,cutout"])
def test_streamed_tensors_make_the_batches_of_resident_ones(augment):
    def batches(stream):
        return Batches(
            numbered(100, 8),
            7,
            max_value=255,
            device=CPU,
            generator=torch.Generator().manual_seed(0),
            augment=augment,
            stream=stream,
        )

    assert batches(True).is_streamed
    assert not batches(None).is_streamed  # in the CPU's memory they are already
    for (images, labels), (streamed, same) in zip(batches(False), batches(True), strict=True):
        assert torch.equal(images, streamed)
        assert torch.equal(labels, same)


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs an NVIDIA GPU")
def test_gpu_gets_streamed_images_through_pinned_memory(monkeypatch):
    def batches(stream=None):
        device = torch.device("cuda")
        return Batches(numbered(100), 7, max_value=255, device=device, stream=stream)

    streamed = batches(stream=True)
    assert streamed._fetch(torch.arange(3)).is_pinned()
    assert order_of(streamed) == list(range(100))
    # 100 images of 2 x 2 bytes take 400.
    monkeypatch.setattr("dlcourse.data.batches.free_bytes", lambda device: 399)
    assert batches().is_streamed
    monkeypatch.setattr("dlcourse.data.batches.free_bytes", lambda device: 400)
    assert not batches().is_streamed


@pytest.mark.skipif(os.name == "nt", reason="Windows has no sysconf")
def test_free_memory_is_a_share_of_what_is_there():
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    assert 2**20 < free_bytes(CPU) <= total // 4


# Memory and threads


@pytest.mark.parametrize(
    ("values_at_once", "fetched"),
    [
        (0, [3, 3, 3, 1]),  # at least one batch
        (3 * 12, [3, 3, 3, 1]),  # a batch has 3 images of 3 x 2 x 2 values
        (2 * 3 * 12 - 1, [3, 3, 3, 1]),
        (2 * 3 * 12, [6, 4]),
        (4 * 3 * 12, [10]),
    ],
)
def test_batches_are_fetched_together_up_to_a_number_of_values(
    monkeypatch, values_at_once, fetched
):
    monkeypatch.setattr("dlcourse.data.batches.VALUES_AT_ONCE", values_at_once)
    gray = numbered(10)
    split = Split(gray.images.repeat(1, 3, 1, 1), gray.labels)
    batches = Batches(split, 3, max_value=255, device=CPU)
    sizes = []
    fetch = batches._fetch

    def noted(chosen):
        sizes.append(len(chosen))
        return fetch(chosen)

    monkeypatch.setattr(batches, "_fetch", noted)
    assert order_of(batches) == list(range(10))
    assert sizes == fetched


def test_place_tells_size_shape_and_threads(monkeypatch):
    monkeypatch.setattr("dlcourse.data.batches.THREADS", 3)
    images = torch.zeros(1500, 1, 1024, 2048, dtype=torch.uint8, device="meta")  # 2 MiB each
    split = Split(images, torch.zeros(1500).long())
    size = "3,000.0 MiB of 1024 x 2048 pixels"
    kept = Batches(split, 1, max_value=255, device=torch.device("meta"), stream=False)
    streamed = Batches(split, 1, max_value=255, device=torch.device("meta"), stream=True)
    assert kept.place == f"{size} kept in memory"
    assert streamed.place == f"{size} streamed by 3 threads"


@pytest.mark.parametrize(("free", "is_streamed"), [(400, False), (399, True)])
def test_more_than_the_free_memory_of_another_device_is_streamed(monkeypatch, free, is_streamed):
    device = torch.device("meta")
    asked = []

    def free_bytes_of(device):
        asked.append(device)
        return free

    monkeypatch.setattr("dlcourse.data.batches.free_bytes", free_bytes_of)
    batches = Batches(numbered(100), 7, max_value=255, device=device)  # 100 images of 4 bytes
    assert batches.is_streamed == is_streamed
    assert batches.images.device == (CPU if is_streamed else device)
    assert batches.labels.device == device
    assert asked == [device]


def test_tensors_in_the_memory_of_the_cpu_are_not_streamed(monkeypatch):
    monkeypatch.setattr("dlcourse.data.batches.free_bytes", lambda device: 0)
    assert not batches_of(10, 4).is_streamed


@pytest.mark.parametrize("is_streamed", [True, False])
def test_batches_are_made_on_the_device_and_only_a_resident_order_lies_there(is_streamed):
    device = torch.device("meta")
    batches = Batches(numbered(10), 4, max_value=255, device=device, stream=is_streamed)
    fetch = batches._fetch
    devices_of_order = set()

    def noted(chosen):
        devices_of_order.add(chosen.device)
        return fetch(chosen)

    batches._fetch = noted
    for images, labels in batches:
        assert images.device == labels.device == device
    assert devices_of_order == {CPU if is_streamed else device}


@pytest.mark.parametrize(
    ("device", "stream", "is_pinned"),
    [("cuda", True, True), ("cuda", False, False), ("cpu", True, False)],
)
def test_only_streamed_images_for_a_gpu_are_pinned(monkeypatch, device, stream, is_pinned):
    monkeypatch.setattr(torch.Tensor, "pin_memory", lambda images: "pinned")
    batches = Batches(numbered(10), 4, max_value=255, device=CPU, stream=stream)
    batches.device = torch.device(device)
    assert (batches._fetch(torch.arange(3)) == "pinned") is is_pinned


def test_generator_on_another_device_is_refused():
    generator = SimpleNamespace(device=torch.device("cuda:1"))
    with pytest.raises(ValueError, match=r"^generator must be on the cpu, got one on cuda:1$"):
        Batches(numbered(10), 4, max_value=255, device=CPU, generator=generator)


@pytest.mark.parametrize(
    ("job_limit", "expected"),
    [
        ("max\n", 2**34 // 4),  # no limit
        (f"{2**33 + 3}\n", 2**33 // 4),
        (f"{2**40}\n", 2**34 // 4),
    ],
)
def test_free_memory_is_a_quarter_of_the_machine_s_or_the_job_s(monkeypatch, job_limit, expected):
    sizes = {"SC_PAGE_SIZE": 2**12, "SC_PHYS_PAGES": 2**22}
    texts = {Path("/sys/fs/cgroup/memory.max"): job_limit}
    monkeypatch.setattr(os, "sysconf", sizes.__getitem__, raising=False)
    monkeypatch.setattr(Path, "read_text", lambda path: texts[path])
    assert free_bytes(CPU) == expected


def test_free_memory_is_a_quarter_of_8_gib_where_the_system_does_not_tell(monkeypatch):
    monkeypatch.delattr(os, "sysconf", raising=False)
    assert free_bytes(CPU) == 2**33 // 4


def test_free_memory_of_a_gpu_is_half_of_what_it_has_free(monkeypatch):
    free = {torch.device("cuda:1"): (1001, 4000)}
    monkeypatch.setattr(torch.cuda, "mem_get_info", free.__getitem__)
    assert free_bytes(torch.device("cuda:1")) == 500


def test_items_are_taken_up_to_two_for_each_thread_ahead(monkeypatch):
    monkeypatch.setattr("dlcourse.data.batches.THREADS", 3)
    items = iter(range(100))
    results = work_ahead(lambda item: item, items)
    assert next(results) == 0
    assert next(items) == 7  # 0 and 2 * 3 more were taken
    results.close()


def test_so_many_threads_work_at_the_same_time(monkeypatch):
    monkeypatch.setattr("dlcourse.data.batches.THREADS", 3)
    together = threading.Barrier(3, timeout=30)  # passed when three wait: fewer would wait forever
    names = set()

    def work(item):
        names.add(threading.current_thread().name)
        together.wait()

    assert list(work_ahead(work, range(12))) == [None] * 12
    assert len(names) == 3


def test_waiting_work_is_not_begun_after_the_end(monkeypatch):
    monkeypatch.setattr("dlcourse.data.batches.THREADS", 1)
    is_begun = threading.Event()
    may_end = threading.Event()
    begun = []

    def work(item):
        begun.append(item)
        if item == 1:
            is_begun.set()
            assert may_end.wait(30)

    shut_down = ThreadPoolExecutor.shutdown

    def shut_down_while_item_1_works(pool, **settings):
        shut_down(pool, wait=False, **settings)
        may_end.set()
        shut_down(pool)

    monkeypatch.setattr(ThreadPoolExecutor, "shutdown", shut_down_while_item_1_works)
    results = work_ahead(work, range(100))
    next(results)  # 0, 1 and 2 were taken
    assert is_begun.wait(30)
    results.close()
    assert begun == [0, 1]
