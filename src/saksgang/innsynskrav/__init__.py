"""Access requests from anybody (offentleglova ch. 4): received, assessed document by document, answered, appealed."""
