"""The lab's own files: front matter to values and back, the schema, people, topics, the merge."""
