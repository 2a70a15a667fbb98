"""Collects the features, wherever they lie: those of which the session that is collecting wants something."""

from pytest_bdd import scenarios

from harness.plugin.hooks import wanted_features

scenarios(*map(str, wanted_features()))
