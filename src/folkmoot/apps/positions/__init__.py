"""What the network says: drafts, circulation, returns, amendments, consensus, sign-off, publication."""
