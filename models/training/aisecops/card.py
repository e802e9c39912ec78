"""What AISecOps' card says of its models."""

ENCODER = "intfloat/e5-large-v2"
PREFIX = "query: "
DIMENSION = 1024
LEAST_TURNS = 2
FEATURES = ("anomaly_score", "if_score", "pattern_score", "max_similarity_score", "trajectory_score", "intent_entropy")
"""Of the fusion, in its order."""
