"""The outside world of the demo region: providers, the pension fund, banks and the post.

They see only what is sent to them and answer with real files, right or wrong. Everything is drawn
from dice named by the region's seed, the month and who answers, so the same files come again when a
month is played again. What is planted wrong is told beside the file, so that finding it can be proved.
"""
