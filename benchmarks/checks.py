"""How long a learner waits for a verdict: every exercise, with its right and its registered wrong answers.

``python benchmarks/checks.py`` prints the slowest of each exercise, in ms, and the ten slowest of all.
"""

from time import perf_counter

from bpcourse.checks import catalogue, evaluate


def milliseconds(exercise, function) -> float:
    """The shorter of two runs: the machine may be busy in one of them."""
    times = []
    for _ in range(2):
        start = perf_counter()
        evaluate(exercise, function)
        times.append(1000 * (perf_counter() - start))
    return min(times)


def main() -> None:
    rows = []
    for exercise in catalogue().values():
        answers = [("right", exercise.reference), *((m.id, m.wrong) for m in exercise.mistakes)]
        timed = [(milliseconds(exercise, function), exercise.id, name) for name, function in answers]
        rows += timed
        if exercise.points:
            slowest, _, name = max(timed)
            print(f"{exercise.id}  {slowest:6.1f} ms  ({name})")
    print("\nslowest of all")
    for time, exercise_id, name in sorted(rows, reverse=True)[:10]:
        print(f"{exercise_id}  {time:6.1f} ms  ({name})")


if __name__ == "__main__":
    main()
