"""The hub: workstreams, priorities, issues, links with why, actions, and one time line."""
