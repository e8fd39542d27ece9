"""An invented region: people, houses, providers and directories for showing and testing.

Nothing here knows Django. The same seed gives the same region. Every person, account and
document is invented; what marks them as such is said in `identities`.
"""
