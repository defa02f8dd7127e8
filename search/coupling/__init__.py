"""Upper bounds for learners that match states, or err a little: the argument and its checker."""
