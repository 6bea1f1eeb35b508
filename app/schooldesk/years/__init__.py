"""The school year goes by: classes move up, the last ones leave."""
