"""Recording a forum as it happens: what the keys mean, without a screen and without a disk."""
