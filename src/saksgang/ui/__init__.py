"""What the surfaces share: base templates, components, template tags, vis() and the refusal middleware."""
