"""What the signals room shows, each question in a module of its own."""
