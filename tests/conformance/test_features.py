"""Collects the features, wherever they lie."""

from pytest_bdd import scenarios

from harness import data

scenarios(str(data.features()))
