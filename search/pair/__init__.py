"""Exact suprema over every kernel and all policies, where the class is smaller than "Nash"."""
