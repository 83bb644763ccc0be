"""What the test run itself does: the register of requirements, the browser, the post."""
