"""Games whose kernel and start are given: the best pure policies and rewards, in two ways."""
