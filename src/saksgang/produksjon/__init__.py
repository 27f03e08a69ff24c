"""Documents made and sent: templates, merging, versions, archive copies, dispatch."""
