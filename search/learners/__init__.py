"""The most and the least exploitable learner within an error of the expert."""
