"""The areas beside places that were not chosen: what a comparison shows, and what it cannot."""
