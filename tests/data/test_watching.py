from dlcourse.data.watching import tell, watched, watcher


def test_nobody_has_to_watch():
    tell("reading", 1, 2)
    assert list(watched("ab", "reading", 2)) == ["a", "b"]


def test_a_watcher_hears_of_each_item():
    heard = []
    token = watcher.set(lambda *told: heard.append(told))
    try:
        assert list(watched("ab", "reading", 2)) == ["a", "b"]
        tell("downloading", 7, 0)
    finally:
        watcher.reset(token)
    assert heard == [("reading", 1, 2), ("reading", 2, 2), ("downloading", 7, 0)]
