"""Pictures of a graph: what they show, where it stands, and that they are the same every time."""

import re
from xml.etree import ElementTree

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpcourse.autodiff import Tensor, mlp_loss
from bpcourse.scalar import Value
from bpcourse.viz.graph import draw_graph, graph_steps, graph_svg
from bpcourse.viz.graph_cards import entry, sign, texts
from bpcourse.viz.graph_layout import layout, spread

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def named(node, label):
    node.label = label
    return node


def formula():
    """f = (a b + c)² + b: b is used twice, and so is no other."""
    a, b, c = named(Value(2.0), "a"), named(Value(-3.0), "b"), named(Value(10.0), "c")
    return named(named((named(a * b, "p") + c) ** 2, "q") + b, "f")


def network():
    """Two inputs, three hidden units and an output, with a squared error: about 40 nodes."""
    x, weights = [Value(1.0), Value(0.5)], iter(np.linspace(-1, 1, 13).round(2))
    hidden = [
        (Value(next(weights)) * x[0] + Value(next(weights)) * x[1] + Value(next(weights))) for _ in "123"
    ]
    z = Value(next(weights))
    for unit in hidden:
        z = z + Value(next(weights)) * unit.sigmoid()
    return (z.sigmoid() - 1.0) ** 2


def shown(svg):
    """All texts of a picture."""
    return [text.text for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def written(fig):
    return [text.get_text() for text in fig.axes[0].texts if text.get_text()]


# ---- what is shown ----


def test_a_node_that_is_used_twice_is_drawn_once():
    assert written(draw_graph(formula())).count("b") == 1


def test_every_value_and_every_gradient_is_a_text_of_the_svg():
    f = formula()
    f.backward()
    texts_of_svg = shown(graph_svg(f))
    for text in ["2", "−3", "10", "−6", "4", "16", "13", "−24", "+17", "+8", "+1"]:
        assert text in texts_of_svg
    assert {"a", "b", "c", "p", "q", "f", "×", "+", "x²"} <= set(texts_of_svg)


def test_values_and_gradients_differ_in_shape_and_in_colour():
    f = formula()
    f.backward()
    patches = draw_graph(f).axes[0].patches
    kinds = {(type(patch).__name__, patch.get_edgecolor()) for patch in patches if patch.get_zorder() == 3}
    boxes = {kind: colour for kind, colour in kinds if kind in ("FancyBboxPatch", "Polygon")}
    assert len(set(boxes.values())) == 2


def test_gradients_that_are_not_computed_yet_are_empty_outlines():
    f = formula()
    before = draw_graph(f)
    f.backward()
    after = draw_graph(f)

    def dashed(fig):
        outlines = [p for p in fig.axes[0].patches if type(p).__name__ == "Polygon"]
        return [p.get_linestyle() not in ("-", "solid") for p in outlines]

    assert "+1" not in written(before)
    assert "No gradient is computed yet" in before.get_label()
    assert sum(dashed(before)) == 7
    assert sum(dashed(after)) == 0


def test_a_gradient_of_zero_is_shown_once_others_are_computed():
    a = named(Value(-1.0), "a")
    f = a.relu() + Value(3.0)
    f.backward()
    assert "a = −1, gradient 0" in draw_graph(f).get_label()


def test_constants_of_a_tensor_formula_have_no_box_for_a_gradient():
    W = Tensor([2.0], label="W")
    fig = draw_graph((W * np.array([3.0])).sum())
    outlines = [patch for patch in fig.axes[0].patches if type(patch).__name__ == "Polygon"]
    assert len(outlines) == 1 + 3  # the key, and W, the product and the sum


def test_small_arrays_show_shape_and_entries_and_large_ones_their_shape():
    assert texts(np.array([[1.5, -2.0], [0.25, 3.0]])) == ("(2, 2)", "1.50  −2.00", "0.25  3.00")
    assert texts(np.array([1.0, 2.0]), "+") == ("(2,)", "+1  +2")
    assert texts(np.zeros((4, 4))) == ("(4, 4)",)
    assert texts(np.zeros((2, 2, 2))) == ("(2, 2, 2)",)
    assert texts(np.zeros((0, 2))) == ("(0, 2)",)
    assert texts(np.float32(0.1)) == ("0.1",)


@pytest.mark.parametrize(
    ("x", "plus", "text"),
    [
        (2.0, "", "2"),
        (-0.12345, "", "−0.123"),
        (0.5, "+", "+0.5"),
        (-0.0, "+", "0"),
        (1.234e-5, "", "1.2e−5"),
        (-3.5e8, "", "−3.5e+8"),
        (np.inf, "+", "+inf"),
        (-np.inf, "", "−inf"),
        (np.nan, "", "nan"),
    ],
)
def test_numbers_are_short_and_never_lose_what_they_are(x, plus, text):
    assert entry(x, 3, plus) == text


@pytest.mark.parametrize(
    ("op", "shown_as"),
    [
        ("*", "×"),
        ("**2", "x²"),
        ("**2.0", "x²"),
        ("**-1", "x⁻¹"),
        ("**0.5", "x^0.5"),
        ("**", "xⁿ"),
        ("exp", "exp"),
    ],
)
def test_gates_are_shown_by_their_signs(op, shown_as):
    assert sign(op) == shown_as


def test_an_unlabeled_number_is_a_graph_of_one_node():
    fig = draw_graph(Value(7.0))
    assert "1 node," in fig.get_label()
    assert sorted(written(fig)) == ["7", "value →", "← gradient"]


def test_a_title_is_written_and_names_the_graph_in_the_description():
    fig = draw_graph(formula(), label="(ab + c)² + b")
    assert "(ab + c)² + b" in written(fig)
    assert fig.get_label().startswith("The graph of (ab + c)² + b: 7 nodes")


def test_the_running_network_with_its_loss_fits_one_picture():
    loss = network()
    loss.backward()
    fig = draw_graph(loss)
    assert fig.get_size_inches()[0] <= 9.3
    assert min(text.get_fontsize() for text in fig.axes[0].texts) >= 7
    assert re.search(r"graph of x²: \d\d nodes", fig.get_label())


def test_a_tensor_network_is_drawn_with_its_gradients_kept():
    params = {"W1": Tensor(np.eye(2), label="W1"), "b1": Tensor(np.zeros(2), label="b1")}
    loss = mlp_loss(params, np.eye(2), [0, 1])
    loss.backward(retain_graph=True)
    words = draw_graph(loss).get_label()
    assert "W1 = (2, 2), 1  0, 0  1, gradient (2, 2), −0.13  +0.13, +0.13  −0.13" in words


def test_two_results_of_the_same_parents_are_two_graphs():
    a, b = named(Value(2.0), "a"), named(Value(5.0), "b")
    both = [written(draw_graph(result)) for result in (a + b, a * b)]
    assert "7" in both[0] and "10" not in both[0]
    assert "10" in both[1] and "7" not in both[1]


def test_an_input_that_is_both_operands_has_two_edges():
    a = Value(3.0)
    places = layout([[], [0, 0]], np.full((2, 2), 4.0), np.full(2, 2.0))
    ends = [tuple(points[-1]) for _, _, points in places.routes]
    assert len(set(ends)) == 2
    assert "9" in written(draw_graph(a * a))


class OwnValue:
    """What a learner may write: no label, and constants are the same class."""

    def __init__(self, data, parents=(), op=""):
        self.data, self.parents, self.op, self.grad = data, parents, op, 0.0


def test_a_class_of_the_learners_own_is_drawn_too():
    a = OwnValue(2)
    fig = draw_graph(OwnValue(6, (a, OwnValue(3)), "*"))
    assert {"2", "3", "6", "×"} <= set(written(fig))


# ---- the file ----


def test_the_svg_is_the_same_every_time():
    first, second = graph_svg(formula()), graph_svg(formula())
    assert first == second
    assert "<dc:date>" not in first


def test_the_svg_is_valid_and_brings_its_description():
    root = ElementTree.fromstring(graph_svg(formula()))
    assert root.tag == f"{SVG}svg"
    assert root.find(f"{SVG}title").text.startswith("The graph of f")


def test_names_with_signs_of_markup_survive_in_the_svg():
    a = named(Value(1.0), "a<b & $c$")
    assert "a<b & $c$" in shown(graph_svg(a))


def test_drawing_a_file_leaves_no_figure_open():
    graph_svg(formula())
    assert plt.get_fignums() == []


# ---- steps ----


def test_steps_end_with_all_gradients_and_begin_with_that_of_the_output():
    f = formula()
    f.backward()
    texts_of = written(graph_steps(f))
    assert texts_of.count("+1") == 5 + 4  # the output in each of 5 panels, and q from the first step on
    assert texts_of.count("−24") == 1  # a, in the last panel only
    assert "0 of 4: the output gets 1" in texts_of
    assert "4 of 4: p hands on" in texts_of


def test_a_parent_waits_until_it_has_heard_from_all_its_consumers():
    f = formula()
    f.backward()
    texts_of = written(graph_steps(f))
    assert texts_of.count("1 of 2") == 3  # b, between the steps of f and of p
    assert texts_of.count("+17") == 1  # complete in the last panel only


def test_more_steps_than_panels_are_taken_several_at_a_time():
    x = Value(0.5)
    for _ in range(10):
        x = x.tanh()
    x.backward()
    titles = [text for text in written(graph_steps(x)) if " of 10: " in text]
    assert len(titles) == 6
    assert titles[0].startswith("0 of 10") and titles[-1].startswith("10 of 10")


def test_the_description_of_the_steps_tells_their_order():
    f = formula()
    f.backward()
    words = graph_steps(f, label="f").get_label()
    assert words.index("f, gradient +1, to q and b") < words.index("q, gradient +1, to +")
    assert words.index("+, gradient +8") < words.index("p, gradient +8, to a and b")


# ---- places ----

graphs = st.integers(1, 40).flatmap(
    lambda n: st.tuples(
        st.just(n),
        st.lists(st.lists(st.integers(0, 10_000), max_size=3), min_size=n, max_size=n),
        st.lists(st.tuples(st.floats(1, 9), st.floats(2, 12)), min_size=n, max_size=n),
    )
)


def connected(n, wishes):
    """A graph of n nodes in which every node reaches the output."""
    parents = [sorted(wish % child for wish in its) if child else [] for child, its in enumerate(wishes)]
    for node in range(n - 1):
        if not any(node in its for its in parents):
            parents[node + 1].append(node)
    return parents


def sampled(points):
    """Points along a way: straight and curved pieces by turns."""
    found = [np.linspace(points[0], points[1], 9)]
    t = np.linspace(0, 1, 17)[:, None]
    for k in range(1, len(points) - 2, 4):
        a, b, c, d = points[k : k + 4]
        found.append((1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t**2 * c + t**3 * d)
        found.append(np.linspace(d, points[k + 4], 9))
    return np.concatenate(found)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(graphs)
def test_no_two_nodes_overlap_and_no_edge_runs_through_a_node(graph):
    n, wishes, sizes = graph
    parents, sizes = connected(n, wishes), np.array(sizes)
    places = layout(parents, sizes, 0.6 * sizes[:, 1])
    left, top, width, height = places.boxes.T
    apart = (left[:, None] + width[:, None] <= left + 1e-9) | (top[:, None] + height[:, None] <= top + 1e-9)
    assert (apart | apart.T | np.eye(n, dtype=bool)).all()
    assert left.min() >= -1e-9 and top.min() >= -1e-9
    assert (left + width).max() <= places.width + 1e-9 and (top + height).max() <= places.height + 1e-9
    assert len(places.routes) == sum(map(len, parents))
    for parent, child, points in places.routes:
        x, y = sampled(points)[:, :, None].transpose(1, 0, 2)
        inside = (x > left + 0.01) & (x < left + width - 0.01) & (y > top + 0.01) & (y < top + height - 0.01)
        assert not inside.any(), (parent, child)
        assert points[0, 0] == left[parent] + width[parent]
        assert points[-1, 0] == left[child]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(graphs)
def test_every_edge_goes_to_the_right(graph):
    n, wishes, sizes = graph
    places = layout(connected(n, wishes), np.array(sizes), np.ones(n))
    for _, _, points in places.routes:
        assert (np.diff(points[:, 0]) >= 0).all()


def test_a_chain_is_straight():
    places = layout([[], [0], [1], [2]], np.full((4, 2), 3.0), np.full(4, 1.5))
    assert np.ptp(places.boxes[:, 1]) < 1e-9


def test_a_tree_is_drawn_without_crossings():
    leaves = [[] for _ in range(8)]
    parents = [*leaves, [0, 1], [2, 3], [4, 5], [6, 7], [8, 9], [10, 11], [12, 13]]
    places = layout(parents, np.full((15, 2), 2.0), np.ones(15))
    tops = places.boxes[:8, 1]
    assert (np.diff(tops) > 0).all()


def test_sweeps_undo_crossings():
    """Two pairs whose order from the output is against that of their inputs."""
    parents = [[], [], [0], [1], [1], [0], [2, 5], [3, 4], [6, 7]]
    places = layout(parents, np.full((9, 2), 2.0), np.ones(9))
    ends = {(p, c): (points[0, 1], points[-1, 1]) for p, c, points in places.routes if p < 2}
    pairs = list(ends.values())
    crossings = sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for a in pairs for b in pairs) // 2
    assert crossings == 0


def test_wanted_places_are_kept_where_there_is_room_and_shared_where_there_is_none():
    ones = np.ones(3)
    assert spread(np.array([0.0, 5.0, 9.0]), ones, [2.0, 2.0]).tolist() == [0, 5, 9]
    assert spread(np.array([3.0, 3.0, 3.0]), ones, [2.0, 2.0]).tolist() == [1, 3, 5]
    np.testing.assert_allclose(spread(np.array([0.0, 0.0]), np.array([9.0, 1.0]), [2.0]), [-0.2, 1.8])


# ---- errors ----


def test_what_is_no_node_is_said_to_be_none():
    with pytest.raises(TypeError, match=r"output must be a Value or a Tensor, got float: 3\.0"):
        draw_graph(3.0)


def test_too_many_nodes_say_how_many_and_what_to_do():
    x = Value(0.5)
    for _ in range(3000):
        x = x + 1.0
    with pytest.raises(ValueError, match=r"made of 6,001 nodes.*more than 60.*draw one of the results"):
        graph_svg(x)


def test_sixty_nodes_are_drawn_and_sixty_one_are_not():
    x = Value(0.5)
    for _ in range(59):
        x = x.tanh()
    assert "60 nodes" in draw_graph(x).get_label()
    with pytest.raises(ValueError, match="61 nodes"):
        draw_graph(x.tanh())


def test_a_freed_graph_is_told_from_a_small_one():
    loss = (Tensor([1.0, 2.0]) ** 2).sum()
    loss.backward()
    with pytest.raises(ValueError, match=r"'sum' no longer knows its parents.*retain_graph=True"):
        draw_graph(loss)


def test_steps_need_gradients_a_small_graph_and_two_panels():
    f = formula()
    with pytest.raises(ValueError, match=r"not computed yet; call backward\(\) first"):
        graph_steps(f)
    f.backward()
    with pytest.raises(ValueError, match="panels must be 2 or more, got 1"):
        graph_steps(f, panels=1)
    loss = network()
    loss.backward()
    with pytest.raises(ValueError, match="more than 24"):
        graph_steps(loss)
