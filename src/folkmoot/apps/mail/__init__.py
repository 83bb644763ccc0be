"""Mail that leaves: an outbox in the database, sent by the worker."""
