"""Time one training step of the network against the matrix products that it cannot avoid.

A network with L layers needs at least 3L - 1 matrix products a step: for each layer one forward, one for dW,
and one for the gradient of its input, which the first layer does without. "gemm" does only these, into arrays
made beforehand. The rest of a step (biases, bends, loss, update) shows as the ratio to it. Ratios travel
between machines; microseconds do not.

All contenders run in one process, with one BLAS thread, in a new random order every round. What is timed is
process CPU time, and a ratio is the median over the rounds of the ratio within a round. Memory that is freed
stays with the process: whether the C library hands large arrays back to the system after every step depends
on what else was allocated before, and fetching them again costs up to a quarter of a step, whoever steps.

Run ``python benchmarks/step.py``, or name some cases: ``python benchmarks/step.py b c``.
"""

import os

os.environ |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")

import argparse
import ctypes
import platform
import random
import statistics
import sys
import time
from typing import NamedTuple

import numpy as np
from contenders import CONTENDERS


class Case(NamedTuple):
    """A network, a batch, and the ratios to gemm that a step must, and should, stay below."""

    layer_sizes: list[int]
    n_samples: int
    must: float
    aim: float
    must_tensor: float


CASES = {
    "a": Case([2, 2, 1], 4, 11, 7, 16),
    "b": Case([64, 32, 10], 32, 5.7, 3.8, 8),
    "c": Case([784, 128, 10], 64, 1.22, 1.15, 1.25),
    "d": Case([784, 512, 512, 10], 256, 1.12, 1.06, 1.25),
    "e": Case([256] * 10 + [10], 128, 1.17, 1.11, 1.25),
}
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # as in glibc's malloc.h
#: Whose ratio to gemm has to stay below which number of a case.
MUSTS = {"bpcourse MLP": "must", "bpcourse Tensor": "must_tensor"}


def keep_freed_memory():
    """Tell the C library, where it is glibc, not to hand freed memory back to the system."""
    malloc = ctypes.CDLL(None) if sys.platform == "linux" else None
    if hasattr(malloc, "mallopt"):
        malloc.mallopt(M_TRIM_THRESHOLD, 2**30)
        malloc.mallopt(M_MMAP_THRESHOLD, 2**25)


def measure(case, rounds, seconds):
    """Return the times of one step, by contender a list over the rounds; a sample lasts so many seconds."""
    steps = {name: make(case.layer_sizes, case.n_samples) for name, make in CONTENDERS.items()}
    repeats = {name: repeats_for(step, seconds) for name, step in steps.items()}
    samples = {name: [] for name in steps}
    for _ in range(rounds):
        for name in random.sample(list(steps), len(steps)):
            samples[name].append(time_of(steps[name], repeats[name]))
    return samples


def ratio(samples, name):
    """Return a contender's time over gemm's: what disturbs a round disturbs both."""
    return statistics.median(a / b for a, b in zip(samples[name], samples["gemm"], strict=True))


def repeats_for(step, seconds):
    """Return how often a step fits into the time of one sample."""
    step()  # once for what is made only once
    return max(1, round(seconds / max(time_of(step, 1), 1e-6) / getattr(step, "steps", 1)))


def time_of(step, repeats):
    """Return the CPU time of one step, in seconds, averaged over so many calls."""
    start = time.process_time()
    for _ in range(repeats):
        step()
    return (time.process_time() - start) / (repeats * getattr(step, "steps", 1))


def table(results):
    """Return the lines of the table: a row for each contender, a column for each case."""
    rows = {"one step, × gemm": list(results)}
    for name in CONTENDERS:
        rows[name] = [f"{ratio(samples, name):.2f}" for samples in results.values()]
    rows |= {f"(must, {name.split()[1]})": [f"{getattr(CASES[letter], must):.2f}" for letter in results]
             for name, must in MUSTS.items()}
    rows["(aim, MLP)"] = [f"{CASES[letter].aim:.2f}" for letter in results]
    rows["gemm, µs"] = [f"{statistics.median(samples['gemm']) * 1e6:.1f}" for samples in results.values()]
    return [name.ljust(20) + "".join(cell.rjust(9) for cell in cells) for name, cells in rows.items()]


def main():
    """Measure the cases asked for, print the table, and fail if a "must" is missed by more than the slack."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cases", nargs="*", default=list(CASES), help="letters from a to e; all by default")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=0.05, help="the length of one sample")
    parser.add_argument("--slack", type=float, default=1.0, help="1.5 for a guard on a busy machine")
    arguments = parser.parse_args()
    if unknown := set(arguments.cases) - set(CASES):
        parser.error(f"no such case: {', '.join(sorted(unknown))}; choose from {', '.join(CASES)}")
    keep_freed_memory()
    print(f"NumPy {np.__version__}, Python {platform.python_version()}, {blas()}, one thread")
    results = {case: measure(CASES[case], arguments.rounds, arguments.seconds) for case in arguments.cases}
    print("\n".join(table(results)), flush=True)
    if late := missed(results, arguments.slack):
        raise SystemExit(f"the must is missed: {', '.join(late)}")


def missed(results, slack):
    """Return which contender is over its must at which case, times the slack."""
    return [f"{name} at {case}" for case, samples in results.items() for name, must in MUSTS.items()
            if ratio(samples, name) > slack * getattr(CASES[case], must)]


def blas():
    """Return the name of the BLAS and of the kernel that it has chosen for this processor."""
    try:
        from threadpoolctl import threadpool_info
    except ImportError:
        return np.show_config(mode="dicts")["Build Dependencies"]["blas"]["name"]
    found = next(info for info in threadpool_info() if info["user_api"] == "blas")
    return f"{found['internal_api']} {found['version']} ({found.get('architecture')})"


if __name__ == "__main__":
    main()
