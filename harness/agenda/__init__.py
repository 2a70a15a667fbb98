"""What is to be judged: the catalogue of behaviours, the scenarios that the features plan, and what a user picked."""
