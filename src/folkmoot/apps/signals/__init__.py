"""What the network hears: sources, what they told, why it matters, and what people made of it."""
