r"""Exact suprema over every kernel and all policies, where the class is smaller than "Nash".

**Why a pair.** Under exact \(\rho\)-matching the gap of a player \(i\) is \(W-U\) from the start:
its optimal values against the learner's and against the expert's opponents. Both are optimal
values of one decision process each, once the opponents are averaged out; the two have equal rows
at visited states. `nashgap.search.checkers.pair` writes out which rows the assumptions leave, row
by row; a certificate rests on that argument, made by hand.

**Every solution is a game** (`game`). Two actions a player suffice. At a visited state the
exploiter's action chooses the row; at an unvisited one the learner's row needs the exploiter and
an opponent to leave the expert's action together. So no opponent gains alone anywhere, whatever its
rewards are: the same game is zero-sum, has common payoffs or is symmetric if it is asked to, and
the expert is Nash from every state. (Where players take turns the opponent alone chooses, and the
other rewards are 0.) That is why these assumptions alone lower nothing. Each game is rechecked from
the definitions all the same, and one that fails is not claimed.

**Every kernel** (`program`, `bound`). In a direction \((\alpha,\beta)\) a row's expectation of
\(\alpha W+\beta U\) is at most its largest value over the states, wherever that is: a choice over
states, shared by all rows, and the rest is linear. Where the best point of this relaxation has a
row outside the convex hull of its states, a separating direction is added; where all rows are
inside, the weights are a kernel and the point a game. Both bounds meet exactly, or the proof stays
a little above the best game (`solve`), and the best mixing is isolated as an algebraic number
(`algebraic`).
"""
