"""Changes of right answers that are right as well, each with the reason. A check has to let them pass."""

#: Answers that are not changed at all, by exercise or by function.
LEFT_OUT = {
    "01.5": "any weights that solve XOR are right, and the check tries all four pairs",
    "05.4": "a tester is right if it judges eight implementations rightly, and the check shows it all eight",
    "05.5": "three names, in any order",
    "10.5": "any stack through which a signal keeps its size is right, and the check measures it",
    "predict_by_running": "of its arrays only the shapes are looked at",
    "red_by_nudging": "its stages are linear, so that hardly any change of the point changes a slope",
}

SLOPE = "(ds|dq|dz|y)"

#: The function, what the changed line holds (a regular expression), and the reason.
EQUIVALENT = [
    ("affine_loop", r"zip\(W\[:, j\], X", "w · x is x · w"),
    ("affine_einsum", r"\+ b$", "b is added to every row"),
    ("sigmoid", r"z > 0", "at z = 0 both branches give ½"),
    ("sigmoid_one_exponential", r"z > 0", "at z = 0 both branches give ½"),
    ("sigmoid_masked", r"z > 0|>= 1|a >= 0", "either formula is right, and remarked on where it overflows"),
    ("forward_per_example", r"\(part for", "a tuple of rows counts as an array"),
    ("mse_loop", r"zip\(np.asarray\(y\).flat, np.asarray\(y_hat", "(a − b)² is (b − a)²"),
    ("mse_expanded", r"^p, t = \(y\.reshape\(-1\), y_hat|t @ \(2", "(p − t)² is (t − p)²"),
    ("mse_grad_complex", r"h, out = \(1\.0", "the slope of a square is exact for every nudge along i"),
    ("bce_by_sign", r"wrong >= 0|wrong > 1", "at 0, and for a logit below 1, either formula is exact"),
    ("softmax_pairwise", r"errstate\(\)", "an overflow is remarked on and gives the right 0"),
    ("cross_entropy", r"softmax\(S\)", "a row's softmax stays if the row is shifted"),
    ("cross_entropy_gaps", r"- true$|true / dZ|true \* true", "a row of probabilities sums to 1"),
    ("change_loop", r"zip\(np.ravel\(dx\), np.ravel\(grad", "slope · nudge is nudge · slope"),
    ("change_dot", r"^return dx.*grad", "slope · nudge is nudge · slope"),
    ("change_trace", r"trace\(np.atleast_2d\(dx.*grad", "the trace of AB is that of BA"),
    ("red_numbers", rf"^dq, dz = \({SLOPE}, {SLOPE}\)$|^dx = {SLOPE} \* {SLOPE}$|^dy = s \+ {SLOPE} \* x$"
     rf"|'s': {SLOPE}, 'q': {SLOPE}, 'z': {SLOPE}, 'x': dx, 'y': dy", "the slopes at s, q and z are all y"),
    ("chain_forward_mode", r"^into\[.*\] = ", "the entry was 0 until then"),
    ("hidden_delta", r"A1 > 0", "after ReLU a is above 0 where z is"),
    ("hidden_delta_einsum", r"A1 > 0", "after ReLU a is above 0 where z is"),
    ("hidden_delta_loop", r"A1 > 0|'relu': Z1 > 0|where\(1.0, Z1 > 0",
     "after ReLU a is above 0 where z is; True and False multiply as 1 and 0"),
    ("two_layer_grads", r"hidden_delta\(dZ2, W2, \w+, A1", "Z1 is looked at for ReLU only"),
    ("slopes_by_unit_vectors", r"^pass$|asarray\(x\)", "adding a step of floats makes floats"),
    ("slopes_on_the_callers_array", r"nditer\(g", "g has the shape of x"),
    ("error_by_loops", r"-math|ravel\(b\).tolist\(\), np.ravel\(a|q - p|zip\(y, x|or 2",
     "a − b and b − a have one size; a sign of all three sizes cancels; where both are 0 the size is 0"),
    ("error_by_hypot", r"ravel\(b - a\)", "a − b and b − a have one size"),
    ("sgd_step", r"in grads", "params and grads have the same names"),
    ("sgd_step_copies", r"in grads:|in params:", "params and grads have the same names"),
    ("sgd_step_loop", r"array\(old\)|dtype=float|result_type\(lr", "the arrays hold floats"),
    ("minibatches_lists", r"\[\[\[x|, \[t", "a list counts as an array"),
    ("accuracy_errors", r"np.abs\(\(np.reshape|where\(1, ", "True and False count as 1 and 0"),
    ("train_per_example", r"\(params\[k\] for", "no array of the caller is changed in place"),
    ("clip_dividing_by_the_larger", r"max\(length, max_norm", "the larger of two, in either order"),
    ("clip_with_an_early_return", r"squares < max_norm \*\* 2|return \[g for g", "at the limit the factor "
     "is 1; what comes back unchanged need not be a copy"),
    ("clip_and_cut_again", r"length >= max_norm", "at the limit the factor is 1"),
    ("rate_by_logarithms", r"u = -\(", "a norm does not see a sign"),
    ("rate_by_a_power", r"u = -\(", "a norm does not see a sign"),
    ("clip_by_global_norm", r"length >= max_norm", "at the limit the factor is 1"),
    ("growth_rate", r"back = -\(", "a norm does not see a sign"),
    ("delta_norms", r"out - 1|dA = -\(", "a norm does not see a sign"),
    ("delta_norms_per_example", r"\*\* 2 - outs|error = -\(", "a norm does not see a sign"),
    ("delta_norms_recursive", r"return \(-", "a norm does not see a sign"),
    ("decay_bound_eigenvalues", r"W.T @ W\)", "W Wᵀ and Wᵀ W have the same largest eigenvalue"),
    ("log_slope_pairs", r"enumerate\(norms(\[:\])?\):$", "each pair twice; a layer with itself adds 0"),
    ("log_slope_lstsq", r"np.log\(norms\)\)\[0\]", "the columns are not nearly dependent"),
    ("std_by_gain", r"mean\(\[fan_out, fan_in", "the mean of two numbers in either order"),
    ("dead_by_activations", r"A.mean", "a column without negatives sums to 0 where its mean is 0"),
]
