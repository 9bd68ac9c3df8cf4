"""The checks and quizzes inside lesson 07."""

from __future__ import annotations

from ..exercise import Exercise, Mistake, quiz

EXERCISES = (
    Exercise(
        id="07.a",
        name="a number used twice",
        points=0,
        title="Two shares for one number",
        kind="predict",
        returns=("gradient of a", "gradient of b"),
        reference=lambda: [7.0, 3.0],
        mistakes=(
            Mistake(
                "07.a1",
                lambda: [6.0, None],
                message="`a`: 6 is the share that comes over the product. a also flows straight into the sum, which hands on 1 more.",
            ),
            Mistake(
                "07.a2",
                lambda: [1.0, None],
                message="`a`: 1 is the share that comes straight over the sum. a also flows into the product, as often as it stands there.",
            ),
            Mistake(
                "07.a3",
                lambda: [4.0, None],
                message="`a`: the product a · b hands a the *other* input, which is b = 6, and the sum hands it 1.",
            ),
            Mistake(
                "07.a4",
                lambda: [None, 4.0],
                message="`b`: 4 is a share from the product and 1 from the sum. Only the product uses b.",
            ),
            Mistake(
                "07.a5",
                lambda: [None, 6.0],
                message="`b`: 6 is b's own value. A product hands each input the value of the *other* one.",
            ),
        ),
        hints=(
            "The sum hands 1 to both of its inputs. Which two ways lead back to a?",
            "ā = 1 + 1 · b and b̄ = 1 · a, Eq. (7.1); shares that meet are added.",
            "a gets b from the product and 1 from the sum; b gets a from the product.",
        ),
    ),
    Exercise(
        id="07.b",
        name="two shapes",
        points=0,
        title="Gradients have the shape of what they belong to",
        kind="predict",
        returns=("gradient of b", "gradient of W"),
        reference=lambda: [(5,), (4, 5)],
        mistakes=(
            Mistake(
                "07.b1",
                lambda: [(7, 5), None],
                message="`b`: (7, 5) is what arrives, the gradient of Z. b has the shape (5,), and so has its gradient: each bias was used for seven rows, and "
                "the seven shares are added, Eq. (7.3).",
            ),
            Mistake(
                "07.b2",
                lambda: [(7,), None],
                message="`b`: (7,) would be one number for each example. The axis that was added by broadcasting is the first, the seven rows: that one is "
                "summed away.",
            ),
            Mistake(
                "07.b3",
                lambda: [(1, 5), None],
                message="`b`: the right numbers, and one axis too many. b has one axis, so its gradient has one.",
            ),
            Mistake(
                "07.b4",
                lambda: [5, None],
                message="`b`: the size is right. A shape is a tuple, also with one entry: `(5,)` with a comma.",
            ),
            Mistake(
                "07.b5",
                lambda: [None, (5, 4)],
                message="`W`: the sizes are right, the order is that of the transpose. A gradient has the shape of what it belongs to.",
            ),
            Mistake(
                "07.b6",
                lambda: [None, (7, 5)],
                message="`W`: (7, 5) is what arrives, the gradient of Z. X.T @ that sums over the seven rows, Eq. (7.4).",
            ),
            Mistake(
                "07.b7",
                lambda: [None, (7, 4)],
                message="`W`: (7, 4) is the shape of X, the other factor. A gradient has the shape of what it belongs to.",
            ),
        ),
        hints=(
            "A gradient has one entry for each number that can be nudged.",
            "Whatever was broadcast or multiplied: the gradient of b has the shape of b, that of W the shape of W.",
            "(…,) for b, and (…, …) for W",
        ),
    ),
    quiz(
        "07.q1",
        "B",
        right="Each use hands its own share back, and across paths slopes add, Eq. (3.2).",
        wrong={
            "A": "A: `=` and `+=` take the same time. They differ as soon as a number is used twice.",
            "C": "C: a gradient from an earlier call would be added as well, which is why it is set to zero first. That is the price of `+=`, not its reason.",
        },
    ),
    quiz(
        "07.q2",
        "C",
        right="What has not heard from all of its consumers would pass on a part of its gradient.",
        wrong={
            "A": "A: the values are all there already. The order is about gradients.",
            "B": "B: an order is needed for any number of nodes. What the explicit stack is for is depth.",
        },
    ),
    quiz(
        "07.q3",
        "A",
        right="One output, so one sweep backward; 2,410 inputs, so 2,410 sweeps forward.",
        wrong={
            "B": "B: that counts a sweep for each parameter, which is what forward mode needs. Backward, one sweep serves them all.",
            "C": "C: the other way round. A sweep forward follows one input to all outputs, a sweep backward one output to all inputs.",
        },
    ),
)
