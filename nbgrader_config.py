from peer_drift_kit.course import configure

configure(get_config())  # noqa: F821  (nbgrader gives it to every configuration file)
